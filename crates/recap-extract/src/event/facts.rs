//! Who organised and paid, how many came, and the theme.

use recap_document::{BlockKind, Span};
use recap_model::{LinkKind, Method, Role};
use recap_rules::{Use, flat};

use super::piece::Piece;
use super::scope::Scope;
use crate::drafts::EventDraft;
use crate::finding::{Found, Proof};
use crate::person::people_in;

/// Leaves that are read for numbers of participants.
const MAX_LEAVES: usize = 300;
/// How sure a name in an organiser's field must be one.
const LEAST: f64 = 0.35;
/// More were never at one event.
const MAX_PARTICIPANTS: u64 = 1_000_000;

/// Fills in organisers, sponsors, participants and theme.
pub fn fill(scope: &Scope<'_, '_>, draft: &mut EventDraft) {
    for field in scope.values("event.organizer") {
        draft.organizers.extend(people_in(scope.context, field.value, Role::Organizer, LEAST));
    }
    for field in scope
        .values("event.host")
        .filter(|f| !draft.venue.as_ref().is_some_and(|v| v.proofs.iter().any(|p| f.value.contains(p.place.span()))))
    {
        draft.organizers.extend(people_in(scope.context, field.value, Role::Host, LEAST));
    }
    draft.sponsors = sponsors(scope);
    draft.participants = participants(scope);
    if draft.theme.is_none() {
        draft.theme = theme(scope);
    }
}

/// Linked names in a sponsors' field, else its whole value.
fn sponsors(scope: &Scope<'_, '_>) -> Vec<Found<String>> {
    let mut sponsors: Vec<Found<String>> = Vec::new();
    for field in scope.values("event.sponsor") {
        let links = scope.context.links_in(field.value).filter(|l| l.kind == LinkKind::Other && !l.link.span.is_empty());
        let mut spans: Vec<Span> = links.map(|l| l.link.span).collect();
        if spans.is_empty() && field.value.len() < 80 {
            spans.push(field.value);
        }
        for span in spans {
            let found = Found::verbatim(scope.context.doc, span, field.rule);
            if !found.value.contains("://") && !sponsors.iter().any(|s| s.value == found.value) {
                sponsors.push(found);
            }
        }
    }
    sponsors
}

/// A labelled number, else one in a sentence.
fn participants(scope: &Scope<'_, '_>) -> Option<Found<u64>> {
    let context = scope.context;
    let labelled = scope.values("event.participants").find_map(|field| {
        let count = number(context.doc.slice(field.value))?;
        Some(Found::new(count, Proof::text(field.value, &field.rule.id, Method::Normalised, field.rule.confidence)))
    });
    labelled.or_else(|| {
        let leaves = context.leaves.iter().filter(|&&b| context.doc.blocks[b].kind == BlockKind::Paragraph).take(MAX_LEAVES);
        leaves.filter(|&&b| !scope.is_later(b)).find_map(|&block| {
            let text = flat(context.text(block));
            let start = context.doc.blocks[block].span.start;
            context.asking_for(Use::EventFact, "participants", context.text(block)).find_map(|rule| {
                let found = rule.find(&text)?;
                let (from, to, count) = found.group("count")?;
                let span = Span::new(start + from, start + to);
                context.fire(&rule.id, span);
                Some(Found::new(number(count)?, Proof::text(span, &rule.id, Method::Normalised, rule.confidence)))
            })
        })
    })
}

/// The first number of a text, in digits of any width, with or without separators.
fn number(text: &str) -> Option<u64> {
    let narrow: String = text.chars().map(recap_text::width::narrow).collect();
    let digits: String = narrow
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .filter(char::is_ascii_digit)
        .take(8)
        .collect();
    digits.parse().ok().filter(|n| (2..=MAX_PARTICIPANTS).contains(n))
}

/// A labelled theme of the event, not of a talk: it stands in the document's start.
fn theme(scope: &Scope<'_, '_>) -> Option<Found<String>> {
    let last = scope.front.last().copied()?;
    let field = scope.values("event.theme").find(|f| f.index == 0 && f.block <= last)?;
    let piece = Piece::of(scope.context.doc, field.value);
    let quoted = super::quotes::find(piece.text).into_iter().next();
    let piece = quoted.map_or(piece, |quote| piece.part(quote.inner));
    (piece.text.chars().count() <= 100).then(|| piece.found(&field.rule.id, field.rule.confidence))
}
