//! Scores a recap against gold annotations, field by field.
//!
//! [`score`] compares one document's gold with its recap and gives [`Scores`]; those of many documents are joined with
//! [`Scores::merge`] and printed with [`Scores::table`]. Pure: no files, no clock.
//!
//! A gold value is a text or a list of equally right spellings; a list that holds `null` is optional. Texts are compared
//! by likeness (see [`likeness`]), URLs by what they lead to, handles without `@` and host, dates by the day.

pub mod calibration;
mod event;
mod lists;
mod model;
mod norm;
mod posts;
mod scores;
mod sheet;
mod talks;
mod value;

pub use norm::{fold, likeness};
pub use scores::{Field, Group, Miss, MissKind, Scores, Tally};

use serde_json::Value;
use sheet::Sheet;

/// Scores `pred` (recap JSON, `None` where the program gave no recap) against `gold`.
///
/// Documents marked `announcement` or `multi_event` count nowhere: their scores are empty. For gold marked `posts_only`
/// only posts are compared (fields of [`Group::Posts`]); there `pred` is an object with `posts`, or a list of posts.
pub fn score(gold: &Value, pred: Option<&Value>) -> Scores {
    if value::flag(gold, "announcement") || value::flag(gold, "multi_event") {
        return Scores::default();
    }
    let mut sheet = Sheet::new(value::text(gold, "doc").unwrap_or("?"), pred.is_some());
    let given = pred.unwrap_or(&Value::Null);
    if value::flag(gold, "posts_only") {
        posts::score(&mut sheet, gold, given);
        return sheet.finish();
    }
    detect(&mut sheet, value::flag(gold, "is_recap"), pred.is_some());
    event::score(&mut sheet, &gold["event"], &given["event"]);
    talks::score(&mut sheet, gold, given);
    lists::score(&mut sheet, gold, given);
    sheet.finish()
}

fn detect(sheet: &mut Sheet, wanted: bool, given: bool) {
    match (wanted, given) {
        (true, true) => sheet.hits(Field::Detect, 1),
        (true, false) => sheet.missed(Field::Detect, "is a recap"),
        (false, true) => sheet.wrong(Field::Detect, "is no recap"),
        (false, false) => {}
    }
}
