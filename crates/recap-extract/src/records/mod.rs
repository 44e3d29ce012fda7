//! What structured data says of the document's own event: one draft of all records that mean it, and its sub-events as talks.
//!
//! The records come in schema.org's words from every vocabulary. [`choose`] finds those about the event, [`event`] joins
//! them, the most trusted vocabulary first, and [`talks`] reads the talks.

mod choose;
mod event;
mod page;
mod people;
mod place;
mod regular;
mod talks;
mod told;
mod value;
pub(crate) mod when;
mod zone;

#[cfg(test)]
mod tests;

pub use page::is_front;

use crate::context::Context;
use crate::drafts::{EventDraft, TalkDraft};

/// The page's own structured data about one event.
#[derive(Debug, Default)]
pub struct Records {
    /// What it says of the event.
    pub event: Option<EventDraft>,
    /// Its sub-events.
    pub talks: Vec<TalkDraft>,
    /// Of data: where its prose stands.
    prose: Option<Vec<recap_document::Span>>,
}

impl Records {
    /// Whether the document is a page or record of the event itself.
    pub fn is_event_page(&self) -> bool {
        self.event.is_some()
    }

    /// Whether the document is data, of which only the prose is read as text.
    pub fn is_data(&self) -> bool {
        self.prose.is_some()
    }
}

/// Reads the document's records. A list of several events is about none of them.
pub fn read(context: &Context<'_>) -> Records {
    let prose = told::prose(context);
    let Some(about) = choose::choose(context) else {
        return Records {
            event: page::by_address(context)
                .or_else(|| page::by_path(context))
                .or_else(|| page::by_site(context))
                .or_else(|| page::by_place(context))
                .or_else(|| regular::next_meeting(context)),
            talks: Vec::new(),
            prose,
        };
    };
    let mut event = event::draft(context, &about);
    page::complete(context, &mut event);
    let talks = talks::read(context, &about, &event);
    Records { event: Some(event), talks, prose }
}
