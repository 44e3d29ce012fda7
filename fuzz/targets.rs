//! What the fuzz targets check, for any bytes. The test `smoke` runs the same functions on mutated fixtures.

use std::sync::LazyLock;

use recap_document::{Document, Hints, Span, read};
use recap_extract::{Input, extract as extract_document};
use recap_rules::Rules;
use recap_text::dates::{DateContext, find_dates};
use recap_text::entities::find_entities;
use recap_text::width::CodePoints;

/// Names that give each format a chance where the content does not decide.
const NAMES: [&str; 8] = ["a.html", "a.md", "a.rst", "a.txt", "a.json", "a.yml", "a.ics", "a.xml"];

/// Reading never panics, and what it gives fits together.
pub fn document(bytes: &[u8]) {
    for name in NAMES {
        if let Some(document) = parse(bytes, name) {
            check(&document);
        }
    }
}

/// Extraction never panics and gives the same twice; every quote of its evidence stands where it says.
pub fn extract(bytes: &[u8]) {
    static BUILTIN: LazyLock<&'static Rules> = LazyLock::new(Rules::builtin);
    // Content decides the format of most fixtures; one name by the bytes themselves keeps this fast.
    let name = NAMES[bytes.len() % NAMES.len()];
    let Some(document) = parse(bytes, name) else { return };
    let first = extract_document(&document, &BUILTIN, &Input::default());
    assert_eq!(first.recap, extract_document(&document, &BUILTIN, &Input::default()).recap, "not deterministic");
    let points = CodePoints::new(&document.text);
    for (pointer, places) in &first.recap.evidence {
        for place in places.iter().filter(|p| p.attribute.is_none()) {
            let span = Span::new(points.to_byte(place.start), points.to_byte(place.end));
            assert_eq!(document.slice(span), place.quote, "{pointer}");
        }
    }
}

/// Entities and dates lie within the text, in order, and are what stands there.
pub fn entities(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let found = find_entities(&text);
    let mentions = found.mentions.iter().map(|m| (m.start, m.end, m.handle.as_str()));
    let hashtags = found.hashtags.iter().map(|h| (h.start, h.end, h.tag.as_str()));
    let urls = found.urls.iter().map(|u| (u.start, u.end, u.url.as_str()));
    for (start, end, value) in mentions.chain(hashtags).chain(urls) {
        let there = text.get(start..end).expect("an entity lies within the text");
        assert!(there.ends_with(value), "{value:?} is not {there:?}");
    }
    let reference = "2020-06-16".parse().ok();
    for lang in [None, Some("ja"), Some("en"), Some("de")] {
        let mut free = 0;
        for date in find_dates(&text, &DateContext { reference, lang }) {
            assert!(date.start >= free && text.get(date.start..date.end).is_some_and(|t| !t.is_empty()), "{date:?}");
            assert!(date.until.as_ref().is_none_or(|until| *until > date.value), "{date:?}");
            free = date.end;
        }
    }
}

fn parse(bytes: &[u8], name: &str) -> Option<Document> {
    read(bytes, &Hints { name: Some(name), url: Some("https://example.com/blog/"), content_type: None }).ok()
}

/// Blocks nest, and all positions are positions of the text.
fn check(document: &Document) {
    let inside = |span: Span| document.text.get(span.range()).is_some() && span.start <= span.end;
    for (i, block) in document.blocks.iter().enumerate() {
        assert!(inside(block.span), "block {i} is {:?}", block.span);
        assert!(block.next > i && block.next <= document.blocks.len(), "block {i} ends at {}", block.next);
        assert!(!block.kind.is_leaf() || block.next == i + 1, "leaf {i} has children");
        if let Some(parent) = block.parent {
            assert!(parent < i && document.blocks[parent].next >= block.next, "block {i} is not within {parent}");
            assert!(document.blocks[parent].span.contains(block.span), "block {i} is longer than {parent}");
        }
        assert!(block.links.iter().all(|l| inside(l.span)), "a link of block {i}");
        assert!(block.marks.iter().all(|m| inside(m.span)), "a mark of block {i}");
    }
    assert!(document.attributes().all(|(_, _, span)| inside(span)), "an attribute lies outside");
}
