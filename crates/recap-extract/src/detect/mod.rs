//! Is the document a write-up, notes or a page of an event? Cues in the text and signs in the structure are weighed against
//! each other.

mod cues;
mod structure;
#[cfg(test)]
mod tests;

use recap_document::Span;

use crate::context::Context;
use crate::drafts::{EventDraft, NextDraft, PostDraft, TalkDraft, Verdict};
use crate::records::Records;

/// Score from which on a document counts as a write-up.
const THRESHOLD: f64 = 2.2;
/// What the document's own structured data about an event weighs: enough alone.
const EVENT_PAGE: f64 = 10.0;

/// A sign for (or, below 0, against) a write-up: rule, weight, place.
type Sign = (String, f64, Span);

/// What a document tells, as far as it was found.
#[derive(Debug, Clone, Copy)]
pub struct Told<'d> {
    /// The event.
    pub event: &'d EventDraft,
    /// Its talks.
    pub talks: &'d [TalkDraft],
    /// Embedded posts.
    pub posts: &'d [PostDraft],
    /// Later events.
    pub next: &'d [NextDraft],
}

/// Weighs what speaks for a write-up and what against.
pub fn judge(context: &Context<'_>, records: &Records, told: &Told<'_>) -> Verdict {
    let mut signs: Vec<Sign> = Vec::new();
    if records.is_event_page() {
        signs.push(("structure/event-page".to_owned(), EVENT_PAGE, Span::default()));
    }
    if !context.leaves.is_empty() && !is_data(context) {
        signs.extend(cues::read(context, told.next));
        signs.extend(structure::read(context, told));
    }
    let score = signs.iter().map(|(_, weight, _)| weight).sum();
    for (rule, _, span) in &signs {
        context.fire(rule, *span);
    }
    signs.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    Verdict { is_recap: score >= THRESHOLD, score, reasons: signs }
}

/// Data without an event in it is no write-up, whatever words its values hold.
fn is_data(context: &Context<'_>) -> bool {
    use recap_document::Format::{Calendar, Json, Xml, Yaml};
    matches!(context.doc.format, Json | Yaml | Calendar | Xml)
}

/// The verdict in one sentence.
pub fn reason(verdict: &Verdict) -> String {
    let named = |wanted: fn(f64) -> bool| {
        let best: Vec<String> =
            verdict.reasons.iter().filter(|(_, w, _)| wanted(*w)).take(3).map(|(rule, w, _)| format!("{rule} {w:+.1}")).collect();
        best.join(", ")
    };
    let (signs, against) = (named(|w| w > 0.0), named(|w| w < 0.0));
    let score = verdict.score;
    match (verdict.is_recap, signs.is_empty(), against.is_empty()) {
        (true, _, _) => format!("tells of an event: {signs} (score {score:.1})"),
        (false, true, true) => {
            "no sign of an event that took place: nothing about talks, speakers, an event's page or taking part".to_owned()
        }
        (false, true, false) => format!("no sign of an event that took place; against it: {against} (score {score:.1})"),
        (false, false, true) => format!("too little tells of an event that took place: only {signs} (score {score:.1} of {THRESHOLD:.1})"),
        (false, false, false) => {
            format!("more speaks against an event that took place ({against}) than for it ({signs}; score {score:.1} of {THRESHOLD:.1})")
        }
    }
}
