//! Documents that list others: feeds (RSS, Atom, JSON Feed), sitemaps, lists of addresses.

use std::io::BufRead as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

/// Entries of one list; what is behind is left out. A sitemap may have this many.
const MOST: usize = 50_000;

/// What a list gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Addresses of pages, in the list's order, each once.
    pub pages: Vec<Url>,
    /// Addresses of further lists.
    pub lists: Vec<Url>,
}

/// The entries of a feed or a sitemap; none where the document is something else.
pub fn listed(bytes: &[u8], base: Option<&Url>) -> Option<Listed> {
    let head = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes));
    let start = head.trim_start_matches('\u{feff}').trim_start();
    let listed = if start.starts_with('{') {
        head.contains("jsonfeed.org/version/").then(|| json_feed(bytes, base)).flatten()
    } else if start.starts_with('<') && !is_html(start) {
        xml(bytes, base)
    } else {
        None
    };
    listed.map(|mut listed| {
        let mut seen = std::collections::HashSet::new();
        listed.pages.retain(|url| seen.insert(url.clone()));
        listed
    })
}

/// Whether a document says of itself, before anything else, that it is a page: most are, and a page need not be read to see that.
fn is_html(start: &str) -> bool {
    ["<!doctype html", "<html"].iter().any(|tag| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag)))
}

fn json_feed(bytes: &[u8], base: Option<&Url>) -> Option<Listed> {
    let feed: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let items = feed.get("items")?.as_array()?;
    let url = |item: &serde_json::Value| address(item.get("url").or_else(|| item.get("id"))?.as_str()?, base);
    Some(Listed { pages: items.iter().take(MOST).filter_map(url).collect(), lists: Vec::new() })
}

fn address(text: &str, base: Option<&Url>) -> Option<Url> {
    let text = text.trim();
    let url = base.map_or_else(|| Url::parse(text), |base| base.join(text)).ok()?;
    recap_fetch::canonical(url.as_str()).ok()
}

/// What is open while a list in XML is read.
#[derive(Default)]
struct State {
    root: String,
    /// Inside an `item` or `entry`.
    entry: bool,
    /// The element whose text is an address.
    text: Option<Target>,
    /// The best address of the open entry.
    best: Option<(u8, Url)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Page,
    List,
    /// Of an entry, better the lower.
    Entry(u8),
}

/// Sitemaps (sitemaps.org 0.9), Atom (RFC 4287), RSS 0.9x, 1.0 and 2.0.
fn xml(bytes: &[u8], base: Option<&Url>) -> Option<Listed> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    (config.check_end_names, config.trim_text_start, config.trim_text_end) = (false, true, true);
    let (mut state, mut listed, mut content) = (State::default(), Listed { pages: Vec::new(), lists: Vec::new() }, String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if !open(&tag, &mut state, base) {
                    return None;
                }
                content.clear();
            }
            Ok(Event::Empty(tag)) => {
                if !open(&tag, &mut state, base) {
                    return None;
                }
                state.text = None;
            }
            Ok(Event::Text(part)) if state.text.is_some() => content.push_str(&part),
            Ok(Event::CData(part)) if state.text.is_some() => content.push_str(&part),
            Ok(Event::GeneralRef(part)) if state.text.is_some() => content.push_str(entity(&part)),
            Ok(Event::End(tag)) => close(tag.local_name().as_ref(), &content, &mut state, &mut listed, base),
            // What was read before a mistake counts.
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if listed.pages.len() + listed.lists.len() >= MOST {
            break;
        }
    }
    (!state.root.is_empty()).then_some(listed)
}

fn entity(name: &str) -> &'static str {
    match name {
        "amp" | "#38" | "#x26" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" | "#39" => "'",
        _ => "",
    }
}

/// Whether the document is a list still.
fn open(tag: &BytesStart<'_>, state: &mut State, base: Option<&Url>) -> bool {
    let name = tag.local_name().as_ref().to_ascii_lowercase();
    if state.root.is_empty() {
        if !matches!(name.as_str(), "urlset" | "sitemapindex" | "rss" | "feed" | "rdf") {
            return false;
        }
        state.root = name;
        return true;
    }
    state.text = match (state.root.as_str(), name.as_str()) {
        // Image and video extensions have their own prefix.
        ("urlset", "loc") if tag.name().prefix().is_none() => Some(Target::Page),
        ("sitemapindex", "loc") => Some(Target::List),
        ("rss" | "rdf", "item") | ("feed", "entry") => {
            (state.entry, state.best) = (true, None);
            None
        }
        ("rss" | "rdf", "link") if state.entry && tag.name().prefix().is_none() => Some(Target::Entry(0)),
        ("rss", "guid") if state.entry && !has(tag, "ispermalink", "false") => Some(Target::Entry(2)),
        ("feed", "link") if state.entry => {
            let rank = if attribute(tag, "rel").is_none_or(|rel| rel == "alternate") { 0 } else { 9 };
            let found = attribute(tag, "href").filter(|_| rank < 9).and_then(|href| address(&href, base));
            better(state, rank, found);
            None
        }
        ("feed", "id") if state.entry => Some(Target::Entry(2)),
        _ => None,
    };
    true
}

