//! ActivityStreams 2: notes, articles, and the activities around them (www.w3.org/TR/activitystreams-vocabulary).

use super::{Context, Shape, post};
use crate::data::draft::{Draft, derived};
use crate::data::node::Node;
use crate::document::{Field, Record};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

fn claims(node: &Node) -> bool {
    match node.text("type") {
        Some("Note" | "Article" | "Question" | "Page") => {
            node.has(&["content"]) && (node.has(&["attributedTo"]) || node.has(&["published"]))
        }
        Some("Announce") => node.get("object.content").is_some(),
        Some("Tombstone") => node.has(&["id"]) && (node.has(&["deleted"]) || node.has(&["formerType"])),
        _ => false,
    }
}

fn read(node: &Node, context: &mut Context<'_>) {
    context.records.push(match node.text("type") {
        Some("Announce") => announce(node),
        Some("Tombstone") => gone(node),
        _ => note(node),
    });
}

fn note(note: &Node) -> Record {
    let mut draft = post::draft("activitystreams");
    draft.copy(
        note,
        &[("identifier", "id"), ("url", "url.href|url|id"), ("name", "name"), ("text", "content"), ("datePublished", "published")],
    );
    author(&mut draft, note.list("attributedTo").first());
    draft.put("inReplyTo", note.field("inReplyTo").or_else(|| note.field("inReplyTo.id")).cloned());
    for tag in note.list("tag") {
        let name = tag.field("name");
        match tag.text("type") {
            Some("Hashtag") => draft.put("keywords", name.map(|n| derived(n.value.trim_start_matches('#'), n, "tag/name"))),
            Some("Mention") => draft.put("mentions", name.map(|n| derived(n.value.trim_start_matches('@'), n, "tag/name"))),
            _ => {}
        }
    }
    if let (Some(markup), Some(content)) = (note.markup("content"), note.field("content")) {
        let mut links = post::draft("activitystreams");
        post::links_of(&mut links, markup, content);
        links.finish().texts("citation").for_each(|url| draft.put("citation", Some(url.clone())));
    }
    for item in note.list("attachment") {
        let video = item.text("mediaType").is_some_and(|t| t.starts_with("video"));
        draft.put(
            if video { "video" } else { "image" },
            item.field("url.href").or_else(|| item.field("url")).or_else(|| item.field("href")).cloned(),
        );
    }
    draft.finish()
}

/// The author is an address or an object; the address ends with the handle.
fn author(draft: &mut Draft, author: Option<&Node>) {
    let Some(author) = author else { return };
    let url = author.as_field().or_else(|| author.field("id")).or_else(|| author.field("url"));
    draft.put("author.name", author.field("name").cloned());
    draft.put("author.alternateName", author.field("preferredUsername").cloned().or_else(|| url.and_then(handle)));
    draft.put("author.url", url.cloned());
}

fn handle(url: &Field) -> Option<Field> {
    let path = url.value.split("://").nth(1)?.split_once('/')?.1;
    let last = path.trim_end_matches('/').rsplit('/').next().map(|l| l.trim_start_matches('@')).filter(|l| !l.is_empty())?;
    Some(derived(last, url, "attributedTo"))
}

fn announce(activity: &Node) -> Record {
    let mut draft = post::draft("activitystreams");
    draft.copy(activity, &[("identifier", "id"), ("url", "id"), ("datePublished", "published")]);
    author(&mut draft, activity.list("actor").first());
    if let Some(object) = activity.get("object") {
        draft.nest("sharedContent", note(object));
    }
    draft.finish()
}

fn gone(node: &Node) -> Record {
    let mut draft = post::draft("activitystreams");
    draft.copy(node, &[("identifier", "id"), ("url", "id")]);
    draft.put("creativeWorkStatus", node.field("type").map(|t| derived("gone", t, "type")));
    draft.finish()
}
