//! Mentions, hashtags and URLs of a plain text, found as twitter-text 3.1 finds them.
//!
//! It differs on purpose in these points: a list (`@user/list`) gives the mention of its user; in a
//! name with a protocol, Japanese punctuation and text right behind an ASCII host end the host; the
//! first part of an e-mail address is no URL; a `t.co` path ends at the first other character with
//! and without a protocol.

mod chars;
mod host;
mod tags;
mod url;

/// `@handle`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The handle without its sign, as written: 1 to 20 of `A-Z a-z 0-9 _`.
    pub handle: String,
    /// First byte, that of the `@` or `＠`.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

/// `#tag`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashtag {
    /// The tag without its sign, as written.
    pub tag: String,
    /// First byte, that of the `#` or `＃`.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

/// A web address, with or without its protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlMatch {
    /// The address as written.
    pub url: String,
    /// First byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

/// The entities of a text, each kind in the order of the text; no two of them overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entities {
    /// Mentions of accounts.
    pub mentions: Vec<Mention>,
    /// Hashtags.
    pub hashtags: Vec<Hashtag>,
    /// Web addresses.
    pub urls: Vec<UrlMatch>,
}

/// A stretch of the text and what it is, before overlaps are settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    kind: Kind,
    start: usize,
    end: usize,
}

/// In the order that wins where two begin at the same byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Url,
    Mention,
    Hashtag,
}

/// Finds the mentions, hashtags and URLs of a text, in time linear in its length. Where two overlap,
/// the one that begins first stays.
#[must_use]
pub fn find_entities(text: &str) -> Entities {
    let mut found = url::find(text);
    tags::find_mentions(text, &mut found);
    tags::find_hashtags(text, &mut found);
    found.sort_by_key(|f| (f.start, f.kind));
    let mut entities = Entities::default();
    let mut free = 0;
    for Found { kind, start, end } in found {
        if start < free {
            continue;
        }
        free = end;
        entities.add(kind, text, start, end);
    }
    entities
}

/// The byte ranges of the URLs of a text, in order; what [`find_entities`] gives as `urls` unless a
/// mention or hashtag begins before one.
#[must_use]
pub fn url_spans(text: &str) -> Vec<(usize, usize)> {
    url::find(text).iter().map(|f| (f.start, f.end)).collect()
}

impl Entities {
    fn add(&mut self, kind: Kind, text: &str, start: usize, end: usize) {
        let full = text.get(start..end).unwrap_or_default();
        let body = full.strip_prefix(chars::is_sign).unwrap_or(full).to_owned();
        match kind {
            Kind::Url => self.urls.push(UrlMatch { url: full.to_owned(), start, end }),
            Kind::Mention => self.mentions.push(Mention { handle: body, start, end }),
            Kind::Hashtag => self.hashtags.push(Hashtag { tag: body, start, end }),
        }
    }
}

#[cfg(test)]
mod tests;
