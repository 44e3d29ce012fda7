//! Speakers that no separator sets off from a title: an account, a profile's link, brackets, an honorific at its edge.

use recap_document::Span;
use recap_model::{LinkKind, Role};

use super::line::Variant;
use super::quote::unquote;
use crate::context::Context;
use crate::person::{Known, joined, trim, whole_line};

/// `title @handle`, `@handle title`, `title (who)`, `title [who](profile)`, `who さん title`.
pub fn attached(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let text = doc.slice(body);
    if let Some(open) = text.rfind(['(', '（']).filter(|_| text.ends_with([')', '）'])) {
        let sign = text[open..].chars().next().map_or(0, char::len_utf8);
        let inner = trim(doc, Span::new(body.start + open + sign, body.end - text.chars().next_back().map_or(0, char::len_utf8)));
        let title = trim(doc, Span::new(body.start, body.start + open));
        let who = joined(context, inner);
        let (people, score) = whole_line(context, Some(known), who, Role::Speaker, 0.4);
        if !people.is_empty() && !title.is_empty() && (who != inner || name_is_not(context, known, title)) {
            found.push(Variant { shape: "title (who)".to_owned(), title: Some(unquote(doc, title)), people, score, doubtful: false });
        }
    }
    // An honorific tells the name behind the last or the last but one space.
    for (at, space) in text.rmatch_indices([' ', '\u{3000}']).take(2) {
        let title = trim(doc, Span::new(body.start, body.start + at));
        let (people, score) = whole_line(context, Some(known), Span::new(body.start + at + space.len(), body.end), Role::Speaker, 0.94);
        if !people.is_empty() && doc.slice(title).chars().count() > 4 && name_is_not(context, known, title) {
            found.push(Variant {
                shape: "title who honorific".to_owned(),
                title: Some(unquote(doc, title)),
                people,
                score: score - 0.05,
                doubtful: false,
            });
            break;
        }
    }
    for link in context.links_in(body).filter(|l| l.kind == LinkKind::Profile) {
        edge(context, known, body, link.link.span, "profile", found);
    }
    for (at, sign) in text.match_indices(['@', '＠']) {
        let name = text[at + sign.len()..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if name > 1 {
            edge(context, known, body, Span::new(body.start + at, body.start + at + sign.len() + name), "handle", found);
        }
    }
}

/// A person at the start or the end of a line, the title on the other side.
fn edge(context: &Context<'_>, known: &Known, body: Span, who: Span, shape: &str, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let before = trim(doc, Span::new(body.start, who.start));
    let after = trim(doc, Span::new(who.end, body.end));
    let (title, person, order) = if before.is_empty() {
        (after, Span::new(body.start, who.end), "who title")
    } else if after.is_empty() || doc.slice(after).chars().count() <= 3 {
        (before, Span::new(who.start, body.end), "title who")
    } else {
        return;
    };
    let (people, score) = whole_line(context, Some(known), person, Role::Speaker, 0.5);
    if !people.is_empty() && doc.slice(title).chars().count() > 3 && name_is_not(context, known, title) {
        found.push(Variant {
            shape: format!("{order} {shape}"),
            title: Some(unquote(doc, title)),
            people,
            score: score - 0.1,
            doubtful: false,
        });
    }
}

/// Whether a would-be title is no name itself: `Name (@handle)` announces nothing.
fn name_is_not(context: &Context<'_>, known: &Known, title: Span) -> bool {
    let (people, score) = whole_line(context, Some(known), title, Role::Speaker, 0.45);
    people.is_empty() || score < 0.45
}
