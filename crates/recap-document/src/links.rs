//! Addresses that stand in the text without being marked up as links.

use crate::builder::link;
use crate::document::{BlockKind, Document, Link, LinkForm, Span};

/// Adds a [`LinkForm::Bare`] link for every address in a leaf's text that no link covers yet.
pub fn add_bare_links(document: &mut Document) {
    let Document { text, blocks, .. } = document;
    for block in blocks.iter_mut().filter(|b| b.kind.is_leaf() && !matches!(b.kind, BlockKind::Code | BlockKind::Meta)) {
        let slice = text.get(block.span.range()).unwrap_or("");
        if !slice.contains("://") {
            continue;
        }
        block.links.sort_by_key(|l| (l.span.start, l.span.end));
        let marked: Vec<Span> = block.links.iter().map(|l| l.span).collect();
        let mut before = marked.iter().peekable();
        let mut covered_to = 0;
        for (start, end) in addresses(slice) {
            let span = Span::new(block.span.start + start, block.span.start + end);
            while let Some(link) = before.next_if(|l| l.start < span.end) {
                covered_to = covered_to.max(link.end);
            }
            if covered_to <= span.start {
                let url = slice[start..end].to_owned();
                block.links.push(Link { span, ..link(url, "text", LinkForm::Bare) });
            }
        }
        block.links.sort_by_key(|l| (l.span.start, l.span.end));
    }
}

/// Byte ranges of `http(s)://…` in a text. An address ends at white space, a quotation mark, an angle bracket or the first
/// character beyond ASCII, less closing punctuation.
pub fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (colon, _) in text.match_indices("://") {
        let scheme = [5, 4].into_iter().find(|n| text[..colon].get(colon.wrapping_sub(*n)..).is_some_and(is_web));
        let Some(start) = scheme.map(|n| colon - n) else { continue };
        if found.last().is_some_and(|&(_, end)| end > start) {
            continue;
        }
        let rest = &text[colon + 3..];
        let length = rest
            .find(|c: char| !c.is_ascii() || c.is_ascii_whitespace() || c.is_ascii_control() || "\"<>`{}|\\^".contains(c))
            .unwrap_or(rest.len());
        let length = trimmed(&rest[..short_address(rest).unwrap_or(length)]);
        if length > 0 {
            found.push((start, colon + 3 + length));
        }
    }
    found
}

/// Length of an address of Twitter's shortener, whose paths are letters and digits only: in copied posts the next word follows without
/// a space.
fn short_address(rest: &str) -> Option<usize> {
    let path = rest.strip_prefix("t.co/")?;
    Some("t.co/".len() + path.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(path.len()))
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Length of an address without closing punctuation and brackets that it did not open.
fn trimmed(url: &str) -> usize {
    let mut length = url.len();
    let (mut opened, mut closed) = (url.matches('(').count(), url.matches(')').count());
    while let Some(last) = url[..length].chars().next_back() {
        let excess = match last {
            ')' => closed > opened,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '~' | ']' | '[' => true,
            _ => false,
        };
        if !excess {
            break;
        }
        match last {
            ')' => closed -= 1,
            '(' => opened -= 1,
            _ => {}
        }
        length -= last.len_utf8();
    }
    length
}
