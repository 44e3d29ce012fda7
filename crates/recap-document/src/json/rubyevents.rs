//! RubyEvents' data files: `videos.yml`, a list of talks, and `event.yml`.

use super::{Context, Shape};
use crate::data::draft::{Draft, derived, talk_kind};
use crate::data::node::Node;
use crate::document::{Record, Value};

/// One event (`event.yml`).
pub const EVENT: Shape = Shape { claims, read };

const VOCABULARY: &str = "rubyevents";

fn claims(node: &Node) -> bool {
    node.has(&["title", "kind"]) && (node.has(&["start_date"]) || node.has(&["frequency"])) && !node.has(&["speakers"])
}

fn read(node: &Node, context: &mut Context<'_>) {
    context.records.push(
        Draft::of(
            VOCABULARY,
            "Event",
            node,
            &[
                ("name", "title"),
                ("identifier", "id"),
                ("description", "description"),
                ("startDate", "start_date"),
                ("endDate", "end_date"),
                ("location", "location|venue"),
                ("url", "website|original_website"),
                ("sameAs", "twitter|mastodon|bsky"),
                ("superEvent.name", "series_name"),
            ],
        )
        .finish(),
    );
}

/// A list of talks as the events they were given at; `None` where the data is no such list.
pub fn videos(root: &Node) -> Option<Vec<Record>> {
    let talks = root.items();
    let is_talk =
        |n: &Node| n.has(&["title"]) && n.has(&["event_name"]) && (n.has(&["speakers"]) || n.has(&["talks"]) || n.has(&["video_provider"]));
    if !matches!(root, Node::List(_)) || !talks.iter().any(is_talk) {
        return None;
    }
    let mut events: Vec<Draft> = Vec::new();
    for talk in talks.iter().filter(|t| t.has(&["title"])) {
        let name = talk.field("event_name");
        let known = events.iter_mut().find(|e| e.record().text("name").map(|f| &f.value) == name.map(|n| &n.value));
        let event = match known {
            Some(event) => event,
            None => {
                let mut event = Draft::new(VOCABULARY, "Event");
                event.put("name", name.cloned());
                event.put("startDate", talk.field("date").cloned());
                events.push(event);
                // Just pushed.
                let Some(last) = events.last_mut() else { continue };
                last
            }
        };
        let inner = talk.list("talks");
        let parts = if inner.is_empty() { std::slice::from_ref(talk) } else { inner };
        parts.iter().map(sub_event).for_each(|record| event.nest("subEvent", record));
    }
    Some(events.into_iter().map(Draft::finish).map(with_end).collect())
}

/// An event of several days ends with its last talk.
fn with_end(mut event: Record) -> Record {
    let last = event.records("subEvent").filter_map(|t| t.text("startDate")).max_by(|a, b| a.value.cmp(&b.value)).cloned();
    let differs = last.as_ref().map(|f| &f.value) != event.text("startDate").map(|f| &f.value);
    event.props.extend(last.filter(|_| differs).map(|f| ("endDate".to_owned(), Value::Text(f))));
    event
}

fn sub_event(talk: &Node) -> Record {
    let mut draft = Draft::of(
        VOCABULARY,
        "Event",
        talk,
        &[
            ("name", "raw_title|title"),
            ("startDate", "date"),
            ("identifier", "id"),
            ("description", "description"),
            ("inLanguage", "language"),
            ("workFeatured.url", "slides_url"),
        ],
    );
    let kind = talk.field("kind").and_then(|k| Some(derived(talk_kind(&k.value)?, k, "kind")));
    draft.put("additionalType", kind);
    for speaker in talk.list("speakers") {
        let mut person = Draft::new(VOCABULARY, "Person");
        person.put("name", speaker.as_field().or_else(|| speaker.field("name")).cloned());
        draft.nest("performer", person.finish());
    }
    draft.put("recordedIn.url", video(talk));
    draft.finish()
}

/// The recording's address, made from its id where that is no address.
fn video(talk: &Node) -> Option<crate::document::Field> {
    let id = talk.field("video_id").filter(|id| !matches!(id.value.as_str(), "not_recorded" | "not_published" | "scheduled" | "parent"))?;
    match talk.text("video_provider") {
        _ if id.value.starts_with("http") => Some(id.clone()),
        Some("youtube") => Some(derived(format!("https://www.youtube.com/watch?v={}", id.value), id, "video_id")),
        Some("vimeo") => Some(derived(format!("https://vimeo.com/{}", id.value), id, "video_id")),
        _ => None,
    }
}
