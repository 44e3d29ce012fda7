//! Pieces of text around names: trimming, joining words, honorifics and titles.

use recap_document::{Document, Span};
use recap_rules::Use;

use crate::context::Context;

/// A span without white space, list bullets and separators at its ends.
pub fn trim(doc: &Document, span: Span) -> Span {
    trim_by(doc, span, |c| {
        matches!(
            c,
            ' ' | '\n'
                | '\t'
                | '\u{a0}'
                | '\u{3000}'
                | ':'
                | '：'
                | '、'
                | '。'
                | ','
                | '-'
                | '–'
                | '—'
                | '―'
                | '/'
                | '／'
                | '|'
                | '｜'
                | '・'
                | '•'
                | '·'
                | '●'
                | '■'
                | '◆'
                | '▼'
                | '→'
                | '~'
                | '～'
                | '〜'
                | ';'
                | '‐'
                | '*'
        )
    })
}

/// A span without the given characters at its ends.
pub fn trim_of(doc: &Document, span: Span, ends: &[char]) -> Span {
    trim_by(doc, span, |c| ends.contains(&c))
}

fn trim_by(doc: &Document, span: Span, is_end: impl Fn(char) -> bool) -> Span {
    let text = doc.slice(span);
    let start = text.len() - text.trim_start_matches(&is_end).len();
    let end = text.trim_end_matches(&is_end).len();
    if start >= end { Span::new(span.start, span.start) } else { Span::new(span.start + start, span.start + end) }
}

/// Words such as `による` and `by` between title and speaker, at either end of a piece, are taken off.
pub fn joined(context: &Context<'_>, span: Span) -> Span {
    let mut span = span;
    for rule in context.asking(Use::Joiner, context.doc.slice(span)).filter(|r| r.kind.is_none()) {
        let text = context.doc.slice(span);
        if let Some(hit) = rule.find(text).filter(|hit| hit.end > hit.start) {
            if hit.start == 0 {
                span = trim(context.doc, Span::new(span.start + hit.end, span.end));
            } else if hit.end == text.len() {
                span = trim(context.doc, Span::new(span.start, span.start + hit.start));
            }
        }
    }
    span
}

/// The byte ranges in a text of what the joiners of a kind match, in order of the rules.
pub fn joints<'t>(context: &'t Context<'_>, kind: &'t str, text: &'t str) -> impl Iterator<Item = recap_rules::Found<'t, 't>> {
    context.asking(Use::Joiner, text).filter(move |r| r.kind.as_deref() == Some(kind)).flat_map(move |rule| rule.find_all(text))
}

/// A piece without words such as `by` at its start.
pub fn joined_front(context: &Context<'_>, span: Span) -> Span {
    Span::new(joined(context, span).start, span.end)
}

/// A span with the honorific that stands right behind it, before `limit`.
pub fn with_honorific(context: &Context<'_>, span: Span, limit: usize) -> Span {
    let behind = context.doc.slice(Span::new(span.end, limit.max(span.end)));
    let gap = behind.len() - behind.trim_start_matches([' ', '\u{3000}']).len();
    let signs = context.asking(Use::Honorific, behind).filter(|r| r.kind.as_deref() == Some("sign"));
    let mut ends = signs.filter_map(|rule| rule.find(behind)?.group("sign").filter(|(s, ..)| *s == gap).map(|(_, e, _)| e));
    Span::new(span.start, ends.next().map_or(span.end, |end| span.end + end))
}

/// A span without the honorific at its end and the title at its start.
pub fn without_honorific(context: &Context<'_>, span: Span) -> Span {
    let mut bare = span;
    take_honorific(context, &mut bare);
    bare
}

/// Takes the honorific off the end, or the title off the start; gives how sure it makes that a person stands there.
pub fn take_honorific(context: &Context<'_>, span: &mut Span) -> f64 {
    let text = context.doc.slice(*span);
    for rule in context.asking(Use::Honorific, text) {
        let rest = match (rule.kind.as_deref(), rule.find(text)) {
            (Some("suffix"), Some(hit)) if hit.end == text.len() => Span::new(span.start, span.start + hit.start),
            (Some("title"), Some(hit)) if hit.start == 0 => Span::new(span.start + hit.end, span.end),
            _ => continue,
        };
        context.fire(&rule.id, *span);
        *span = trim(context.doc, rest);
        return rule.confidence;
    }
    0.0
}
