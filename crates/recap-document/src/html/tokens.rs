//! From HTML text to a [`TreeBuilder`]: the tokens of the WHATWG standard (HTML, 13.2.5 "Tokenization"), as far as a tree
//! needs them.
//!
//! Text, names and values are slices of the page where nothing in them needs decoding. Comments and declarations go.
//! `html/tests.rs` compares with html5ever's tokenizer, state by state as the standard has it.

use std::borrow::Cow;

use super::elements::is_void;
use super::raw::{self, RawText};
use super::references::{self, decoded};
use super::tree::TreeBuilder;

/// Attributes of one element beyond this are left out; no page has as many.
const MAX_ATTRIBUTES: usize = 400;

/// Adds a page or a fragment to the tree.
pub fn feed(mut builder: TreeBuilder, html: &str) -> TreeBuilder {
    let html = newlines(html.strip_prefix('\u{feff}').unwrap_or(html));
    builder.reserve(html.len());
    Tokenizer { html: &html, at: 0, attrs: Vec::new(), builder: &mut builder }.run();
    builder
}

/// The text with every line break as `\n` (13.2.3.5 "Preprocessing the input stream").
fn newlines(html: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\r', html.as_bytes()) {
        Some(_) => Cow::Owned(html.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(html),
    }
}

struct Tokenizer<'h, 'b> {
    html: &'h str,
    at: usize,
    /// Of the tag that is read; kept to use its memory again.
    attrs: Vec<(Cow<'h, str>, Cow<'h, str>)>,
    builder: &'b mut TreeBuilder,
}

