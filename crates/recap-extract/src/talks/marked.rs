//! Emphasised and linked words as quotations.

use std::borrow::Cow;

use recap_document::{LinkForm, MarkKind, Span};
use recap_model::LinkKind;

use crate::context::Context;

/// Emphasised or linked words that may be a title have at least so many words.
const TITLE_WORDS: usize = 3;
/// In a script without spaces, so many characters.
const WIDE: usize = 6;
/// Emphasised and linked words of one paragraph that are looked at.
pub(super) const MAX_MARKS: usize = 40;

/// A leaf's text in which emphasised and linked words stand in quotation marks, as titles do in sentences.
pub(super) struct Marked<'a> {
    pub(super) text: Cow<'a, str>,
    start: usize,
    /// Offsets of the marks that were put in.
    added: Vec<usize>,
}

impl<'a> Marked<'a> {
    pub(super) fn of(context: &Context<'a>, leaf: usize) -> Self {
        let block = &context.doc.blocks[leaf];
        let wide = context.language == "ja";
        let (open, close) = if wide { ('「', '」') } else { ('“', '”') };
        let marks = block.marks.iter().filter(|m| m.kind == MarkKind::Emphasis || m.kind == MarkKind::Strong).map(|m| m.span);
        let links =
            context.links_of(leaf).filter(|l| !matches!(l.kind, LinkKind::Profile | LinkKind::Event) && l.link.form == LinkForm::Anchor);
        let titled = |span: &Span| {
            let words = context.doc.slice(*span);
            let long =
                words.split_whitespace().count() >= TITLE_WORDS || wide && words.chars().filter(|c| *c as u32 >= 0x3040).count() >= WIDE;
            block.span.contains(*span) && long && !words.contains(['"', '“', '”', '「', '」', '\n'])
        };
        let mut spans: Vec<Span> = marks.chain(links.map(|l| l.link.span)).filter(titled).take(MAX_MARKS).collect();
        spans.sort_by_key(|s| (s.start, s.end));
        let (mut text, mut added) = (String::new(), Vec::new());
        let mut quote = |text: &mut String, sign: char| {
            added.push(text.len());
            text.push(sign);
        };
        let mut at = block.span.start;
        for span in spans {
            let before = context.doc.text[..span.start].chars().next_back();
            if span.start < at || matches!(before, Some('"' | '“' | '«' | '„' | '「' | '『' | '\'')) {
                continue;
            }
            text.push_str(context.doc.slice(Span::new(at, span.start)));
            quote(&mut text, open);
            text.push_str(context.doc.slice(span));
            quote(&mut text, close);
            at = span.end;
        }
        let rest = context.doc.slice(Span::new(at, block.span.end));
        // A piece of the document itself is looked over already.
        let text = if text.is_empty() { Cow::Borrowed(rest) } else { Cow::Owned(text + rest) };
        Self { text, start: block.span.start, added }
    }

    /// Where a stretch of the text stands in the document.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let place = |at: usize| self.start + at - self.added.iter().filter(|&&q| q < at).map(|_| '“'.len_utf8()).sum::<usize>();
        Span::new(place(from), place(to))
    }
}
