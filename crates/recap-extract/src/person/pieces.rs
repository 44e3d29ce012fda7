//! A person's line in its pieces: what stands outside of brackets, what stands in them, and the accounts.

use recap_document::{LinkForm, Span};
use recap_model::{Handle, LinkKind, Method};

use super::handle::{linked_handle, written};
use super::text::trim;
use crate::context::{ContentLink, Context};
use crate::finding::{Found, Proof};

/// A stretch outside of brackets, between separators and accounts.
#[derive(Debug, Clone, Copy)]
pub struct Outer {
    /// Where.
    pub span: Span,
    /// It stands behind an `@` that opens no account: `Agent @ Company`.
    pub behind_at: bool,
}

/// A line's pieces.
#[derive(Debug, Default)]
pub struct Pieces {
    /// In order.
    pub outer: Vec<Outer>,
    /// Parts of what stands in brackets.
    pub inner: Vec<Span>,
    /// In order, each once.
    pub handles: Vec<Found<Handle>>,
    /// How sure the accounts make that a person stands there.
    pub sure: f64,
    /// The outer piece right before the first account.
    pub near: Option<usize>,
    /// The outer piece that is a profile link's text.
    pub linked: Option<usize>,
}

const SEPARATORS: &[&str] =
    &["·", "…", "|", "｜", " / ", "／", "/", ", ", "、", "，", " - ", " – ", " — ", "―", "：", ": ", "\n", "; ", "；", " = "];

const BRACKETS: &[(char, char)] =
    &[('(', ')'), ('（', '）'), ('[', ']'), ('［', '］'), ('<', '>'), ('〈', '〉'), ('＜', '＞'), ('【', '】')];

/// Characters that open a bracket, an account or a separator; nothing begins at any other one.
fn may_cut(c: char) -> bool {
    matches!(
        c,
        '@' | '＠'
            | '('
            | '（'
            | '['
            | '［'
            | '<'
            | '〈'
            | '＜'
            | '【'
            | '·'
            | '…'
            | '|'
            | '｜'
            | ' '
            | '／'
            | '/'
            | ','
            | '、'
            | '，'
            | '―'
    ) || matches!(c, '：' | ':' | '\n' | ';' | '；' | 'i')
}

/// Reads the pieces of a span.
pub fn read(context: &Context<'_>, span: Span) -> Pieces {
    let mut reader = Reader { context, pieces: Pieces::default(), links: Vec::new(), bare: Vec::new() };
    for link in context.links_in(span).filter(|l| l.kind == LinkKind::Profile) {
        if let Some(handle) = linked_handle(link) {
            reader.links.push((link.link.span, handle.value.handle.clone()));
            reader.bare.extend((link.link.form == LinkForm::Bare).then_some(link.link.span));
            reader.account(handle, 0.93);
        }
    }
    reader.outside(span, 0);
    let texts: Vec<Span> = reader.links.iter().map(|(s, _)| *s).collect();
    let mut pieces = reader.pieces;
    pieces.linked = pieces.outer.iter().position(|o| texts.iter().any(|t| !o.span.is_empty() && t.contains(o.span)));
    pieces
}

struct Reader<'c, 'a> {
    context: &'c Context<'a>,
    pieces: Pieces,
    links: Vec<(Span, String)>,
    /// Those whose address stands in the text.
    bare: Vec<Span>,
}

impl Reader<'_, '_> {
    fn account(&mut self, handle: Found<Handle>, sure: f64) {
        let same = |h: &Found<Handle>| h.value.handle.eq_ignore_ascii_case(&handle.value.handle);
        if !self.pieces.handles.iter().any(same) {
            self.pieces.handles.push(handle);
        }
        self.pieces.sure = self.pieces.sure.max(sure);
    }

