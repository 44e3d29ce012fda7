//! Is it a write-up?
use crate::context::Context;
use crate::drafts::{EventDraft, PostDraft, TalkDraft, Verdict};
use crate::records::Records;

/// Weighs what speaks for a write-up and what against.
pub fn judge(_context: &Context<'_>, _records: &Records, _event: &EventDraft, _talks: &[TalkDraft], _posts: &[PostDraft]) -> Verdict {
    Verdict { is_recap: true, score: 0.0, reasons: Vec::new() }
}

/// The verdict in one sentence.
pub fn reason(verdict: &Verdict) -> String {
    format!("score {:.1}", verdict.score)
}