fn close(name: &str, text: &str, state: &mut State, listed: &mut Listed, base: Option<&Url>) {
    match state.text.take() {
        Some(Target::Page) => listed.pages.extend(address(text, base)),
        Some(Target::List) => listed.lists.extend(address(text, base)),
        Some(Target::Entry(rank)) => better(state, rank, address(text, base).filter(|_| text.trim().starts_with("http") || rank == 0)),
        None if state.entry && (name.eq_ignore_ascii_case("item") || name.eq_ignore_ascii_case("entry")) => {
            state.entry = false;
            listed.pages.extend(state.best.take().map(|(_, url)| url));
        }
        None => {}
    }
}

fn better(state: &mut State, rank: u8, found: Option<Url>) {
    if let Some(url) = found
        && state.best.as_ref().is_none_or(|(best, _)| rank < *best)
    {
        state.best = Some((rank, url));
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref().eq_ignore_ascii_case(name))?;
    Some(found.value.replace("&amp;", "&"))
}

fn has(tag: &BytesStart<'_>, name: &str, value: &str) -> bool {
    attribute(tag, name).is_some_and(|v| v.eq_ignore_ascii_case(value))
}

/// The sources that a list in a file names: one a line, `#` comments, or NDJSON with `source`, `url` or `path` such as
/// `failed.ndjson`.
pub fn lines(bytes: &[u8]) -> Vec<String> {
    let line = |line: Result<String, std::io::Error>| {
        let line = line.ok()?;
        let line = line.trim().trim_start_matches('\u{feff}');
        if line.starts_with('{') {
            let value: serde_json::Value = serde_json::from_str(line).ok()?;
            return ["source", "url", "path"].iter().find_map(|key| value.get(key)?.as_str().map(str::to_owned));
        }
        (!line.is_empty() && !line.starts_with('#')).then(|| line.to_owned())
    };
    bytes.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(text: &str) -> Vec<String> {
        let base = Url::parse("https://example.org/feed").expect("an address");
        listed(text.as_bytes(), Some(&base)).map(|l| l.pages.into_iter().chain(l.lists).map(String::from).collect()).unwrap_or_default()
    }

    #[test]
    fn feeds_and_sitemaps_list_pages() {
        let atom = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><link href='/self'/><entry><id>tag:1</id>\
                    <link rel='enclosure' href='/x.mp3'/><link href='/a?b=1&amp;c=2'/></entry><entry><id>https://example.org/b</id></entry></feed>";
        assert_eq!(pages(atom), ["https://example.org/a?b=1&c=2", "https://example.org/b"]);
        let rss = "<rss version='2.0'><channel><link>https://example.org/</link><item><guid isPermaLink='false'>7</guid>\
                   <link>https://example.org/1?a=1&amp;utm_source=rss</link></item><item><guid>https://example.org/2</guid></item>\
                   <item><link><![CDATA[ https://example.org/3 ]]></link></item></channel></rss>";
        assert_eq!(pages(rss), ["https://example.org/1?a=1", "https://example.org/2", "https://example.org/3"]);
        let rdf = "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel><link>https://example.org/</link></channel><item><link>/1</link></item></rdf:RDF>";
        assert_eq!(pages(rdf), ["https://example.org/1"]);
        let map = "<urlset><url><loc>https://example.org/1</loc><image:image><image:loc>https://example.org/i.png</image:loc></image:image></url>\
                   <url><loc>https://example.org/1#x</loc></url></urlset>";
        assert_eq!(pages(map), ["https://example.org/1"]);
        assert_eq!(
            pages("<sitemapindex><sitemap><loc>https://example.org/s.xml</loc></sitemap></sitemapindex>"),
            ["https://example.org/s.xml"]
        );
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://example.org/j"}]}"#;
        assert_eq!(pages(json), ["https://example.org/j"]);
    }

    #[test]
    fn other_documents_are_no_lists() {
        for text in ["<!DOCTYPE html><p>a", "<schedule><day/></schedule>", "{\"items\": []}", "# a", "", "<"] {
            assert_eq!(listed(text.as_bytes(), None), None, "{text}");
        }
        assert_eq!(pages("<urlset><url><loc>https://example.org/1</loc></url><url><lo"), ["https://example.org/1"]);
    }

    #[test]
    fn a_list_is_lines_or_what_failed_before() {
        let text = "\u{feff}# evenings\nhttps://example.org/1\n\n blog/a.md \n{\"source\": \"b.md\", \"error\": \"x\"}\n{\"other\": 1}\n";
        assert_eq!(lines(text.as_bytes()), ["https://example.org/1", "blog/a.md", "b.md"]);
    }
}
