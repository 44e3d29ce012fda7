//! Pure extraction: a [`Document`] and [`Rules`] in, a [`Recap`] with evidence out. No network, no clock, no files.

mod context;
mod detect;
mod drafts;
mod event;
mod finding;
mod language;
mod next_events;
mod output;
mod people;
mod person;
mod posts;
mod questions;
mod records;
mod talks;

use std::collections::BTreeMap;

use recap_document::{Document, Span};
use recap_model::{Post, Recap, SourceKind};
use recap_rules::Rules;

/// What the caller knows about the source.
#[derive(Debug, Clone, Default)]
pub struct Input<'a> {
    /// Path as the user gave it.
    pub path: Option<&'a str>,
    /// Address.
    pub url: Option<&'a str>,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: &'a str,
}

/// What an extraction gives.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// The recap; its values are as good as they are, whether or not the document is a write-up.
    pub recap: Recap,
    /// Whether the document is a write-up, an event page or notes at all.
    pub is_recap: bool,
    /// Why, in one sentence.
    pub reason: String,
    /// Every rule that had a say, with the places (bytes of the document text).
    pub fired: BTreeMap<String, Vec<Span>>,
}

/// Extracts everything from a document.
pub fn extract(document: &Document, rules: &Rules, input: &Input<'_>) -> Extraction {
    let (posts, taken) = posts::find(document, rules);
    let mut context = context::Context::new(document, rules, &taken);
    let records = records::read(&context);
    context.is_event_page = records.is_event_page();
    let event = event::find(&context, &records, &posts);
    let known = person::Known::scan(&context);
    let talks = talks::find(&context, &known, &records, &event);
    let next = next_events::find(&context, &event);
    let questions = questions::find(&context, &talks);
    let verdict = detect::judge(&context, &records, &detect::Told { event: &event, talks: &talks, posts: &posts, next: &next });
    let source = output::Source { input, kind: if records.is_event_page() { SourceKind::EventPage } else { SourceKind::WriteUp } };
    let people = person::others(&context, &known, &posts);
    let parts = output::Parts { event, talks, posts, questions, next, people };
    let reason = detect::reason(&verdict);
    let recap = output::recap(&context, &source, parts);
    Extraction { recap, is_recap: verdict.is_recap, reason, fired: context.fired() }
}

/// The embedded or exported posts of a document, as they stand in a recap.
pub fn posts(document: &Document, rules: &Rules) -> Vec<Post> {
    let (posts, _) = posts::find(document, rules);
    posts.into_iter().map(|draft| output::post(&draft)).collect()
}
