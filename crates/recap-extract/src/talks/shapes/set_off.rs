//! Speakers and titles that brackets or a link set off: `【who】title`, `who [title](deck)`.

use recap_document::Span;
use recap_model::Role;

use super::{CLOSING, SURE_FIRST, Variant, lifted, name_is_not, unbracket, unquote};
use crate::context::Context;
use crate::person::{Known, joined, trim, whole_line};

/// Linked words of fewer characters are no title.
const LEAST_LINKED: usize = 6;

/// `who [title](deck)`, `[title](deck) who`: what leads to the material is the title, the rest of the line somebody.
pub(super) fn linked(context: &Context<'_>, known: &Known, body: Span, title: Span, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let (before, after) =
        (trim(doc, Span::new(body.start, title.start.max(body.start))), trim(doc, Span::new(title.end.min(body.end), body.end)));
    let (rest, shape) = match (before.is_empty(), after.is_empty()) {
        (false, true) => (before, "who link"),
        (true, false) => (after, "link who"),
        _ => return,
    };
    let text = doc.slice(title);
    if text.chars().count() < LEAST_LINKED || text.contains("://") || !name_is_not(context, known, title) {
        return;
    }
    let (people, score) = whole_line(context, Some(known), joined(context, unbracket(doc, rest)), Role::Speaker, 0.3);
    if !people.is_empty() {
        let doubtful = score < 0.5;
        found.push(Variant { shape: shape.to_owned(), title: Some(unquote(doc, title)), people, score: lifted(score), doubtful });
    }
}

/// `【who】title`, `[who] title`: one beside others in the same place.
pub(super) fn led_by_brackets(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let text = doc.slice(body);
    let Some(sign) = text.chars().next().filter(|c| matches!(c, '[' | '［' | '【' | '＜' | '〈')).map(char::len_utf8) else { return };
    let Some(close) = text.find(CLOSING) else { return };
    let end = close + text[close..].chars().next().map_or(0, char::len_utf8);
    let title = trim(doc, Span::new(body.start + end, body.end));
    let inner = trim(doc, Span::new(body.start + sign.min(close), body.start + close));
    let (people, score) = whole_line(context, Some(known), inner, Role::Speaker, 0.3);
    if !people.is_empty() && doc.slice(title).chars().count() > 4 && name_is_not(context, known, title) {
        let (shape, title) = ("(who) title".to_owned(), Some(unquote(doc, title)));
        found.push(Variant { shape, title, people, score, doubtful: score < SURE_FIRST });
    }
}
