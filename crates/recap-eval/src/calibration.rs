//! Whether confidences mean what they say: of the values said at 0.9, nine in ten should be right.
//!
//! Every value of a recap is scored by itself against the gold, with no more around it than it needs to be compared (a
//! deck stands at its talk), so what is right here is what is right in [`score`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::score;
use crate::scores::Field;
use crate::value::{flag, items};

/// A value that was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What sort of value.
    pub field: Field,
    /// The rule of its best evidence.
    pub rule: String,
    /// What was said.
    pub confidence: f64,
    /// Whether it is right.
    pub right: bool,
}

/// Lower ends of the bands, the surest first.
const BANDS: &[f64] = &[0.95, 0.9, 0.8, 0.7, 0.6, 0.0];

/// Judges every value of a recap that gold says something about. Empty for gold that counts nowhere or is no recap.
pub fn judge(gold: &Value, recap: &Value) -> Vec<Judged> {
    if !flag(gold, "is_recap") || flag(gold, "announcement") || flag(gold, "multi_event") || flag(gold, "posts_only") {
        return Vec::new();
    }
    let mut judge = Judge { gold, recap, out: Vec::new() };
    judge.event();
    for i in 0..items(recap, "talks").len() {
        judge.talk(i);
    }
    let lists = [("posts", Field::Post), ("questions", Field::Question), ("next_events", Field::NextEvent)];
    for (list, field) in lists {
        for (i, item) in items(recap, list).iter().enumerate() {
            judge.one(field, &format!("/{list}/{i}"), &json!({ list: [item] }));
        }
    }
    judge.out
}

struct Judge<'a> {
    gold: &'a Value,
    recap: &'a Value,
    out: Vec<Judged>,
}

impl Judge<'_> {
    /// Judges the value at a pointer by a recap that holds it alone.
    fn one(&mut self, field: Field, pointer: &str, alone: &Value) {
        let Some((rule, confidence)) = self.said(pointer) else { return };
        let scores = score(self.gold, Some(alone));
        let Some(tally) = scores.tally(field) else { return };
        if tally.tp + tally.fp > 0 {
            self.out.push(Judged { field, rule, confidence, right: tally.tp > 0 });
        }
    }

    /// Rule and confidence of the best evidence at a pointer or below it.
    fn said(&self, pointer: &str) -> Option<(String, f64)> {
        let evidence = self.recap["evidence"].as_object()?;
        let within =
            evidence.iter().filter(|(at, _)| at.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
        let all = within.flat_map(|(_, places)| places.as_array().into_iter().flatten());
        let said = all.filter_map(|e| Some((e["rule"].as_str()?.to_owned(), e["confidence"].as_f64()?)));
        said.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn event(&mut self) {
        let event = self.recap["event"].clone();
        let scalars = [
            ("name", Field::EventName),
            ("series", Field::EventSeries),
            ("edition", Field::EventEdition),
            ("start", Field::EventStart),
            ("attendance_mode", Field::EventMode),
        ];
        for (name, field) in scalars {
            self.one(field, &format!("/event/{name}"), &json!({"event": { name: event[name] }}));
        }
        self.one(Field::EventVenue, "/event/venue/name", &json!({"event": {"venue": event["venue"]}}));
        for (name, field) in [("urls", Field::EventUrl), ("hashtags", Field::EventHashtag)] {
            for (i, item) in items(&event, name).iter().enumerate() {
                self.one(field, &format!("/event/{name}/{i}"), &json!({"event": { name: [item] }}));
            }
        }
    }

    fn talk(&mut self, i: usize) {
        let talk = self.recap["talks"][i].clone();
        self.one(Field::TalkTitle, &format!("/talks/{i}/title"), &json!({"talks": [{"title": talk["title"]}]}));
        for (name, field) in [("slides", Field::TalkSlides), ("videos", Field::TalkVideo)] {
            for (n, item) in items(&talk, name).iter().enumerate() {
                let alone = json!({"people": self.recap["people"], "talks": [{"title": talk["title"], "speakers": talk["speakers"], name: [item]}]});
                self.one(field, &format!("/talks/{i}/{name}/{n}"), &alone);
            }
        }
        for (n, id) in items(&talk, "speakers").iter().enumerate() {
            let person = items(self.recap, "people").iter().find(|p| p["id"] == *id).cloned().unwrap_or_default();
            let alone = json!({"people": [person], "talks": [{"title": talk["title"], "speakers": [id]}]});
            let field = if person["name"].is_null() { Field::SpeakerHandle } else { Field::SpeakerName };
            self.one(field, &format!("/talks/{i}/speakers/{n}"), &alone);
        }
    }
}

/// Band, values, share right; then the same for each field at 0.9 and more.
pub fn table(all: &[Judged]) -> String {
    let mut out = format!("{:<12} {:>7} {:>7}\n", "confidence", "values", "right");
    // Writing to a String cannot fail.
    for (n, low) in BANDS.iter().enumerate() {
        let high = n.checked_sub(1).map_or(f64::INFINITY, |n| BANDS[n]);
        let band = all.iter().filter(|j| (*low..high).contains(&j.confidence));
        let _ = writeln!(out, "{:<12} {}", format!(">= {low:.2}"), share(band));
    }
    let _ = writeln!(out, "-- said at 0.90 and more, by field");
    let mut fields: BTreeMap<Field, Vec<&Judged>> = BTreeMap::new();
    all.iter().filter(|j| j.confidence >= SURE).for_each(|j| fields.entry(j.field).or_default().push(j));
    for (field, judged) in fields {
        let _ = writeln!(out, "{:<20} {}", field.name(), share(judged.into_iter()));
    }
    out
}

/// From here on a value is said surely.
pub const SURE: f64 = 0.9;

fn share<'j>(judged: impl Iterator<Item = &'j Judged>) -> String {
    let (right, all) = judged.fold((0_usize, 0_usize), |(right, all), j| (right + usize::from(j.right), all + 1));
    let percent = if all == 0 { "—".to_owned() } else { format!("{:.1}", 100.0 * right as f64 / all as f64) };
    format!("{all:>7} {percent:>7}")
}

