//! The event.
use crate::context::Context;
use crate::drafts::{EventDraft, PostDraft};
use crate::records::Records;

/// What the document says of the event; structured data first, then fields, then sentences.
pub fn find(_context: &Context<'_>, _records: &Records, _posts: &[PostDraft]) -> EventDraft {
    EventDraft::default()
}
