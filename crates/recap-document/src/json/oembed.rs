//! oEmbed answers (oembed.com): posts by the `<blockquote>` in their `html`, decks and videos by their title.

use std::sync::LazyLock;

use regex::Regex;

use super::{Context, Shape, post};
use crate::data::draft::{Draft, derived};
use crate::data::node::Node;
use crate::document::{Field, Record};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

fn claims(node: &Node) -> bool {
    let described = node.has(&["author_name"]) || node.has(&["provider_name"]) || node.has(&["cache_age"]);
    described && (node.has(&["html"]) || node.has(&["version"])) && matches!(node.text("type"), Some("rich" | "video" | "photo" | "link"))
}

fn read(node: &Node, context: &mut Context<'_>) {
    context.records.push(if is_post(node) { posted(node) } else { work(node) });
}

fn is_post(node: &Node) -> bool {
    let html = node.markup("html").unwrap_or("");
    const MARKS: &[&str] = &["twitter-tweet", "bluesky-embed", "mastodon-embed", "instagram-media"];
    let provider = node.text("provider_name").unwrap_or("").to_ascii_lowercase();
    MARKS.iter().any(|mark| html.contains(mark))
        || matches!(provider.as_str(), "twitter" | "x" | "bluesky social" | "mastodon" | "instagram")
}

fn posted(node: &Node) -> Record {
    let twitter = node.markup("html").is_some_and(|h| h.contains("twitter-tweet"));
    let mut draft = post::draft(if twitter { "twitter-oembed" } else { "oembed" });
    draft.copy(node, &[("url", "url"), ("author.name", "author_name"), ("author.url", "author_url")]);
    let id = node.field("url").and_then(|url| Some(derived(last_part(&url.value)?, url, "url")));
    draft.put("identifier", id);
    let handle = node.field("author_url").and_then(|url| Some(derived(last_part(&url.value)?.trim_start_matches('@'), url, "author_url")));
    draft.put("author.alternateName", handle.filter(|h| !h.value.contains(['?', '&'])));
    if let Some(shown) = node.field("html") {
        signed_text(&mut draft, shown);
        links(&mut draft, node.markup("html").unwrap_or(""), shown);
    }
    draft.finish()
}

fn last_part(url: &str) -> Option<&str> {
    url.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next().filter(|p| !p.is_empty())
}

/// The text, and behind it `— Name (@handle) date`.
fn signed_text(draft: &mut Draft, shown: &Field) {
    static SIGNED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?s)^(?:(.*?)\n)?\s*[—–-]+ ?([^\n]*?) ?\(@?([\w.@-]+)\) ?([^\n]*)$").ok());
    let Some(found) = SIGNED.as_ref().and_then(|r| r.captures(&shown.value)) else { return };
    let part = |group| found.get(group).and_then(|m: regex::Match<'_>| post::part(shown, m.start(), m.end()));
    draft.put("text", part(1));
    draft.put("datePublished", part(4));
    if !draft.has("author") {
        draft.put("author.name", part(2));
        draft.put("author.alternateName", part(3));
    }
}

/// The links of the post's own paragraphs, not that of its date.
fn links(draft: &mut Draft, markup: &str, shown: &Field) {
    let tree = post::tree(markup);
    let paragraphs = (0..tree.nodes.len()).filter(|&i| tree.name(i) == "p");
    let links = paragraphs.flat_map(|p| tree.inside(p)).filter(|&i| tree.name(i) == "a").take(100).collect::<Vec<_>>();
    for link in links {
        let text = tree.inner_text(link);
        let (text, href) = (text.trim(), tree.attr(link, "href").unwrap_or(""));
        let made = |value: &str| Some(derived(value, shown, "html/@href"));
        match text.chars().next() {
            Some('@') => draft.put("mentions", made(&text[1..])),
            Some('#' | '＃') => draft.put("keywords", made(text.trim_start_matches(['#', '＃']))),
            _ if text.starts_with("pic.twitter.com/") => draft.put("image", made(href)),
            _ => draft.put("citation", made(href)),
        }
    }
}

/// A deck, a video, a picture.
fn work(node: &Node) -> Record {
    let provider = node.text("provider_name").unwrap_or("").to_ascii_lowercase();
    let deck = ["speaker deck", "speakerdeck", "slideshare", "docswell"].iter().any(|p| provider.contains(p));
    let kind = match node.text("type") {
        _ if deck => "PresentationDigitalDocument",
        Some("video") => "VideoObject",
        _ => "CreativeWork",
    };
    Draft::of(
        "oembed",
        kind,
        node,
        &[
            ("name", "title"),
            ("url", "url"),
            ("author.name", "author_name"),
            ("author.url", "author_url"),
            ("thumbnailUrl", "thumbnail_url"),
        ],
    )
    .finish()
}
