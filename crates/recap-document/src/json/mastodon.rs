//! Statuses of Mastodon's API and of those that speak it.

use super::{Context, Shape, post};
use crate::data::node::Node;
use crate::document::Record;

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

fn claims(node: &Node) -> bool {
    node.has(&["content", "account"]) && node.get("account.acct").or_else(|| node.get("account.username")).is_some()
}

fn read(node: &Node, context: &mut Context<'_>) {
    context.records.push(record(node, 0));
}

fn record(status: &Node, depth: usize) -> Record {
    let mut draft = post::draft("mastodon");
    draft.copy(
        status,
        &[
            ("identifier", "id|uri"),
            ("url", "url|uri"),
            ("text", "content|text"),
            ("datePublished", "created_at"),
            ("author.name", "account.display_name"),
            ("author.alternateName", "account.acct|account.username"),
            ("author.url", "account.url"),
            ("author.identifier", "account.id"),
            ("inReplyTo", "in_reply_to_id"),
        ],
    );
    status.list("tags").iter().for_each(|tag| draft.put("keywords", tag.field("name").cloned()));
    status.list("mentions").iter().for_each(|user| draft.put("mentions", user.field("acct").or_else(|| user.field("username")).cloned()));
    if let (Some(markup), Some(content)) = (status.markup("content"), status.field("content")) {
        let listed = draft.has("keywords") || status.has(&["tags"]);
        let mut links = post::draft("mastodon");
        post::links_of(&mut links, markup, content);
        for (name, value) in links.finish().props {
            if let crate::document::Value::Text(field) = value {
                let wanted = name == "citation" || (!listed && !draft.record().texts(&name).any(|f| f.value == field.value));
                draft.put(&name, Some(field).filter(|_| wanted));
            }
        }
    }
    for media in status.list("media_attachments") {
        let property = if matches!(media.text("type"), Some("video" | "gifv")) { "video" } else { "image" };
        draft.put(property, media.field("url").or_else(|| media.field("remote_url")).cloned());
    }
    let shared = [status.get("reblog"), status.get("quote.quoted_status"), status.get("quote").filter(|q| claims(q))];
    for inner in shared.into_iter().flatten().filter(|_| depth < 4) {
        draft.nest("sharedContent", record(inner, depth + 1));
    }
    draft.finish()
}
