//! What the text of an event page or of event data adds: not everything around a record is about its event.

use recap_document::{Format, Record, Span, Value};
use recap_model::LinkKind;
use recap_text::names::fold;

use super::Records;
use crate::context::{Context, host_of};
use crate::drafts::{EventDraft, TalkDraft};
use crate::event::fields;
use crate::finding::{Found, Mention, Proof};

/// Properties whose texts are prose.
const PROSE: &[&str] = &["description", "abstract", "articleBody", "text"];
/// Parts of an address that lead to events: `/event/12`, `/events/sample-night`.
const EVENT_PATHS: &[&str] = &[
    "event",
    "events",
    "meetup",
    "meetups",
    "e",
    "veranstaltung",
    "veranstaltungen",
    "termine",
    "evenement",
    "evenements",
    "evento",
    "eventos",
];

/// The spans of prose in data; in a page everything is told.
pub fn prose(context: &Context<'_>) -> Option<Vec<Span>> {
    if !matches!(context.doc.format, Format::Json | Format::Yaml | Format::Calendar | Format::Xml) {
        return None;
    }
    let mut spans = Vec::new();
    context.doc.records.iter().for_each(|r| collect(r, &mut spans));
    spans.sort_unstable();
    Some(spans)
}

/// Depth is bounded where records are read.
fn collect(record: &Record, spans: &mut Vec<Span>) {
    for (property, value) in &record.props {
        match value {
            Value::Text(field) if PROSE.contains(&property.as_str()) => spans.push(field.place.span()),
            Value::Text(_) => {}
            Value::Record(inner) => collect(inner, spans),
        }
    }
}

impl Records {
    /// Whether a talk that the text gives is one of the event: no part of data that is not prose, no other event, no label.
    pub fn keeps(&self, context: &Context<'_>, talk: &TalkDraft) -> bool {
        let Some(event) = &self.event else { return true };
        let is = |own: &Option<Found<String>>, title: &Found<String>| own.as_ref().is_some_and(|o| fold(&o.value) == fold(&title.value));
        let unspoken = talk.speakers.is_empty();
        if talk.title.as_ref().is_some_and(|t| is(&event.venue, t) || (unspoken && (is(&event.name, t) || is(&event.series, t)))) {
            return false;
        }
        if by_record(talk) {
            return true;
        }
        let labelled = talk.title.as_ref().is_some_and(|t| fields::label(context, &t.value).is_some());
        self.is_prose(talk.span) && !labelled && !self.repeats(talk) && !is_other(context, event, talk)
    }

    /// What the text says of the event; of data only what stands in prose or beside the data.
    pub fn told(&self, context: &Context<'_>, mut text: EventDraft) -> EventDraft {
        if self.prose.is_none() {
            return text;
        }
        let proofs =
            |proofs: &[Proof]| proofs.first().is_some_and(|p| self.is_prose(p.place.span()) || is_comment(context, p.place.span()));
        let value = |f: &Found<String>| proofs(&f.proofs);
        text.venue = text.venue.filter(value);
        text.address = text.address.filter(value);
        text.start = text.start.filter(value);
        text.end = text.end.filter(|e| text.start.is_some() && value(e));
        text.mode = text.mode.filter(|m| proofs(&m.proofs));
        text.participants = text.participants.filter(|p| proofs(&p.proofs));
        text.organizers.retain(|o| self.is_prose(o.span));
        for list in [&mut text.sponsors, &mut text.hashtags, &mut text.videos] {
            list.retain(value);
        }
        text.rivals.retain(|r| proofs(&r.proofs));
        text
    }

    fn is_prose(&self, span: Span) -> bool {
        let Some(spans) = &self.prose else { return true };
        let next = spans.partition_point(|s| s.start <= span.start);
        // Prose does not nest, but two records may tell the same.
        spans[..next].iter().rev().take(4).any(|s| s.contains(span))
    }

    /// Whether a would-be talk only shows decks and recordings that talks of the records have: it is their list.
    fn repeats(&self, talk: &TalkDraft) -> bool {
        let known = |url: &&Found<String>| {
            self.talks.iter().flat_map(|t| t.slides.iter().chain(&t.videos)).any(|k| recap_text::urls::same_resource(&k.value, &url.value))
        };
        talk.slides.iter().chain(&talk.videos).filter(known).count() >= 2
    }
}

/// Whether a record gives the talk.
fn by_record(talk: &TalkDraft) -> bool {
    let speakers = talk.speakers.iter().filter_map(|s| s.name.as_ref());
    let proofs = talk.title.iter().chain(speakers).flat_map(|f| &f.proofs);
    proofs.into_iter().any(|p| p.rule.starts_with("record/"))
}

/// A line beside the data, such as a comment.
fn is_comment(context: &Context<'_>, span: Span) -> bool {
    let first = context.leaves.partition_point(|&leaf| context.doc.blocks[leaf].span.end < span.start);
    context.leaves.get(first).is_some_and(|&leaf| context.doc.blocks[leaf].parent.is_none())
}

/// Whether a talk's place links to another event, or its title is the name of this one's group.
fn is_other(context: &Context<'_>, event: &EventDraft, talk: &TalkDraft) -> bool {
    let own = event.urls.first().map(|u| u.value.as_str());
    let links = context.links_in(talk.span);
    let organizers = event.organizers.iter().filter_map(name).collect::<Vec<_>>();
    let by_organizers =
        !talk.speakers.is_empty() && talk.title.is_none() && talk.speakers.iter().all(|s| name(s).is_some_and(|n| organizers.contains(&n)));
    by_organizers
        || links.into_iter().any(|l| {
            (l.kind == LinkKind::Event || is_event_path(&l.url)) && own.is_none_or(|own| !recap_text::urls::same_resource(own, &l.url))
        })
}

fn name(mention: &Mention) -> Option<String> {
    mention.name.as_ref().map(|n| fold(&n.value))
}

/// `/event/12`, `https://example.org/events/sample-night/`.
pub fn is_event_path(url: &str) -> bool {
    let host = host_of(url);
    let path =
        if host.is_empty() { url } else { url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path) };
    let mut steps = path.split(['?', '#']).next().unwrap_or_default().split('/').filter(|s| !s.is_empty());
    let (first, second, third) = (steps.next(), steps.next(), steps.next());
    first.is_some_and(|f| EVENT_PATHS.contains(&f)) && second.is_some() && third.is_none()
}
