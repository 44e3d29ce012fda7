//! The event: what structured data, labelled values and sentences say of it.

mod dates;
mod element;
mod facts;
pub(crate) mod fields;
mod hashtags;
mod mode;
mod name;
pub(crate) mod piece;
pub(crate) mod proper;
mod quotes;
mod records;
mod scope;
mod series;
mod titles;
mod told;
mod urls;
mod venue;

#[cfg(test)]
mod tests;

use crate::context::Context;
use crate::drafts::{EventDraft, PostDraft};
use crate::finding::Found;
use crate::records::Records;

/// Bytes between an event's name and its day in one heading.
const NEAR: usize = 12;

/// What the document says of the event; structured data first, then fields, then sentences.
pub fn find(context: &Context<'_>, records: &Records, posts: &[PostDraft]) -> EventDraft {
    let scope = scope::Scope::new(context);
    let mut draft = EventDraft::default();
    named(&scope, records, &mut draft);
    venue::fill(&scope, &mut draft);
    dates::fill(&scope, &mut draft);
    if draft.name.is_none() && records.event.is_none() {
        headed(&scope, &mut draft);
    }
    mode::fill(&scope, &mut draft);
    urls::fill(&scope, &mut draft);
    hashtags::fill(&scope, posts, &mut draft);
    facts::fill(&scope, &mut draft);
    match &records.event {
        Some(record) => records::merge(&with_parts(context, record), records.told(context, draft)),
        None => draft,
    }
}

/// Fills in the name and its parts.
fn named(scope: &scope::Scope<'_, '_>, records: &Records, draft: &mut EventDraft) {
    let (name, rivals) = name::find(scope);
    draft.name = name;
    draft.rivals = rivals;
    let given = records.event.as_ref().and_then(|r| r.name.as_ref());
    if let Some(name) = given.or(draft.name.as_ref()) {
        let parts = series::split(scope.context, name);
        (draft.series, draft.edition, draft.theme) = (parts.series, parts.edition, parts.theme);
    }
}

/// A document that gives the day in a field, and a place, is headed by the event's name, whatever that looks like; one that gives
/// the place in a field, or beside the date in its first lines, and the hour, is so too.
fn headed(scope: &scope::Scope<'_, '_>, draft: &mut EventDraft) {
    let by_field = |found: &Option<Found<String>>| {
        let first = found.as_ref().and_then(|f| f.proofs.first());
        first.is_some_and(|proof| scope.fields.iter().any(|field| field.rule.id == proof.rule))
    };
    // The day stands in the heading that the name does.
    let titled = draft.start.as_ref().is_some_and(|start| {
        let heads = name::of_document(scope).and_then(|name| name.proofs.first().map(|p| p.place.span()));
        heads
            .zip(start.proofs.first())
            .is_some_and(|(name, day)| name.end <= day.place.span().start && day.place.span().start <= name.end + NEAR)
    });
    let hour = draft.start.as_ref().is_some_and(|start| start.value.len() > 10);
    let by_date = draft.venue.as_ref().and_then(|v| v.proofs.first()).is_some_and(|proof| proof.rule.starts_with("event/place-"));
    if !(by_field(&draft.start) && draft.venue.is_some() || by_field(&draft.venue) && (hour || titled) || by_date && hour) {
        return;
    }
    draft.name = name::of_document(scope);
    if let Some(name) = &draft.name {
        let parts = series::split(scope.context, name);
        (draft.series, draft.edition, draft.theme) = (parts.series, parts.edition, parts.theme);
    }
}

/// A record with the parts of its name.
fn with_parts(context: &Context<'_>, record: &EventDraft) -> EventDraft {
    let mut record = record.clone();
    if let Some(name) = &record.name {
        let parts = series::split(context, name);
        record.series = record.series.or(parts.series);
        record.edition = record.edition.or(parts.edition);
        record.theme = record.theme.or(parts.theme);
    }
    record
}
