//! The addresses in a recap of which a service may know more.

use std::collections::BTreeMap;

use recap_model::{LookupKind, Recap};
use recap_store::Wanted;

/// Addresses of posts, of decks and videos of talks, and shortened ones. An address of two kinds is the first one's.
pub fn wanted(recap: &Recap) -> Vec<Wanted> {
    let posts = recap.posts.iter().filter_map(|post| Some((post.url.as_deref()?, LookupKind::Post, post.text.is_some())));
    let slides = recap.talks.iter().flat_map(|talk| &talk.slides).map(|url| (url.as_str(), LookupKind::Slides, false));
    let videos = recap.talks.iter().flat_map(|talk| &talk.videos).chain(&recap.event.videos);
    let videos = videos.map(|url| (url.as_str(), LookupKind::Video, false));
    let links = recap.links.iter().map(|link| &link.url).chain(recap.posts.iter().flat_map(|post| &post.links));
    let links = links.filter(|url| is_short(url)).map(|url| (url.as_str(), LookupKind::Link, false));
    let mut all: BTreeMap<&str, (LookupKind, bool)> = BTreeMap::new();
    for (url, kind, told) in posts.chain(slides).chain(videos).chain(links) {
        all.entry(url).or_insert((kind, told)).1 |= told;
    }
    all.into_iter().map(|(url, (kind, told))| Wanted { url: url.to_owned(), kind: name(kind).to_owned(), told }).collect()
}

/// The shortener that posts have all their links behind.
fn is_short(url: &str) -> bool {
    url.starts_with("https://t.co/") || url.starts_with("http://t.co/")
}

/// A kind as the store names it.
fn name(kind: LookupKind) -> &'static str {
    match kind {
        LookupKind::Post => "post",
        LookupKind::Slides => "slides",
        LookupKind::Video => "video",
        LookupKind::Link => "link",
    }
}

/// The kind of a name.
pub fn kind(name: &str) -> LookupKind {
    match name {
        "post" => LookupKind::Post,
        "slides" => LookupKind::Slides,
        "video" => LookupKind::Video,
        _ => LookupKind::Link,
    }
}
