//! Accounts as they are written: `@name`, `@name@host`, `@name.host`, `id:name`, and links to profiles.

use recap_document::{Document, Span};
use recap_model::{Handle, Method};

use crate::context::ContentLink;
use crate::finding::{Found, Proof};

/// Twitter's own limit is 15; other networks take more.
const MAX_HANDLE: usize = 30;

/// The account of a link to a profile.
pub fn linked_handle(link: &ContentLink<'_>) -> Option<Found<Handle>> {
    let handle = link.handle.clone()?;
    let quote = link.link.raw.as_deref().unwrap_or(&link.link.url);
    Some(Found::new(handle, Proof::attribute(&link.link.attribute, quote, link.link.span, link.rule, 0.95)))
}

/// A Twitter handle as written, with or without `@`.
pub fn at_handle(doc: &Document, span: Span, rule: &str, confidence: f64) -> Found<Handle> {
    let handle = doc.slice(span).trim_start_matches(['@', '＠']).to_owned();
    Found::new(Handle { platform: "twitter".to_owned(), handle }, Proof::text(span, rule, Method::Normalised, confidence))
}

/// The account that stands at a byte offset of a text, and how many bytes it takes.
pub fn written(text: &str, at: usize) -> Option<(usize, Handle)> {
    let rest = text.get(at..)?;
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '+')) {
        return None;
    }
    if let Some(name) = rest.strip_prefix("id:") {
        let length = run(name, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let known = (3..=32).contains(&length) && name.starts_with(|c: char| c.is_ascii_alphabetic());
        return known.then(|| (3 + length, Handle { platform: "hatena".to_owned(), handle: name[..length].to_owned() }));
    }
    let sign = rest.chars().next().filter(|c| matches!(c, '@' | '＠'))?.len_utf8();
    let body = &rest[sign..];
    let length = run(body, |c| c.is_ascii_alphanumeric() || c == '_');
    if length == 0 || length > MAX_HANDLE {
        return None;
    }
    let behind = &body[length..];
    if let Some(host) = behind.strip_prefix('@').map(|b| run(b, is_host)).filter(|&n| behind[1..=n].contains('.')) {
        return Some((sign + length + 1 + host, handle("mastodon", &body[..length])));
    }
    let domain = run(body, is_host);
    let domain = body[..domain].trim_end_matches(['.', '-']);
    let last = domain.rsplit('.').next().unwrap_or_default();
    if domain.len() > length && domain.contains('.') && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some((sign + domain.len(), handle("bluesky", domain)));
    }
    Some((sign + length, handle("twitter", &body[..length])))
}

fn handle(platform: &str, handle: &str) -> Handle {
    Handle { platform: platform.to_owned(), handle: handle.to_owned() }
}

fn is_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
}

fn run(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}
