//! What sets a speaker off from a title.

use recap_document::Span;
use recap_model::LinkKind;
use recap_rules::Use;

use crate::context::Context;

/// Whether a line has any of the marks that set a speaker off from a title; most lines of notes have none.
pub fn may_name_somebody(context: &Context<'_>, body: Span) -> bool {
    let mark = |c| {
        matches!(
            c,
            '@' | '＠'
                | '「'
                | '『'
                | '“'
                | '"'
                | '«'
                | '„'
                | '《'
                | '‘'
                | '('
                | '（'
                | '【'
                | '['
                | '＜'
                | '〈'
                | '-'
                | '–'
                | '—'
                | '―'
                | '/'
                | '／'
        ) || matches!(c, '|' | '｜' | ':' | '：' | '…' | '〜' | '·' | '、' | '\u{3000}' | '\n' | ',')
    };
    const WORDS: &[&str] = &[" by ", " By ", " par ", " von ", " por ", " con ", " com ", " avec ", " mit "];
    let text = context.doc.slice(body);
    let plain = !text.contains(mark) && !WORDS.iter().any(|w| text.contains(w));
    !plain
        || context.marks_in(body).next().is_some()
        || context.links_in(body).any(|l| matches!(l.kind, LinkKind::Profile | LinkKind::Slides | LinkKind::Video))
        || text.contains(' ') && context.asking(Use::Honorific, text).any(|r| r.matches(text))
}
