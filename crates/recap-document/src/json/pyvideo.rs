//! Talks as pyvideo.org keeps them (`title`, `speakers`, `videos`, `recorded`).

use super::{Context, Shape};
use crate::data::draft::{Draft, derived, talk_kind};
use crate::data::node::Node;
use crate::document::Field;

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

fn claims(node: &Node) -> bool {
    node.has(&["title", "speakers"]) && (node.has(&["videos"]) || node.has(&["recorded"])) && !node.has(&["event_name"])
}

fn read(node: &Node, context: &mut Context<'_>) {
    let mut draft = Draft::of(
        "pyvideo",
        "PresentationEvent",
        node,
        &[
            ("name", "title"),
            ("startDate", "recorded"),
            ("description", "description"),
            ("abstract", "summary"),
            ("inLanguage", "language"),
            ("superEvent.name", "category"),
            ("keywords", "tags"),
            ("identifier", "id|slug"),
        ],
    );
    for speaker in node.list("speakers").iter().filter_map(Node::as_field) {
        let mut person = Draft::new("pyvideo", "Person");
        person.put("name", Some(speaker.clone()));
        draft.nest("performer", person.finish());
    }
    for video in node.list("videos") {
        draft.nest("recordedIn", Draft::of("pyvideo", "VideoObject", video, &[("url", "url")]).finish());
    }
    for link in node.list("related_urls") {
        let url = link.field("url").or_else(|| link.as_field());
        let deck = link.text("label").is_some_and(|l| l.to_lowercase().contains("slides")) || url.is_some_and(is_deck);
        if deck {
            draft.put("workFeatured.url", url.cloned());
        } else {
            draft.put("citation", url.cloned());
        }
    }
    let kind = node.list("tags").iter().filter_map(Node::as_field).find_map(|tag| Some(derived(talk_kind(&tag.value)?, tag, "tags")));
    draft.put("additionalType", kind);
    context.records.push(draft.finish());
}

fn is_deck(url: &Field) -> bool {
    ["speakerdeck.com", "slideshare.net", "docswell.com", "docs.google.com/presentation"].iter().any(|host| url.value.contains(host))
}
