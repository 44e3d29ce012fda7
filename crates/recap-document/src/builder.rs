//! The one way to make a [`Document`]'s blocks: front ends open and close containers and leaves and pour text in.

use crate::document::{Attributes, Block, BlockKind, Link, LinkForm, Mark, MarkKind, Span};

/// Containers deeper than this are flattened into the one at the limit, so that no reader needs deep recursion.
const MAX_DEPTH: usize = 128;

/// Builds text and blocks together.
#[derive(Debug, Default)]
pub struct Builder {
    text: String,
    blocks: Vec<Block>,
    /// Open containers.
    stack: Vec<usize>,
    /// Containers that were not opened because of [`MAX_DEPTH`].
    skipped: usize,
    leaf: Option<usize>,
    links: Vec<Link>,
    marks: Vec<(MarkKind, usize)>,
    /// White space that is written only when more text follows in the same leaf.
    pending: Option<char>,
    verbatim: bool,
}

impl Builder {
    /// An empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// End of the text so far.
    pub fn position(&self) -> usize {
        self.text.len()
    }

    /// The text so far.
    pub fn text_so_far(&self) -> &str {
        &self.text
    }

    /// Opens a container; ends an open leaf.
    pub fn open(&mut self, kind: BlockKind, attrs: Attributes) {
        self.end_leaf();
        if self.stack.len() >= MAX_DEPTH {
            self.skipped += 1;
            return;
        }
        let index = self.push(kind, attrs);
        self.stack.push(index);
    }

    /// Closes the innermost container.
    pub fn close(&mut self) {
        self.end_leaf();
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if let Some(index) = self.stack.pop() {
            self.finish(index);
        }
    }

    /// Starts a leaf; ends an open one.
    pub fn start_leaf(&mut self, kind: BlockKind, attrs: Attributes) {
        self.end_leaf();
        self.verbatim = kind == BlockKind::Code || kind == BlockKind::Meta;
        self.leaf = Some(self.push(kind, attrs));
    }

    /// Whether a leaf is open.
    pub fn in_leaf(&self) -> bool {
        self.leaf.is_some()
    }

    /// Ends the open leaf; one without text and links is dropped.
    pub fn end_leaf(&mut self) {
        let Some(index) = self.leaf.take() else { return };
        self.pending = None;
        while !self.links.is_empty() {
            self.end_link();
        }
        while !self.marks.is_empty() {
            self.end_mark();
        }
        self.verbatim = false;
        let block = &self.blocks[index];
        let bare = self.text.len() == block.span.start;
        if bare && block.links.is_empty() && !matches!(block.kind, BlockKind::Rule | BlockKind::Embed) {
            self.blocks.pop();
            return;
        }
        self.finish(index);
        if !bare {
            self.text.push('\n');
        }
    }

    /// A whole leaf with a text.
    pub fn leaf(&mut self, kind: BlockKind, text: &str) {
        self.start_leaf(kind, Vec::new());
        self.text(text);
        self.end_leaf();
    }

    /// Running text: white space collapses to one space; starts a paragraph where no leaf is open.
    pub fn text(&mut self, text: &str) {
        if self.verbatim {
            self.text.push_str(text);
            return;
        }
        if self.leaf.is_none() {
            if text.trim().is_empty() {
                return;
            }
            self.start_leaf(BlockKind::Paragraph, Vec::new());
        }
        let mut rest = text;
        while !rest.is_empty() {
            let blank = blank(rest);
            if blank > 0 {
                self.pending = self.pending.or(Some(' '));
                rest = &rest[blank..];
                continue;
            }
            let words = collapsed(rest);
            self.flush_space();
            self.text.push_str(&rest[..words]);
            rest = &rest[words..];
        }
    }

    /// A line break inside the leaf.
    pub fn line_break(&mut self) {
        if self.leaf.is_some() {
            self.pending = Some('\n');
        }
    }

    /// Starts a link; its text follows.
    pub fn start_link(&mut self, url: String, attribute: &str, form: LinkForm, title: Option<String>) {
        if self.leaf.is_none() {
            self.start_leaf(BlockKind::Paragraph, Vec::new());
        }
        self.flush_space();
        let at = self.text.len();
        let attribute = attribute.to_owned();
        self.links.push(Link { url, raw: None, attribute, span: Span::new(at, at), form, title });
    }

