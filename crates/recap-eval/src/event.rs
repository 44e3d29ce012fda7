//! Fields of the event.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::norm::{best, day, fold, tag_key, url_key};
use crate::scores::Field;
use crate::sheet::Sheet;
use crate::value::spellings;

/// Likeness from which two names are the same.
const SAME_NAME: f64 = 0.85;

pub(crate) fn score(sheet: &mut Sheet, gold: &Value, pred: &Value) {
    let alike = |g: &[String], p: &[String]| best(g, p) >= SAME_NAME;
    sheet.single(Field::EventName, &gold["name"], &pred["name"], alike);
    sheet.single(Field::EventSeries, &gold["series"], &pred["series"], alike);
    sheet.single(Field::EventVenue, &gold["venue"], venue(&pred["venue"]), alike);
    sheet.single(Field::EventEdition, &gold["edition"], &pred["edition"], |g, p| shared(g, p, fold));
    sheet.single(Field::EventStart, &gold["start"], &pred["start"], |g, p| shared(g, p, |d| day(d).unwrap_or_default()));
    sheet.single(Field::EventMode, &gold["attendance_mode"], &pred["attendance_mode"], |g, p| shared(g, p, str::to_owned));
    sheet.set(Field::EventUrl, &keys(&gold["urls"], url_key), &keys(&pred["urls"], url_key));
    sheet.set(Field::EventHashtag, &keys(&gold["hashtags"], tag_key), &keys(&pred["hashtags"], tag_key));
}

/// A venue is an object with a name in recap JSON; a plain text is taken as the name.
fn venue(v: &Value) -> &Value {
    if v.is_object() { &v["name"] } else { v }
}

fn shared(gold: &[String], pred: &[String], key: impl Fn(&str) -> String) -> bool {
    gold.iter().any(|g| pred.iter().any(|p| key(g) == key(p)))
}

pub(crate) fn keys(list: &Value, key: impl Fn(&str) -> Option<String>) -> BTreeSet<String> {
    spellings(list).iter().filter_map(|s| key(s)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_widths_and_spellings_do_not_matter() {
        let gold = json!({"name": ["夜なべLT会 第8夜"], "edition": "8", "start": "2023-06-24T18:00", "venue": ["蔵 2階", "蔵"],
            "urls": ["https://example.org/8/"], "hashtags": ["Yonabe"]});
        let pred = json!({"name": "夜なべＬＴ会　第8夜", "edition": 8, "start": "2023-06-24", "venue": {"name": "蔵"},
            "urls": ["http://www.example.org/8"], "hashtags": ["#yonabe"]});
        let mut sheet = Sheet::new("d", true);
        score(&mut sheet, &gold, &pred);
        let scores = sheet.finish();
        assert!(scores.perfect());
        assert_eq!(scores.iter().map(|(_, t)| t.tp).sum::<usize>(), 6);
    }

    #[test]
    fn another_day_is_missed_and_wrong() {
        let mut sheet = Sheet::new("d", true);
        score(&mut sheet, &json!({"start": "2023-06-24"}), &json!({"start": "2023-06-25"}));
        let scores = sheet.finish();
        let t = scores.tally(Field::EventStart).expect("the field came up");
        assert_eq!((t.tp, t.fp, t.r#fn), (0, 1, 1));
    }
}
