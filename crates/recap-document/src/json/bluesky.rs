//! Posts of Bluesky's API (`getPosts`, feeds, threads) and of repositories (docs.bsky.app, lexicon `app.bsky.feed`).

use super::{Context, Shape, post};
use crate::data::draft::{Draft, derived};
use crate::data::node::Node;
use crate::document::{Field, Record};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

const POST: &str = "app.bsky.feed.post";
const MAX_DEPTH: usize = 4;

fn claims(node: &Node) -> bool {
    let addressed = node.text("uri").is_some_and(|uri| uri.starts_with("at://") && uri.contains(POST));
    let stated = node.text("$type") == Some(POST) && node.has(&["text"]);
    addressed && (node.has(&["record"]) || node.has(&["value"]) || is_gone(node)) || stated
}

fn is_gone(node: &Node) -> bool {
    let kind = node.text("$type").unwrap_or("").to_ascii_lowercase();
    node.is_true("notFound")
        || node.is_true("blocked")
        || kind.ends_with("notfound")
        || kind.ends_with("notfoundpost")
        || kind.ends_with("blocked")
}

fn read(node: &Node, context: &mut Context<'_>) {
    context.records.push(record(node, 0));
}

fn record(view: &Node, depth: usize) -> Record {
    let mut draft = post::draft("bluesky");
    let handle = view.field("author.handle").filter(|h| h.value != "handle.invalid");
    if let Some(uri) = view.field("uri") {
        let key = uri.value.rsplit('/').next().unwrap_or(&uri.value);
        draft.put("identifier", Some(derived(key, uri, "uri")));
        let page = handle.map(|h| format!("https://bsky.app/profile/{}/post/{key}", h.value));
        draft.put("url", Some(page.map_or_else(|| uri.clone(), |page| derived(page, uri, "uri"))));
    }
    if is_gone(view) {
        let why = view.field("$type").or_else(|| view.field("notFound")).or_else(|| view.field("blocked"));
        draft.put("creativeWorkStatus", why.map(|w| derived("gone", w, "$type")));
        return draft.finish();
    }
    let content = view.get("record").or_else(|| view.get("value")).unwrap_or(view);
    draft.copy(content, &[("text", "text"), ("datePublished", "createdAt"), ("inReplyTo", "reply.parent.uri")]);
    post::author(&mut draft, view.get("author"), |handle| format!("https://bsky.app/profile/{handle}"));
    facets(&mut draft, content);
    if content.list("facets").is_empty() {
        post::tags_in_text(&mut draft);
    }
    content.list("tags").iter().for_each(|tag| draft.put("keywords", tag.as_field().cloned()));
    if depth < MAX_DEPTH {
        let embeds = view.list("embed").iter().chain(view.list("embeds"));
        embeds.for_each(|embed| self::embed(&mut draft, embed, depth));
    }
    draft.finish()
}

/// Tags, mentions and addresses with their places as bytes of the text.
fn facets(draft: &mut Draft, content: &Node) {
    let text = content.field("text");
    for facet in content.list("facets").iter().take(500) {
        let number = |path| facet.text(path).and_then(|n| n.parse::<usize>().ok());
        let range = number("index.byteStart").zip(number("index.byteEnd")).map(|(start, end)| start..end);
        for feature in facet.list("features") {
            let words = || range.clone().and_then(|r| text.and_then(|t| t.value.get(r)));
            match feature.text("$type").and_then(|t| t.rsplit('#').next()) {
                Some("link") => draft.put("citation", feature.field("uri").cloned()),
                Some("tag") => draft.put("keywords", feature.field("tag").cloned()),
                Some("mention") => {
                    let handle = words().map(|w| w.trim_start_matches(['@', '＠'])).zip(text);
                    draft.put("mentions", handle.map(|(handle, text): (&str, &Field)| derived(handle, text, "text")));
                }
                _ => {}
            }
        }
    }
}

fn embed(draft: &mut Draft, embed: &Node, depth: usize) {
    embed.list("images").iter().for_each(|image| draft.put("image", image.field("fullsize").or_else(|| image.field("thumb")).cloned()));
    draft.put("video", embed.field("playlist").cloned());
    let card = embed.field("external.uri").filter(|url| !draft.record().texts("citation").any(|c| c.value == url.value));
    draft.put("citation", card.cloned());
    if let Some(media) = embed.get("media").filter(|_| depth < MAX_DEPTH) {
        self::embed(draft, media, depth + 1);
    }
    let quoted = embed.get("record.record").filter(|r| claims(r)).or_else(|| embed.get("record"));
    if let Some(quoted) = quoted.filter(|q| claims(q)) {
        draft.nest("sharedContent", record(quoted, depth + 1));
    }
}