impl<'h> Tokenizer<'h, '_> {
    fn run(&mut self) {
        while self.at < self.html.len() {
            let rest = &self.html[self.at..];
            let text = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.text(&rest[..text]);
            self.at += text;
            if self.at < self.html.len() {
                self.markup();
            }
        }
    }

    /// Running text; NUL is dropped.
    fn text(&mut self, text: &str) {
        let text = decoded(text, false);
        for piece in text.split('\0').filter(|piece| !piece.is_empty()) {
            self.builder.text(piece);
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.html.as_bytes().get(at).copied()
    }

    /// What begins with `<`.
    fn markup(&mut self) {
        let open = self.at;
        match (self.byte(open + 1), self.byte(open + 2)) {
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.end_tag(open + 2),
            (Some(b'/'), Some(b'>')) => self.at = open + 3,
            (Some(b'/'), None) => self.literal("</"),
            (Some(b'/'), _) => self.skip_past(open + 2, &[">"]),
            (Some(letter), _) if letter.is_ascii_alphabetic() => self.start_tag(open + 1),
            (Some(b'!'), _) if self.html[open..].starts_with("<!--") => self.comment(open + 4),
            (Some(b'!' | b'?'), _) => self.skip_past(open + 2, &[">"]),
            _ => self.literal("<"),
        }
    }

    fn literal(&mut self, text: &str) {
        self.builder.text(text);
        self.at += text.len();
    }

    /// Goes on behind the first of some marks, or to the end.
    fn skip_past(&mut self, from: usize, marks: &[&str]) {
        let rest = self.html.get(from..).unwrap_or_default();
        let ends = marks.iter().filter_map(|mark| memchr::memmem::find(rest.as_bytes(), mark.as_bytes()).map(|at| at + mark.len()));
        self.at = from + ends.min().unwrap_or(rest.len());
    }

    fn comment(&mut self, from: usize) {
        let rest = &self.html[from..];
        match ["", "-"].into_iter().find(|dash| rest.strip_prefix(dash).is_some_and(|r| r.starts_with('>'))) {
            Some(abrupt) => self.at = from + abrupt.len() + 1,
            None => self.skip_past(from, &["-->", "--!>"]),
        }
    }

    fn start_tag(&mut self, from: usize) {
        let Some((name, closed)) = self.tag(from) else { return };
        self.builder.start(&name, self.attrs.iter().map(|(name, value)| (&**name, &**value)));
        if closed {
            end_self_closing(self.builder, &name);
        }
        if let Some(kind) = RawText::of(&name) {
            self.raw_text(&name, kind);
        }
    }

    fn end_tag(&mut self, from: usize) {
        if let Some((name, _)) = self.tag(from) {
            self.builder.end(&name);
        }
    }

    /// Text up to the end tag of an element whose content is no markup.
    fn raw_text(&mut self, name: &str, kind: RawText) {
        let rest = &self.html[self.at..];
        let text = &rest[..raw::end(rest.as_bytes(), name, kind).unwrap_or(rest.len())];
        self.at += text.len();
        let text = if kind == RawText::Escapable { decoded(text, false) } else { Cow::Borrowed(text) };
        if !text.is_empty() {
            self.builder.text(&visible(text));
        }
    }

    /// Name and self-closing mark of the tag whose name begins at an offset; its attributes are in `attrs`. One that the page's
    /// end cuts off is none.
    fn tag(&mut self, from: usize) -> Option<(Cow<'h, str>, bool)> {
        let html = self.html;
        let end = self.until(from, |b| is_space(b) || matches!(b, b'/' | b'>'));
        let name = lower(&html[from..end]);
        self.attrs.clear();
        self.at = end;
        loop {
            self.at = self.until(self.at, |b| !is_space(b));
            match (self.byte(self.at), self.byte(self.at + 1)) {
                (None, _) => return None,
                (Some(b'>'), _) => {
                    self.at += 1;
                    return Some((name, false));
                }
                (Some(b'/'), Some(b'>')) => {
                    self.at += 2;
                    return Some((name, true));
                }
                (Some(b'/'), _) => self.at += 1,
                _ => {
                    if self.attribute().is_none() {
                        self.at = html.len();
                        return None;
                    }
                }
            }
        }
    }

    /// Reads an attribute; none where the page ends in it.
    fn attribute(&mut self) -> Option<()> {
        let html = self.html;
        // A name may begin with `=`.
        let end = self.until(self.at + 1, |b| is_space(b) || matches!(b, b'/' | b'>' | b'='));
        let name = lower(&html[self.at..end]);
        let mut value = "";
        self.at = self.until(end, |b| !is_space(b));
        if self.byte(self.at) == Some(b'=') {
            let from = self.until(self.at + 1, |b| !is_space(b));
            match self.byte(from)? {
                quote @ (b'"' | b'\'') => {
                    let length = memchr::memchr(quote, &html.as_bytes()[from + 1..]);
                    value = &html[from + 1..from + 1 + length?];
                    self.at = from + value.len() + 2;
                }
                b'>' => self.at = from,
                _ => {
                    self.at = self.until(from, |b| is_space(b) || b == b'>');
                    value = &html[from..self.at];
                }
            }
        }
        if self.attrs.len() < MAX_ATTRIBUTES && !self.attrs.iter().any(|(known, _)| *known == name) {
            self.attrs.push((name, visible(decoded(value, true))));
        }
        Some(())
    }

    /// The first place from an offset on that passes a test, or the end.
    fn until(&self, from: usize, test: impl Fn(u8) -> bool) -> usize {
        let rest = self.html.as_bytes().get(from..).unwrap_or_default();
        from.min(self.html.len()) + rest.iter().position(|&b| test(b)).unwrap_or(rest.len())
    }
}

/// White space between attributes; `\r` is gone by now.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c')
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { visible(Cow::Owned(name.to_ascii_lowercase())) } else { visible(Cow::Borrowed(name)) }
}

/// The text with NUL replaced.
fn visible(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', references::REPLACEMENT)) } else { text }
}

/// Ends an element whose tag closes itself, if it is one that may.
pub fn end_self_closing(builder: &mut TreeBuilder, name: &str) {
    if !is_void(name) && is_foreign(name) {
        builder.end(name);
    }
}

/// Elements (SVG, MathML, our own) that may close themselves.
fn is_foreign(name: &str) -> bool {
    matches!(name, "path" | "circle" | "rect" | "use" | "g" | "line" | "polygon" | "svg" | "ellipse" | "polyline" | "math" | "image")
        || name.contains('-')
}
