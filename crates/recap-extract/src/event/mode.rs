//! Whether people met in a room, on a screen, or both: words with weights.

use recap_document::Span;
use recap_model::AttendanceMode;
use recap_rules::Use;

use super::scope::Scope;
use crate::drafts::EventDraft;
use crate::finding::{Found, Proof};

/// Leaves that are read.
const MAX_LEAVES: usize = 600;
/// Least sum of weights for a side.
const ENOUGH: f64 = 1.0;
/// Denials of one leaf that are looked at.
const MAX_DENIED: usize = 8;
/// What a known venue weighs for a room.
const VENUE: f64 = 1.5;

/// One side's words.
#[derive(Default)]
struct Side {
    weight: f64,
    proofs: Vec<(f64, Proof)>,
}

impl Side {
    /// A rule speaks once; the start of the document speaks louder.
    fn add(&mut self, weight: f64, proof: Proof) {
        if self.proofs.iter().all(|(_, p)| p.rule != proof.rule) {
            self.weight += weight;
            self.proofs.push((weight, proof));
        }
    }

    fn proofs(mut self) -> Vec<Proof> {
        self.proofs.sort_by(|a, b| b.0.total_cmp(&a.0));
        self.proofs.into_iter().take(3).map(|(_, p)| p).collect()
    }
}

/// Fills in the attendance mode.
pub fn fill(scope: &Scope<'_, '_>, draft: &mut EventDraft) {
    let Sides { mut online, mut offline, mut mixed, hints, held_online } = read(scope);
    // A reception or a room is also what people call those on a screen.
    if !held_online || draft.venue.is_some() || offline.weight >= ENOUGH {
        offline.weight += hints.weight;
        offline.proofs.extend(hints.proofs);
    }
    if let Some(venue) = &draft.venue {
        let proof = venue.proofs.first().cloned().map(|p| Proof { rule: "event/mode-by-venue".to_owned(), ..p });
        offline.weight += VENUE;
        offline.proofs.extend(proof.map(|p| (VENUE, p)));
    }
    let (mode, side) = match (mixed.weight >= ENOUGH, online.weight >= ENOUGH, offline.weight >= ENOUGH) {
        (true, ..) => (AttendanceMode::Mixed, mixed),
        (_, true, true) => {
            mixed.proofs.append(&mut online.proofs);
            mixed.proofs.append(&mut offline.proofs);
            (AttendanceMode::Mixed, mixed)
        }
        (_, true, false) => (AttendanceMode::Online, online),
        (_, false, true) => (AttendanceMode::Offline, offline),
        _ => return,
    };
    let mut proofs = side.proofs();
    for proof in &mut proofs {
        proof.method = recap_model::Method::Derived;
    }
    if !proofs.is_empty() {
        draft.mode = Some(Found { value: mode, proofs });
    }
}

/// What the words of a document say, each side for itself.
#[derive(Default)]
struct Sides {
    online: Side,
    offline: Side,
    mixed: Side,
    /// Words of a room that an event on screens has, too.
    hints: Side,
    /// It is said to be held on screens.
    held_online: bool,
}

fn read(scope: &Scope<'_, '_>) -> Sides {
    let mut sides = Sides::default();
    let context = scope.context;
    let last = scope.front.last().copied().unwrap_or_default();
    for &block in context.leaves.iter().take(MAX_LEAVES) {
        let (text, span) = (context.text(block), context.doc.blocks[block].span);
        let mut not: Option<Vec<(usize, usize)>> = None;
        for rule in context.asking(Use::Mode, text).filter(|r| r.kind.as_deref() != Some("not")) {
            let Some(first) = rule.find(text) else { continue };
            let not = not.get_or_insert_with(|| denied(scope, text, span));
            let outside = |found: &recap_rules::Found<'_, '_>| !not.iter().any(|(s, e)| found.start < *e && *s < found.end);
            let Some(found) = (if outside(&first) { Some(first) } else { rule.find_all(text).find(outside) }) else { continue };
            if scope.is_later(block) {
                break;
            }
            let weight = rule.weight * if block <= last { 1.0 } else { 0.6 };
            let at = Span::new(span.start + found.start, span.start + found.end);
            context.fire(&rule.id, at);
            let proof = Proof::text(at, &rule.id, recap_model::Method::Derived, rule.confidence);
            match rule.kind.as_deref() {
                Some("online") => sides.online.add(weight, proof),
                Some("online-held") => {
                    sides.held_online |= block <= last;
                    sides.online.add(weight, proof);
                }
                Some("offline") => sides.offline.add(weight, proof),
                Some("offline-hint") => sides.hints.add(weight, proof),
                Some("mixed") => sides.mixed.add(weight, proof),
                _ => {}
            }
        }
    }
    sides
}

/// Where a text says what the event was not: `配信はありません`, `当初は現地開催の予定`.
fn denied(scope: &Scope<'_, '_>, text: &str, span: Span) -> Vec<(usize, usize)> {
    let rules = scope.context.asking(Use::Mode, text).filter(|r| r.kind.as_deref() == Some("not"));
    let mut all = Vec::new();
    for rule in rules {
        for found in rule.find_all(text).take(MAX_DENIED) {
            scope.context.fire(&rule.id, Span::new(span.start + found.start, span.start + found.end));
            all.push((found.start, found.end));
        }
    }
    all
}