    /// Goes through what stands outside of brackets (`depth` 0) or in them.
    fn outside(&mut self, span: Span, depth: usize) {
        let text = self.context.doc.slice(span);
        let (mut from, mut at, mut behind_at) = (0, 0, false);
        while let Some(next) = self.next_cut(text, at, span.start) {
            at = next;
            let Some(c) = text[at..].chars().next() else { break };
            let bare = self.bare.iter().find(|link| link.start == span.start + at).map(|link| link.len().min(text.len() - at));
            let end = if let Some(length) = bare {
                self.push(Span::new(span.start + from, span.start + at), depth, behind_at);
                self.beside(depth);
                at + length
            } else if let Some(inner) = bracket(&text[at..]).filter(|_| depth < 2) {
                self.push(Span::new(span.start + from, span.start + at), depth, behind_at);
                let open = c.len_utf8();
                self.outside(Span::new(span.start + at + open, span.start + at + open + inner), depth + 1);
                let close = text[at + open + inner..].chars().next().map_or(0, char::len_utf8);
                at + open + inner + close
            } else if let Some(length) = self.handle(text, at, span.start) {
                self.push(Span::new(span.start + from, span.start + at), depth, behind_at);
                self.beside(depth);
                at + length
            } else if let Some(separator) = SEPARATORS.iter().find(|s| text[at..].starts_with(**s)) {
                self.push(Span::new(span.start + from, span.start + at), depth, behind_at);
                at + separator.len()
            } else if matches!(c, '@' | '＠') {
                self.push(Span::new(span.start + from, span.start + at), depth, behind_at);
                let here = Span::new(span.start + at, span.start + at + c.len_utf8());
                let nickname = self.pieces.outer.is_empty() || self.links.iter().any(|(link, _)| link.contains(here));
                (from, at, behind_at) = (at + c.len_utf8(), at + c.len_utf8(), !nickname);
                continue;
            } else {
                at += c.len_utf8();
                continue;
            };
            (from, at, behind_at) = (end, end, false);
        }
        self.push(Span::new(span.start + from, span.end), depth, behind_at);
    }

    /// Where something may end a piece next: a character, or the address of a profile.
    fn next_cut(&self, text: &str, at: usize, start: usize) -> Option<usize> {
        let sign = text[at..].find(may_cut).map(|next| at + next);
        let bare = self.bare.iter().filter_map(|link| link.start.checked_sub(start)).find(|next| (at..text.len()).contains(next));
        sign.into_iter().chain(bare).min()
    }

    /// Notes the piece before the first account.
    fn beside(&mut self, depth: usize) {
        if depth == 0 && self.pieces.near.is_none() {
            self.pieces.near = self.pieces.outer.len().checked_sub(1);
        }
    }

    fn push(&mut self, span: Span, depth: usize, behind_at: bool) {
        let span = trim(self.context.doc, span);
        if span.is_empty() {
            return;
        }
        if depth == 0 {
            self.pieces.outer.push(Outer { span, behind_at });
        } else {
            self.pieces.inner.push(span);
        }
    }

    /// The length of an account at an offset. One that a link's target contradicts is a name: `[@name](…/other)`.
    fn handle(&mut self, text: &str, at: usize, start: usize) -> Option<usize> {
        let (length, handle) = written(text, at)?;
        let span = Span::new(start + at, start + at + length);
        if let Some((_, target)) = self.links.iter().find(|(link, _)| link.contains(span)) {
            return target.eq_ignore_ascii_case(&handle.handle).then_some(length);
        }
        self.account(Found::new(handle, Proof::text(span, "person/at-handle", Method::Normalised, 0.95)), 0.95);
        Some(length)
    }
}

/// Length of what stands in the brackets that a text opens with.
fn bracket(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let (open, close) = BRACKETS.iter().find(|(open, _)| *open == first).copied()?;
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        // Full-width and half-width ones are often mixed.
        if c == open || open == '(' && c == '（' || open == '（' && c == '(' {
            depth += 1;
        } else if c == close || open == '(' && c == '）' || open == '（' && c == ')' {
            depth -= 1;
            if depth == 0 {
                return Some(at - open.len_utf8());
            }
        }
    }
    None
}

/// Whether a link's text is an account or a name, not an address.
pub fn names_somebody(context: &Context<'_>, link: &ContentLink<'_>) -> bool {
    let text = context.doc.slice(link.link.span);
    !text.contains("://") && text.chars().count() <= 40
}
