//! Shared by the integration tests: reading, and what holds for every document.

#![expect(dead_code, reason = "each test file uses a part of it")]

use recap_document::{Block, BlockKind, Document, Hints, Link, Place, ReadError, Span, read};

/// Reads bytes under a file name.
pub fn try_named(bytes: &[u8], name: &str) -> Result<Document, ReadError> {
    read(bytes, &Hints { name: Some(name), ..Hints::default() })
}

/// Reads text under a file name; what cannot be read is an empty document.
pub fn named(text: &str, name: &str) -> Document {
    try_named(text.as_bytes(), name).unwrap_or_default()
}

/// Reads a page.
pub fn html(text: &str) -> Document {
    named(text, "page.html")
}

/// Reads Markdown.
pub fn markdown(text: &str) -> Document {
    named(text, "post.md")
}

/// The document in a few words: kinds indented by depth, with the texts of leaves.
pub fn outline(document: &Document) -> String {
    let line = |(i, block): (usize, &Block)| {
        let indent = "  ".repeat(document.ancestors(i).count());
        let text = if block.kind.is_leaf() { document.text_of(i).replace('\n', "/") } else { String::new() };
        format!("{indent}{} {text}", name(block.kind)).trim_end().to_owned()
    };
    document.blocks.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn name(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph => "p".into(),
        BlockKind::List { ordered: true } => "ol".into(),
        BlockKind::List { ordered: false } => "ul".into(),
        BlockKind::Item => "li".into(),
        BlockKind::Cell { header, column, columns, rows } => format!("{}{column}:{columns}x{rows}", if header { "th" } else { "td" }),
        BlockKind::Section(region) => format!("{region:?}").to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// All links.
pub fn links(document: &Document) -> Vec<&Link> {
    document.blocks.iter().flat_map(|b| &b.links).collect()
}

/// All addresses.
pub fn urls(document: &Document) -> Vec<&str> {
    links(document).into_iter().map(|l| l.url.as_str()).collect()
}

/// Asserts what holds for every document, whatever it was read from.
pub fn check(document: &Document) {
    let whole = Span::new(0, document.text.len());
    let valid = |span: Span, within: Span| {
        assert!(span.start <= span.end && within.contains(span), "{span:?} lies outside of {within:?}");
        assert!(document.text.get(span.range()).is_some(), "{span:?} cuts a character");
    };
    let mut start = 0;
    for (i, block) in document.blocks.iter().enumerate() {
        valid(block.span, whole);
        assert!(block.span.start >= start, "block {i} starts before the one above it");
        start = block.span.start;
        assert!(block.next > i && block.next <= document.blocks.len(), "block {i} ends at {}", block.next);
        if let Some(parent) = block.parent {
            assert!(
                parent < i && document.blocks[parent].next >= block.next && !document.blocks[parent].kind.is_leaf(),
                "block {i} is no child of {parent}"
            );
            valid(block.span, document.blocks[parent].span);
        }
        assert!(!block.kind.is_leaf() || block.next == i + 1, "leaf {i} has children");
        block.links.iter().for_each(|link| valid(link.span, block.span));
        block.marks.iter().for_each(|mark| valid(mark.span, block.span));
        let _ = document.text_of(i);
    }
    let leaves: String = (0..document.blocks.len()).filter(|&i| document.blocks[i].kind.is_leaf()).map(|i| document.text_of(i)).collect();
    assert_eq!(leaves.replace('\n', ""), document.text.replace('\n', ""), "all text stands in leaves");
    for field in document.meta.fields() {
        if let Place::Text(span) = field.place {
            valid(span, whole);
        }
    }
    document.attributes().for_each(|(_, _, span)| valid(span, whole));
}
