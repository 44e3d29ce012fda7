//! Where pages are: one scheme for static files and for the server.
//!
//! A page's path counts from the site's root and is not encoded (`events/tanuki-night-3.html`); an address in a page is
//! encoded and relative, so that a site works in any folder of any host.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use recap_text::slug::slug;

/// What is encoded in a path: everything but what RFC 3986 lets stand in a segment, and `/`.
const SET: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':')
    .add(b'\'');

/// A path as an address.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, SET).to_string()
}

/// What leads from a page to the site's root.
pub fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The page of an event; pages count from 1.
pub fn event(file: &str, page: usize) -> String {
    numbered(&format!("events/{file}"), page)
}

/// The page that says where an event's values come from.
pub fn evidence(file: &str, page: usize) -> String {
    numbered(&format!("evidence/{file}"), page)
}

/// The page of a talk.
pub fn talk(file: &str, talk: &str) -> String {
    format!("talks/{file}/{}.html", name(talk))
}

/// The page of a list that may have several.
pub fn numbered(stem: &str, page: usize) -> String {
    if page <= 1 { format!("{stem}.html") } else { format!("{stem}.page-{page}.html") }
}

/// What [`numbered`] was given for a path.
pub fn parse(path: &str) -> Option<(&str, usize)> {
    let stem = path.strip_suffix(".html")?;
    match stem.rsplit_once(".page-") {
        Some((stem, number)) if !number.starts_with('0') => number.parse().ok().filter(|n| *n > 1).map(|n| (stem, n)),
        _ => Some((stem, 1)),
    }
}

/// A name for a file: letters and digits of any script, and `-`; never empty.
pub fn name(text: &str) -> String {
    let name = slug(text);
    if name.is_empty() { format!("x{:08x}", hash(text)) } else { name }
}

/// The name of the place where a value's evidence is told, on its page.
pub fn anchor(pointer: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    pointer.trim_start_matches('/').chars().take(120).map(plain).collect()
}

/// File names for keys, each its own: those that would be the same get a few digits that depend on the key alone.
pub fn unique<'k>(keys: impl IntoIterator<Item = &'k str>) -> BTreeMap<&'k str, String> {
    let mut by_name: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    keys.into_iter().for_each(|key| by_name.entry(name(key)).or_default().push(key));
    let named = by_name.into_iter().flat_map(|(name, mut keys)| {
        keys.sort_unstable();
        keys.dedup();
        let alone = keys.len() == 1;
        keys.into_iter().map(move |key| (key, if alone { name.clone() } else { format!("{name}-{:08x}", hash(key)) }))
    });
    named.collect()
}

/// FNV-1a, the same on every machine.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_both_ways() {
        assert_eq!(parse(&event("a-3", 1)), Some(("events/a-3", 1)));
        assert_eq!(parse(&event("a-3", 12)), Some(("events/a-3", 12)));
        assert_eq!(parse("events/a.page-1.html"), None);
        assert_eq!(parse("events/a.json"), None);
        assert_eq!(up("talks/a/t1.html"), "../../");
    }

    #[test]
    fn names_are_safe_and_each_its_own() {
        let names = unique(["twitter:a_b", "twitter:a-b", "../x", "…", "…"]);
        let all: std::collections::BTreeSet<&String> = names.values().collect();
        assert_eq!(all.len(), 4);
        assert_eq!(names["../x"], "x");
        assert!(names["twitter:a_b"].starts_with("twitter-a-b-"));
        assert!(!names["…"].is_empty());
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(encoded("events/勉強会?#%.html"), "events/%E5%8B%89%E5%BC%B7%E4%BC%9A%3F%23%25.html");
    }
}
