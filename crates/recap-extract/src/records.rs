//! What structured data says about the event.
use crate::context::Context;
use crate::drafts::{EventDraft, TalkDraft};

/// The page's own structured data about one event.
#[derive(Debug, Default)]
pub struct Records {
    /// What it says of the event.
    pub event: Option<EventDraft>,
    /// Its sub-events.
    pub talks: Vec<TalkDraft>,
}

impl Records {
    /// Whether the document is a page or record of the event itself.
    pub fn is_event_page(&self) -> bool {
        self.event.is_some()
    }
}

/// Reads the document's records.
pub fn read(_context: &Context<'_>) -> Records {
    Records::default()
}
