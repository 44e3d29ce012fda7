//! Values that a person should look at.

use recap_model::{Evidence, Method, Recap};
use serde_json::Value;

use crate::Review;
use crate::decisions::stable_key;

/// Below this confidence a value of the event is doubtful.
const EVENT: f64 = 0.7;
/// Below this one a talk's title or a person's name is.
const ITEM: f64 = 0.6;

/// Doubtful values of a recap: those that no rule is sure of, and those of the event that sources contradict.
pub fn doubtful(recap: &Recap) -> Vec<Review> {
    let Ok(json) = serde_json::to_value(recap) else { return Vec::new() };
    let event = ["name", "series", "edition", "start", "end", "attendance_mode", "venue/name"].map(|f| format!("/event/{f}"));
    let event = event.into_iter().filter_map(|at| value(recap, &json, &at, EVENT, true));
    let talks = (0..recap.talks.len()).filter_map(|i| value(recap, &json, &format!("/talks/{i}/title"), ITEM, false));
    let people = (0..recap.people.len()).filter_map(|i| value(recap, &json, &format!("/people/{i}/name"), ITEM, false));
    event.chain(talks).chain(people).collect()
}

fn value(recap: &Recap, json: &Value, pointer: &str, least: f64, contradicted: bool) -> Option<Review> {
    let value = json.pointer(pointer).filter(|v| !v.is_null())?;
    let evidence = recap.evidence.get(pointer)?;
    if evidence.iter().any(|e| e.method == Method::Override) {
        return None;
    }
    let confidence = evidence.iter().map(|e| e.confidence).max_by(f64::total_cmp).unwrap_or(0.0);
    let rivals = recap.conflicts.iter().filter(|c| c.pointer == pointer && c.reason == crate::combine::ANOTHER_VALUE);
    let rivals: Vec<Value> = rivals.map(|c| c.value.clone()).collect();
    let reason = if confidence < least {
        format!("confidence {confidence:.2}")
    } else if contradicted && !rivals.is_empty() {
        "another source says otherwise".to_owned()
    } else {
        return None;
    };
    let quotes = evidence.iter().map(|e: &Evidence| e.quote.clone()).take(3).collect();
    Some(Review::Value {
        event: recap.id.clone(),
        key: stable_key(recap, pointer)?,
        value: value.to_string(),
        rivals: rivals.iter().map(Value::to_string).collect(),
        quotes,
        reason,
    })
}
