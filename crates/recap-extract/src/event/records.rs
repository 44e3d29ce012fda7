//! Structured data about the event wins over its text; what the text says otherwise stays as a rival.

use recap_model::AttendanceMode;
use serde_json::Value;

use crate::drafts::EventDraft;
use crate::finding::{Found, Rival};

/// Joins what structured data says with what the text says.
pub fn merge(record: &EventDraft, text: EventDraft) -> EventDraft {
    let mut joined = record.clone();
    let mut rivals = text.rivals;
    let own = record.name.is_some();
    one(&mut joined.name, text.name, "/event/name", &mut rivals);
    one(&mut joined.series, text.series.filter(|_| !own), "/event/series", &mut rivals);
    one(&mut joined.edition, text.edition.filter(|_| !own), "/event/edition", &mut rivals);
    one(&mut joined.theme, text.theme, "/event/theme", &mut rivals);
    if joined.start.is_none() {
        joined.precision = text.precision;
    }
    one(&mut joined.start, text.start, "/event/start", &mut rivals);
    one(&mut joined.end, text.end.filter(|_| record.start.is_none()), "/event/end", &mut rivals);
    one(&mut joined.timezone, text.timezone.filter(|_| record.start.is_none()), "/event/timezone", &mut rivals);
    one(&mut joined.venue, text.venue, "/event/venue/name", &mut rivals);
    one(&mut joined.address, text.address, "/event/venue/address", &mut rivals);
    mode(&mut joined.mode, text.mode, &mut rivals);
    joined.participants = joined.participants.or(text.participants);
    fill(&mut joined.organizers, text.organizers);
    fill(&mut joined.sponsors, text.sponsors);
    fill(&mut joined.hashtags, text.hashtags);
    fill(&mut joined.urls, text.urls);
    fill(&mut joined.videos, text.videos);
    joined.rivals.append(&mut rivals);
    joined
}

fn one(joined: &mut Option<Found<String>>, text: Option<Found<String>>, pointer: &str, rivals: &mut Vec<Rival>) {
    let Some(text) = text else { return };
    match joined {
        None => *joined = Some(text),
        Some(record) if agrees(&record.value, &text.value) => record.proofs.extend(text.proofs),
        Some(_) => rivals.push(Rival {
            pointer: pointer.to_owned(),
            value: Value::String(text.value),
            reason: "the page's structured data says otherwise".to_owned(),
            proofs: text.proofs,
        }),
    }
}

/// The attendance mode; a room in the data does not rule out a stream in the text.
fn mode(joined: &mut Option<Found<AttendanceMode>>, text: Option<Found<AttendanceMode>>, rivals: &mut Vec<Rival>) {
    let Some(text) = text else { return };
    match joined {
        None => *joined = Some(text),
        Some(record) if record.value == text.value => record.proofs.extend(text.proofs),
        Some(_) => rivals.push(Rival {
            pointer: "/event/attendance_mode".to_owned(),
            value: serde_json::to_value(text.value).unwrap_or_default(),
            reason: "the page's structured data says otherwise".to_owned(),
            proofs: text.proofs,
        }),
    }
}

/// Whether one says the same as the other, or a part of it.
fn agrees(a: &str, b: &str) -> bool {
    let (a, b) = (recap_text::names::fold(a), recap_text::names::fold(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

fn fill<T>(joined: &mut Vec<T>, text: Vec<T>) {
    if joined.is_empty() {
        *joined = text;
    }
}
