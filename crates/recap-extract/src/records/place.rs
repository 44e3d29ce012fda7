//! Where an event was, and whether in a room or on screens.

use recap_document::{Field, Record, Value};
use recap_model::{AttendanceMode, LinkKind, Method};
use recap_rules::Use;
use recap_text::names::fold;

use super::value::{clean, derived, found, is_address};
use crate::context::{Context, classify_url};
use crate::drafts::EventDraft;
use crate::finding::{Found, Rival};

/// Parts of a postal address, the smallest first.
const PARTS: &[&str] = &["streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"];

/// What one location says.
#[derive(Debug, Default)]
struct Location {
    name: Option<Found<String>>,
    address: Option<Found<String>>,
    online: Option<Found<()>>,
}

/// Fills in venue, address and attendance mode.
pub fn fill(context: &Context<'_>, records: &[&Record], draft: &mut EventDraft) {
    let mut online = None;
    for record in records {
        for location in record.all("location").map(|value| location(context, record, value)) {
            match (&mut draft.venue, location.name) {
                (Some(venue), Some(other)) if fold(&venue.value) == fold(&other.value) => venue.proofs.extend(other.proofs),
                (Some(_), Some(other)) => draft.rivals.push(Rival {
                    pointer: "/event/venue/name".to_owned(),
                    value: serde_json::Value::String(other.value),
                    reason: "structured data that is trusted more says otherwise".to_owned(),
                    proofs: other.proofs,
                }),
                (venue, name) => *venue = venue.take().or(name),
            }
            draft.address = draft.address.take().or(location.address);
            online = online.or(location.online);
        }
        draft.mode = draft.mode.take().or_else(|| said(record));
    }
    draft.mode = draft.mode.take().or_else(|| implied(draft, online)).or_else(|| by_rooms(context, records));
}

/// An event whose parts have rooms was in a house.
fn by_rooms(context: &Context<'_>, records: &[&Record]) -> Option<Found<AttendanceMode>> {
    let parts = records.iter().flat_map(|r| r.records("subEvent"));
    let (part, room) = parts.filter_map(|p| Some((p, p.text("location")?))).next()?;
    let location = written(context, part, room);
    location.name.filter(|_| location.online.is_none())?;
    let mut found = derived(part, room, AttendanceMode::Offline);
    for proof in &mut found.proofs {
        (proof.rule, proof.method, proof.confidence) = ("record/mode-by-room".to_owned(), Method::Derived, 0.8);
    }
    Some(found)
}

/// The mode in the words of schema.org and the platforms: `OnlineEventAttendanceMode`, `PHYSICAL`, `in_person`.
fn said(record: &Record) -> Option<Found<AttendanceMode>> {
    let field = record.text("eventAttendanceMode")?;
    let word = field.value.rsplit(['/', '#', ':']).next().unwrap_or_default().to_lowercase();
    let is = |names: &[&str]| names.iter().any(|n| word.starts_with(n));
    let mode = match () {
        () if is(&["mixed", "hybrid"]) => AttendanceMode::Mixed,
        () if is(&["online", "virtual", "zoom", "meet", "youtube"]) => AttendanceMode::Online,
        () if is(&["offline", "physical", "in_person", "inperson", "in-person"]) => AttendanceMode::Offline,
        () => return None,
    };
    Some(derived(record, field, mode))
}

/// A room is offline, an address of a stream online, both are mixed.
fn implied(draft: &EventDraft, online: Option<Found<()>>) -> Option<Found<AttendanceMode>> {
    let place = draft.venue.as_ref().or(draft.address.as_ref()).cloned().map(|p| p.map(|_| ()));
    let (mode, mut found) = match (place, online) {
        (Some(mut place), Some(online)) => {
            place.proofs.extend(online.proofs);
            (AttendanceMode::Mixed, place)
        }
        (Some(place), None) => (AttendanceMode::Offline, place),
        (None, Some(online)) => (AttendanceMode::Online, online),
        (None, None) => return None,
    };
    for proof in &mut found.proofs {
        (proof.rule, proof.method, proof.confidence) = ("record/mode-by-place".to_owned(), Method::Derived, 0.85);
    }
    Some(found.map(|()| mode))
}

