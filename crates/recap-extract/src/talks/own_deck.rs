//! The talk of a document that is a deck itself: what the deck is called, by whom its first slide says.

use recap_document::{BlockKind, Span};
use recap_model::Role;

use super::lines;
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::event::piece::Piece;
use crate::finding::Mention;
use crate::person::{Known, author, linked_handle, whole_line};

/// How sure a line of the first slide must be somebody.
const PERSON: f64 = 0.72;
/// Leaves that a first slide has at most.
const MAX_LEAVES: usize = 16;

/// The deck's talk.
pub fn find(context: &Context<'_>, known: &Known) -> Option<TalkDraft> {
    let first = first_slide(context);
    let heading = first.iter().find(|&&b| matches!(context.doc.blocks[b].kind, BlockKind::Heading(_)));
    let title = context.doc.meta.title.as_ref().map(|t| Piece::field(context.doc, t));
    let heading = heading.map(|&b| Piece::of(context.doc, context.doc.blocks[b].span));
    let piece = title.or(heading)?;
    let mut talk = TalkDraft::at(piece.span(), 0.85);
    talk.title = Some(piece.found("talk/deck-title", 0.85));
    talk.speakers = speakers(context, known, &first);
    Some(talk)
}

/// The leaves before the first break.
pub fn first_slide(context: &Context<'_>) -> Vec<usize> {
    let doc = context.doc;
    context.leaves.iter().copied().take_while(|&b| doc.blocks[b].kind != BlockKind::Rule).take(MAX_LEAVES).collect()
}

/// The author that the deck states, else who stands on its first slide; the accounts there are theirs.
fn speakers(context: &Context<'_>, known: &Known, first: &[usize]) -> Vec<Mention> {
    let read = |span: Span| whole_line(context, Some(known), span, Role::Speaker, PERSON).0;
    let text = first.iter().filter(|&&b| context.doc.blocks[b].kind == BlockKind::Paragraph);
    let told = text.flat_map(|&b| lines(context, b)).map(read).find(|people| !people.is_empty());
    let stated = context.doc.meta.author.is_some().then(|| author(context)).flatten();
    let mut people = told.or_else(|| Some(vec![Mention { role: Role::Speaker, ..stated? }])).unwrap_or_default();
    if let [one] = people.as_mut_slice() {
        for account in first.iter().flat_map(|&b| context.links_of(b)).filter_map(linked_handle) {
            if !one.handles.iter().any(|h| h.value.platform == account.value.platform) {
                one.handles.push(account);
            }
        }
    }
    people
}