/// Field, rule, values, share right, mean of what was said: what confidences of rule families are measured by.
pub fn families(all: &[Judged]) -> String {
    let mut families: BTreeMap<(Field, &str), Vec<&Judged>> = BTreeMap::new();
    all.iter().for_each(|j| families.entry((j.field, j.rule.as_str())).or_default().push(j));
    let mut out = String::new();
    for ((field, rule), judged) in families {
        let said = judged.iter().map(|j| j.confidence).sum::<f64>() / judged.len() as f64;
        let right = judged.iter().filter(|j| j.right).count();
        let _ = writeln!(out, "{}\t{rule}\t{}\t{right}\t{said:.2}", field.name(), judged.len());
    }
    out
}

/// Share of the values said surely that are right; none where there are none.
pub fn sure_share(all: &[Judged]) -> Option<f64> {
    let sure: Vec<&Judged> = all.iter().filter(|j| j.confidence >= SURE).collect();
    (!sure.is_empty()).then(|| sure.iter().filter(|j| j.right).count() as f64 / sure.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_judged_one_by_one() {
        let gold = json!({"doc": "d", "is_recap": true, "event": {"name": "Sample Night #3", "start": "2021-05-08", "hashtags": ["night"]},
            "talks": [{"title": ["Dates"], "speakers": [{"name": ["Hana"], "handle": null}], "slides": ["https://example.org/d"]}]});
        let evidence = |confidence: f64| json!([{"rule": "r/x", "confidence": confidence}]);
        let recap = json!({"event": {"name": "Sample Night #3", "start": "2021-05-09", "hashtags": ["night", "day"]},
            "people": [{"id": "p1", "name": "Hana"}], "talks": [{"title": "Dates", "speakers": ["p1"], "slides": ["https://example.org/d"]}],
            "evidence": {"/event/name": evidence(0.9), "/event/start": evidence(0.5), "/event/hashtags/0": evidence(0.9), "/event/hashtags/1": evidence(0.8),
                "/talks/0/title": evidence(0.95), "/talks/0/speakers/0": evidence(0.7), "/talks/0/slides/0": evidence(0.99)}});
        let judged = judge(&gold, &recap);
        let wrong: Vec<_> = judged.iter().filter(|j| !j.right).map(|j| j.field).collect();
        assert_eq!(wrong, [Field::EventStart, Field::EventHashtag]);
        assert_eq!(judged.len(), 7);
        assert_eq!(sure_share(&judged), Some(1.0));
        assert!(table(&judged).contains(">= 0.90            2   100.0"), "{}", table(&judged));
    }
}
