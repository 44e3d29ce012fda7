//! From drafts to recap JSON: ids, order, evidence with positions in code points.

mod event;
mod evidence;
mod measured;
mod parts;
mod people;

use recap_model::{Recap, SCHEMA_VERSION, SourceKind};

use crate::Input;
use crate::context::Context;
use crate::drafts::{EventDraft, NextDraft, PostDraft, QuestionDraft, TalkDraft};
use crate::finding::Mention;
use evidence::Ledger;

pub use parts::post_alone as post;

/// What is known of the source.
pub struct Source<'a> {
    /// Path, address, hash.
    pub input: &'a Input<'a>,
    /// What sort of document it is.
    pub kind: SourceKind,
}

/// Everything that the extractors found.
pub struct Parts {
    /// The event.
    pub event: EventDraft,
    /// Talks in the document's order.
    pub talks: Vec<TalkDraft>,
    /// Posts in reading order.
    pub posts: Vec<PostDraft>,
    /// Questions in reading order.
    pub questions: Vec<QuestionDraft>,
    /// Later events.
    pub next: Vec<NextDraft>,
    /// Everybody who is named beside the speakers and organisers.
    pub people: Vec<Mention>,
}

/// The id of the only source of an extraction.
const SOURCE: &str = "src1";

/// Writes the recap.
pub fn recap(context: &Context<'_>, source: &Source<'_>, parts: Parts) -> Recap {
    let mut ledger = Ledger::new(context.doc, SOURCE);
    let roster = people::Roster::new(&parts);
    let source = parts::source(context, source, &mut ledger);
    let event = event::write(&parts.event, &roster, &mut ledger);
    let talks = parts::talks(context, &parts.talks, &roster, &mut ledger);
    let people = roster.write(&mut ledger);
    let questions = parts::questions(&parts, &talks, &mut ledger);
    let posts = parts::posts(context, &parts.posts, &mut ledger);
    let links = parts::links(context, &mut ledger);
    let sections = parts::sections(context, &mut ledger);
    let next_events = parts::next_events(&parts.next, &mut ledger);
    let conflicts = ledger.conflicts(&parts.event.rivals, &parts.talks);
    Recap {
        schema_version: SCHEMA_VERSION.to_owned(),
        id: event::id(&event, source.title.as_deref()),
        event,
        talks,
        people,
        questions,
        posts,
        links,
        sections,
        next_events,
        sources: vec![source],
        conflicts,
        issues: parts::issues(context),
        evidence: ledger.finish(),
        lookups: Vec::new(),
        redirects: Vec::new(),
        parts: Vec::new(),
    }
}