fn location(context: &Context<'_>, record: &Record, value: &Value) -> Location {
    match value {
        Value::Text(field) => written(context, record, field),
        Value::Record(place) => {
            let mut location = place.text("name").map(|field| written(context, record, field)).unwrap_or_default();
            location.address = address(context, place).or(location.address);
            if place.types.iter().any(|t| t == "VirtualLocation") {
                let field = place.text("url").or_else(|| place.text("name"));
                return Location { online: field.map(|f| derived(record, f, ())), ..Location::default() };
            }
            location
        }
    }
}

/// A location in one text: a name, a name and an address, an address alone, a word for a stream, or a word for "not yet known".
fn written(context: &Context<'_>, record: &Record, field: &Field) -> Location {
    let text = clean(&field.value);
    let rule = |kind: &str| context.rules.of(Use::Venue, context.language).find(|r| r.kind.as_deref() == Some(kind) && r.matches(&text));
    if text.is_empty() || rule("record-not").is_some() {
        return Location::default();
    }
    if is_address(&text) && classify_url(context.rules, &text).0 == LinkKind::Event {
        return Location::default();
    }
    if is_address(&text) || rule("record-online").is_some() {
        return Location { online: Some(derived(record, field, ())), ..Location::default() };
    }
    let online = rule("record-mixed").map(|_| derived(record, field, ()));
    let (name, address) = parts(context, &text);
    let finding = |part: &str| found(context, record, field, part.to_owned());
    Location { name: name.map(finding), address: address.map(finding), online }
}

/// Name and address of a place.
fn parts<'t>(context: &Context<'_>, text: &'t str) -> (Option<&'t str>, Option<&'t str>) {
    let addresses = context.rules.of(Use::Venue, context.language).filter(|r| r.kind.as_deref() == Some("address"));
    let found = addresses.filter_map(|r| r.find(text)).find_map(|f| f.group("address").map(|(start, ..)| start));
    // `Hall, 12 Main St, Town`
    let listed = text.find(", ").filter(|at| {
        text[at + 2..].contains(", ") && text[at + 2..].split(", ").next().is_some_and(|p| p.contains(|c: char| c.is_ascii_digit()))
    });
    match found.or(listed) {
        Some(0) => (None, Some(text)),
        Some(at) => (Some(trim(&text[..at])).filter(|n| !n.is_empty()), Some(trim(&text[at..]))),
        None => (Some(text), None),
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | '/' | '／' | '-' | '(' | '（'))
}

/// A place's address: as one text, or of its parts.
fn address(context: &Context<'_>, place: &Record) -> Option<Found<String>> {
    if let Some(field) = place.text("address").filter(|f| !f.value.trim().is_empty()) {
        let lines: Vec<&str> = field.value.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        return Some(found(context, place, field, clean(&lines.join(", "))));
    }
    let postal = place.records("address").next().unwrap_or(place);
    let mut parts: Vec<(&Field, String)> =
        PARTS.iter().filter_map(|p| postal.text(p)).map(|f| (f, clean(&f.value))).filter(|(_, t)| !t.is_empty()).collect();
    parts.dedup_by(|a, b| a.1 == b.1);
    let eastern = parts.iter().any(|(_, text)| text.chars().any(|c| matches!(c, '\u{3040}'..='\u{9fff}')));
    if eastern {
        // From the large to the small, without spaces: the country and the code in Latin letters say nothing more.
        parts.retain(|(_, text)| !text.is_ascii());
        parts.reverse();
    }
    let value = parts.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join(if eastern { "" } else { ", " });
    let proofs = parts.iter().flat_map(|(field, _)| derived(postal, field, ()).proofs).collect();
    (!value.is_empty()).then_some(Found { value, proofs })
}
