//! The account that a line under a talk's heading gives its one speaker: `Twitter: @mofu`.

use recap_document::Span;
use recap_model::LinkKind;

use super::below::labelled;
use super::lines;
use crate::context::{Context, Outline};
use crate::finding::{Found, Mention};
use crate::person::{at_handle, linked_handle};

/// Leaves under a heading in which a labelled account is looked for.
const NEAR: usize = 8;

/// Gives the one speaker of a section the account of its first labelled line, if no other is known.
pub(super) fn join(context: &Context<'_>, outline: &Outline, speakers: &mut [Mention]) {
    let [one] = speakers else { return };
    if !one.handles.is_empty() {
        return;
    }
    let near = context.leaves[outline.own.clone()].iter().take(NEAR);
    let mut rows = near.flat_map(|&leaf| lines(context, leaf).into_iter().take(4));
    one.handles.extend(rows.find_map(|row| account(context, row)));
}

/// The account that a labelled line gives: by its link, else as it is written.
fn account(context: &Context<'_>, row: Span) -> Option<Found<recap_model::Handle>> {
    let (_, value) = labelled(context, row).filter(|(kind, _)| kind == "talk.account")?;
    let profile = context.links_in(value).find(|l| l.kind == LinkKind::Profile);
    if let Some(handle) = profile.and_then(linked_handle) {
        return Some(handle);
    }
    let text = context.doc.slice(value);
    let sign = text.chars().next().filter(|c| matches!(c, '@' | '＠')).map_or(0, char::len_utf8);
    let name = text[sign..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let whole = sign + name == text.trim_end().len() && (2..=30).contains(&name);
    whole.then(|| at_handle(context.doc, Span::new(value.start, value.start + sign + name), "talk/account-line", 0.9))
}
