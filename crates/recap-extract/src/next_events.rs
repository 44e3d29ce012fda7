//! Later events.
use crate::context::Context;
use crate::drafts::{EventDraft, NextDraft};

/// Later events that the document announces.
pub fn find(_context: &Context<'_>, _event: &EventDraft) -> Vec<NextDraft> {
    Vec::new()
}
