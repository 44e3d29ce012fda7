//! Sessionize's API: view `All` (`sessions` and `speakers` joined by id) and the views that hold whole sessions.

use std::collections::HashMap;

use super::{Context, Shape};
use crate::data::draft::{Draft, derived, talk_kind};
use crate::data::node::Node;
use crate::document::{Field, Record};

/// View `All`.
pub const SHAPE: Shape = Shape { claims, read };
/// Views `Sessions` and `GridSmart`: groups or days of sessions with their speakers' names.
pub const LIST: Shape = Shape { claims: claims_list, read: read_list };

const VOCABULARY: &str = "sessionize";

fn claims(node: &Node) -> bool {
    node.has(&["sessions", "speakers"]) && node.list("sessions").iter().any(|s| s.has(&["title", "speakers"]))
}

fn read(node: &Node, context: &mut Context<'_>) {
    let by_id = |path| node.list(path).iter().filter_map(|n: &Node| Some((n.text("id")?, n))).collect::<HashMap<_, _>>();
    let (speakers, rooms) = (by_id("speakers"), by_id("rooms"));
    let items = node.list("categories").iter().flat_map(|c| c.list("items"));
    let items = items.filter_map(|item| Some((item.text("id")?, item.field("name")?))).collect::<HashMap<_, _>>();
    let mut event = Draft::new(VOCABULARY, "Event");
    for session in node.list("sessions").iter().filter(|s| !s.is_true("isServiceSession")) {
        let people = session.list("speakers").iter().filter_map(Node::as_field).filter_map(|id| speakers.get(id.value.as_str()));
        let room = session.text("roomId").and_then(|id| rooms.get(id)).and_then(|r| r.field("name"));
        let formats = session.list("categoryItems").iter().filter_map(Node::as_field).filter_map(|id| items.get(id.value.as_str()));
        let mut talk = talk(session, formats.copied());
        people.for_each(|speaker| talk.nest("performer", person(speaker)));
        if !talk.has("location") {
            talk.put("location", room.cloned());
        }
        event.nest("subEvent", talk.finish());
    }
    context.records.push(event.finish());
}

fn claims_list(node: &Node) -> bool {
    let grouped = node.has(&["groupId"]) || node.has(&["groupName"]) || node.has(&["isDefault", "rooms"]);
    grouped && (node.has(&["sessions"]) || node.get("rooms.sessions").is_some())
}

fn read_list(node: &Node, context: &mut Context<'_>) {
    let in_rooms = node.list("rooms").iter().flat_map(|room| room.list("sessions"));
    let mut event = Draft::new(VOCABULARY, "Event");
    event.put("startDate", node.field("date").cloned());
    for session in node.list("sessions").iter().chain(in_rooms).filter(|s| !s.is_true("isServiceSession")) {
        let mut talk = talk(session, std::iter::empty());
        session.list("speakers").iter().for_each(|speaker| talk.nest("performer", person(speaker)));
        event.nest("subEvent", talk.finish());
    }
    context.records.push(event.finish());
}

/// A session; `formats` are the names of its categories, where they stand elsewhere.
fn talk<'a>(session: &'a Node, formats: impl Iterator<Item = &'a Field>) -> Draft {
    let mut draft = Draft::of(
        VOCABULARY,
        "Event",
        session,
        &[
            ("name", "title"),
            ("startDate", "startsAt"),
            ("endDate", "endsAt"),
            ("description", "description"),
            ("location", "room"),
            ("recordedIn.url", "recordingUrl"),
            ("identifier", "id"),
        ],
    );
    let plenum = session.field("isPlenumSession").filter(|p| p.value == "true").map(|p| derived("keynote", p, "isPlenumSession"));
    let labels = session.list("categories").iter().flat_map(|c| c.list("categoryItems")).filter_map(|i| i.field("name"));
    let named = labels.chain(formats).filter_map(|l| Some(derived(talk_kind(&l.value)?, l, "categories"))).next();
    draft.put("additionalType", named.or(plenum));
    draft
}

fn person(speaker: &Node) -> Record {
    let mut draft =
        Draft::of(VOCABULARY, "Person", speaker, &[("name", "fullName|name"), ("jobTitle", "tagLine"), ("image", "profilePicture")]);
    for link in speaker.list("links") {
        draft.put("sameAs", link.field("url").cloned());
    }
    draft.finish()
}
