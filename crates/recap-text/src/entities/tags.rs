//! Mentions and hashtags.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::chars::{is_at, is_hash, is_latin_accent};
use super::{Found, Kind};

/// The longest handle.
const MAX_HANDLE: usize = 20;

/// What a hashtag may hold, at the start of a text.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\A[\p{L}\p{M}\p{Nd}_",
        // Joiners; Cyrillic, Hebrew and Tibetan marks; the two tildes of メ〜テレ; voicing marks,
        // double hyphen, middle dots, ditto mark.
        r"\x{200c}\x{200d}\x{a67e}\x{05be}\x{05f3}\x{05f4}\x{ff5e}\x{301c}",
        r"\x{309b}\x{309c}\x{30a0}\x{30fb}\x{3003}\x{0f0b}\x{0f0c}\x{b7}]+"
    ))
    .ok()
});

static LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{M}]").ok());

/// Adds the mentions of a text.
pub(super) fn find_mentions(text: &str, found: &mut Vec<Found>) {
    for (start, after) in signs(text, '@', "＠") {
        let rest = text.get(after..).unwrap_or_default();
        let len = rest.bytes().take(MAX_HANDLE).take_while(|&b| b.is_ascii_alphanumeric() || b == b'_').count();
        let behind = rest.get(len..).unwrap_or_default();
        if len > 0 && may_begin_mention(text, start) && may_end_mention(behind) {
            found.push(Found { kind: Kind::Mention, start, end: after + len });
        }
    }
}

/// Not after a letter, digit or sign, except that of an old retweet: `RT@user`.
fn may_begin_mention(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let Some(c) = before.chars().next_back() else {
        return true;
    };
    let bars = c.is_ascii_alphanumeric() || is_at(c) || "_!#$%&*".contains(c);
    !bars || ends_with_retweet(before)
}

fn ends_with_retweet(before: &str) -> bool {
    let Some(at) = before.len().checked_sub(2) else {
        return false;
    };
    let (Some(head), Some(tail)) = (before.get(..at), before.get(at..)) else {
        return false;
    };
    let apart = !head.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '~' | '.' | '-'));
    tail.eq_ignore_ascii_case("rt") && apart
}

fn may_end_mention(behind: &str) -> bool {
    let next = behind.chars().next();
    !(next.is_some_and(|c| is_at(c) || is_latin_accent(c)) || behind.starts_with("://"))
}

/// Adds the hashtags of a text.
pub(super) fn find_hashtags(text: &str, found: &mut Vec<Found>) {
    for (start, after) in signs(text, '#', "＃") {
        let rest = text.get(after..).unwrap_or_default();
        let len = tag_len(rest);
        let tag = rest.get(..len).unwrap_or_default();
        let behind = rest.get(len..).unwrap_or_default();
        let ends = !(behind.starts_with(is_hash) || behind.starts_with("://"));
        if ends && is_tag(tag) && may_begin_tag(text, start) {
            found.push(Found { kind: Kind::Hashtag, start, end: after + len });
        }
    }
}

fn tag_len(text: &str) -> usize {
    TAG.as_ref().and_then(|re| re.find(text)).map_or(0, |m| m.len())
}

/// Has a letter, and is no keycap emoji.
fn is_tag(tag: &str) -> bool {
    !tag.is_empty() && !tag.starts_with(['\u{fe0f}', '\u{20e3}']) && LETTER.as_ref().is_some_and(|re| re.is_match(tag))
}

/// Not after `&` or what could be part of a tag; a variation selector ends an emoji.
fn may_begin_tag(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|b| b.chars().next_back());
    before.is_none_or(|c| matches!(c, '\u{fe0e}' | '\u{fe0f}') || (c != '&' && tag_len(c.encode_utf8(&mut [0; 4])) == 0))
}

/// Where a sign stands, in either width: its first byte and the byte behind it.
fn signs(text: &str, narrow: char, wide: &'static str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(usize, usize)> = memchr::memchr_iter(narrow as u8, bytes).map(|at| (at, at + 1)).collect();
    let narrow_only = found.len();
    found.extend(memmem::find_iter(bytes, wide).map(|at| (at, at + wide.len())));
    if found.len() > narrow_only {
        found.sort_unstable();
    }
    found
}