    /// Ends the innermost link.
    pub fn end_link(&mut self) {
        if let (Some(mut link), Some(leaf)) = (self.links.pop(), self.leaf.or(self.blocks.len().checked_sub(1))) {
            link.span.end = self.text.len().max(link.span.start);
            let links = &mut self.blocks[leaf].links;
            // Most leaves with links have one.
            links.reserve_exact(usize::from(links.is_empty()));
            links.push(link);
        }
    }

    /// Whether a link is open.
    pub fn in_link(&self) -> bool {
        !self.links.is_empty()
    }

    /// A link without text of its own (an image, an embed) at this place of the leaf.
    pub fn point_link(&mut self, link: Link) {
        if self.leaf.is_none() {
            self.start_leaf(BlockKind::Paragraph, Vec::new());
        }
        let at = self.text.len();
        if let Some(leaf) = self.leaf {
            self.blocks[leaf].links.push(Link { span: Span::new(at, at), ..link });
        }
    }

    /// An embed as a leaf of its own.
    pub fn embed(&mut self, link: Link, attrs: Attributes) {
        self.start_leaf(BlockKind::Embed, attrs);
        self.point_link(link);
        self.end_leaf();
    }

    /// Starts emphasis.
    pub fn start_mark(&mut self, kind: MarkKind) {
        if self.leaf.is_some() {
            self.flush_space();
        }
        self.marks.push((kind, self.text.len()));
    }

    /// Ends the innermost emphasis.
    pub fn end_mark(&mut self) {
        if let Some((kind, start)) = self.marks.pop()
            && let Some(leaf) = self.leaf
        {
            let start = start.max(self.blocks[leaf].span.start);
            if start < self.text.len() {
                self.blocks[leaf].marks.push(Mark { kind, span: Span::new(start, self.text.len()) });
            }
        }
    }

    /// Text and blocks.
    pub fn finish_all(mut self) -> (String, Vec<Block>) {
        self.end_leaf();
        while let Some(index) = self.stack.pop() {
            self.finish(index);
        }
        (self.text, self.blocks)
    }

    fn push(&mut self, kind: BlockKind, attrs: Attributes) -> usize {
        let (index, at) = (self.blocks.len(), self.text.len());
        self.blocks.push(Block {
            kind,
            parent: self.stack.last().copied(),
            next: index + 1,
            span: Span::new(at, at),
            links: Vec::new(),
            marks: Vec::new(),
            attrs,
        });
        index
    }

    fn finish(&mut self, index: usize) {
        let next = self.blocks.len();
        let block = &mut self.blocks[index];
        block.next = next;
        block.span.end = self.text.len();
    }

    fn flush_space(&mut self) {
        if let (Some(space), Some(leaf)) = (self.pending.take(), self.leaf)
            && self.text.len() > self.blocks[leaf].span.start
        {
            self.text.push(space);
        }
    }
}

/// Length of the white space that a text begins with.
fn blank(text: &str) -> usize {
    let mut end = 0;
    while let Some(length) = space(text.as_bytes(), end) {
        end += length;
    }
    end
}

/// Length of the white space at a place: that of ASCII, and the spaces of typography, which separate words like any other
/// (no-break, thin, hair, narrow no-break). The ideographic space stays: it separates names.
fn space(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b' ' | b'\t' | b'\n' | b'\r' | b'\x0b' | b'\x0c' => Some(1),
        0xc2 if bytes.get(at + 1) == Some(&0xa0) => Some(2),
        0xe2 if bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0x80..=0x8a | 0xaf)) => Some(3),
        _ => None,
    }
}

/// Length of the words that a text begins with, as far as single spaces join them.
fn collapsed(text: &str) -> usize {
    let bytes = text.as_bytes();
    let single = |at: usize| bytes[at] == b' ' && at + 1 < bytes.len() && space(bytes, at + 1).is_none();
    (0..bytes.len()).find(|&at| space(bytes, at).is_some() && !single(at)).unwrap_or(bytes.len())
}

/// A link in `attribute` with everything else empty.
pub fn link(url: impl Into<String>, attribute: impl Into<String>, form: LinkForm) -> Link {
    Link { url: url.into(), raw: None, attribute: attribute.into(), span: Span::default(), form, title: None }
}
