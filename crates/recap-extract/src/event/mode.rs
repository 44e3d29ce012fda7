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
    let (mut online, mut offline, mut mixed) = read(scope);
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

fn read(scope: &Scope<'_, '_>) -> (Side, Side, Side) {
    let mut sides = (Side::default(), Side::default(), Side::default());
    let context = scope.context;
    let last = scope.front.last().copied().unwrap_or_default();
    for &block in context.leaves.iter().take(MAX_LEAVES) {
        let (text, span) = (context.text(block), context.doc.blocks[block].span);
        for rule in context.asking(Use::Mode, text) {
            let Some(found) = rule.find(text) else { continue };
            if scope.is_later(block) {
                break;
            }
            let weight = rule.weight * if block <= last { 1.0 } else { 0.6 };
            let at = Span::new(span.start + found.start, span.start + found.end);
            context.fire(&rule.id, at);
            let proof = Proof::text(at, &rule.id, recap_model::Method::Derived, rule.confidence);
            match rule.kind.as_deref() {
                Some("online") => sides.0.add(weight, proof),
                Some("offline") => sides.1.add(weight, proof),
                Some("mixed") => sides.2.add(weight, proof),
                _ => {}
            }
        }
    }
    sides
}
