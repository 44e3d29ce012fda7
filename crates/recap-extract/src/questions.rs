//! Questions put to speakers.
use crate::context::Context;
use crate::drafts::{QuestionDraft, TalkDraft};

/// Questions with their answers and talks.
pub fn find(_context: &Context<'_>, _talks: &[TalkDraft]) -> Vec<QuestionDraft> {
    Vec::new()
}
