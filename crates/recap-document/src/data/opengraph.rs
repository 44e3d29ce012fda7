//! OpenGraph (ogp.me) and the `event:` words that event sites added to it.

use super::draft::Draft;
use super::page::Page;
use crate::document::{Field, Record};

/// OpenGraph's words, and schema.org's for them.
const WORDS: &[(&str, &str)] = &[
    ("og:title", "name"),
    ("og:url", "url"),
    ("og:description", "description"),
    ("og:image", "image"),
    ("og:site_name", "isPartOf.name"),
    ("event:start_time", "startDate"),
    ("event:end_time", "endDate"),
    ("og:start_time", "startDate"),
    ("og:end_time", "endDate"),
    ("event:location", "location"),
    ("event:location:name", "location"),
    ("article:published_time", "datePublished"),
    ("article:author", "author"),
    ("article:tag", "keywords"),
    ("article:section", "articleSection"),
    ("og:video", "video"),
    ("og:video:url", "video"),
];

/// The page as one record: an `Event` where it calls itself one, an `Article`, or just a `WebPage`.
pub fn read(page: &Page<'_>) -> Option<Record> {
    let metas = (0..page.len()).filter(|&i| page.tree.name(i) == "meta").filter_map(|i| {
        let key = page.tree.attr(i, "property").or_else(|| page.tree.attr(i, "name"))?;
        Some((key.trim().to_ascii_lowercase(), i))
    });
    let metas = metas.take(500).collect::<Vec<_>>();
    let mut draft = Draft::new("opengraph", kind(page, &metas));
    for (key, node) in &metas {
        if let Some((_, property)) = WORDS.iter().find(|(word, _)| word == key) {
            let value = page.attribute(*node, &format!("meta[{key}]/@content"), page.tree.attr(*node, "content").unwrap_or(""));
            draft.put(property, value.filter(|v| !repeats(&draft, property, v)));
        }
    }
    Some(draft.finish()).filter(|r| r.text("name").is_some() || r.text("startDate").is_some())
}

fn repeats(draft: &Draft, property: &str, value: &Field) -> bool {
    draft.record().texts(property).any(|f| f.value == value.value)
}

fn kind(page: &Page<'_>, metas: &[(String, usize)]) -> &'static str {
    let content = |word: &str| metas.iter().find(|(key, _)| key == word).and_then(|(_, i)| page.tree.attr(*i, "content"));
    let kind = content("og:type").unwrap_or("").trim().to_ascii_lowercase();
    let event = kind == "event" || kind.ends_with(":event") || kind == "events.event" || content("event:start_time").is_some();
    match kind.as_str() {
        _ if event => "Event",
        "article" | "blog" | "blogpost" => "Article",
        _ => "WebPage",
    }
}
