//! Events in front matter: the pages of meetups' own sites, whose generator lists date, venue and talks before the text.

use serde::Deserialize;

use super::draft::{Draft, Table};
use super::node::{Bounded, MAX_DEPTH, Node, Scalar};
use super::plain::plain;
use crate::document::{Field, Place, Record, Span, Value};
use crate::json::events;

/// Keys that say what a page is, and the words of their values that make it an event's (`meetup-page`, `past_event`).
const KINDS: (&str, &[&str]) = ("layout|type|kind|collection", &["event", "events", "meetup", "meetups", "meeting", "meetings"]);
/// Keys of a day that is the event's, not that of the page's publication.
const OWN_DATE: &str = "start_date|start|start_time|eventdate|event.date|event.start|event.start_date|when";
/// Keys of a place.
const PLACE: &str = "venue|location|place|where|address|venue_name|event.location|event.venue";
/// Keys of talks.
const TALKS: &str = "talks|talk";
/// Keys of who speaks: a page that has them and the event's own day is the event's.
const SPEAKERS: &str = "speakers|speaker|presenters|presenter";

const EVENT: Table = &[
    ("name", "event.name|event_name|event_title|title|name|topic|subject"),
    ("startDate", "start_date|eventdate|event.start_date|event.start|event.date|start|when|date|start_time"),
    ("endDate", "end_date|event.end_date|event.end|end"),
    ("timeZone", "timezone|tz"),
    (
        "location.name",
        "venue.name|location.name|event.location.name|event.venue.name|venue_name|venue|event.venue|location|event.location|place|where",
    ),
    ("location.address", "venue.address|location.address|event.location.address|venue_address|address"),
    ("location.addressLocality", "venue.city|location.city|city"),
    (
        "url",
        "meetup_url|event_url|event.url|meetup|meetup_link|eventbrite|registration_url|registration|rsvp_url|rsvp|signup.url|external_url|link|website|url",
    ),
    ("keywords", "hashtag"),
    ("superEvent.name", "series|group"),
];

/// The event that a page's front matter describes; `at` is where the front matter stands in the document text.
pub fn yaml(front: &str, at: usize) -> Option<Record> {
    let options = serde_saphyr::options! { duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::FirstWins };
    let parse = || serde_saphyr::from_str_with_options::<Bounded>(front, options).ok();
    speaks_of_events(front).then(parse).flatten().and_then(|b| event(b.node, front, at))
}

/// As [`yaml`], for TOML.
pub fn toml(front: &str, at: usize) -> Option<Record> {
    let parse = || {
        let table = toml::from_str::<toml::Table>(front).ok()?;
        Bounded::deserialize(serde_json::to_value(table).ok()?).ok()
    };
    speaks_of_events(front).then(parse).flatten().and_then(|b| event(b.node, front, at))
}

/// Most front matter is a title and tags, which need no second reading.
fn speaks_of_events(front: &str) -> bool {
    ["venue", "location", "place", "where", "talk", "sessions", "speaker", "event", "meetup", "meeting"]
        .iter()
        .any(|word| front.contains(word))
}

fn event(mut node: Node, front: &str, at: usize) -> Option<Record> {
    place(&mut node, &mut Places { front, at, next: 0 }, &mut String::from("front-matter"));
    let node = plain(&node, MAX_DEPTH);
    if !is_event(&node) && at_event(&node).is_none() {
        return None;
    }
    let mut draft = Draft::of("front-matter", "Event", &node, EVENT);
    events::join_times(&mut draft, &node);
    let mut record = events::with_parts(events::with_address(draft.finish()), &node);
    if let Some(event) = at_event(&node) {
        record.props.retain(|(name, _)| !matches!(name.as_str(), "name" | "subEvent"));
        if node.field("venue").is_some_and(|venue| venue == event) {
            // What such a page calls the venue is the event; where it was is the location.
            record.props.retain(|(name, _)| name != "location");
            record.props.extend(node.field("location").map(|f| ("location".to_owned(), Value::Text(f.clone()))));
        }
        record.props.insert(0, ("name".to_owned(), Value::Text(event.clone())));
        record.props.push(("subEvent".to_owned(), Value::Record(events::talk(&node, &[], "front-matter"))));
    }
    (record.text("name").is_some() && record.text("startDate").is_some()).then_some(record)
}

/// The event that a talk's page names (`event: BoxConf 2024`), as sites of researchers and speakers have them.
fn at_event(node: &Node) -> Option<&Field> {
    const TALKS_OWN: &str = "event_url|url_slides|slides|slides_url|url_video|video|end_date|abstract|authors|speaker|speakers|talk_type";
    let listed = node.text("collection").is_some_and(|c| c.eq_ignore_ascii_case("talks"));
    let event = node.field("event").or_else(|| node.field("conference")).or_else(|| node.field("venue").filter(|_| listed))?;
    let named = event.value.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !matches!(event.value.as_str(), "true" | "false");
    let dated = node.get("date").is_some() || OWN_DATE.split('|').any(|path| node.get(path).is_some());
    let told = listed || TALKS_OWN.split('|').any(|path| node.get(path).is_some());
    (named && dated && told && node.text("title").is_some_and(|title| title != event.value)).then_some(event)
}

fn is_event(node: &Node) -> bool {
    let has = |paths: &str| paths.split('|').any(|path| node.get(path).is_some());
    let word = |w: &str| KINDS.1.iter().any(|kind| w.eq_ignore_ascii_case(kind));
    let called = |path: &str| node.text(path).is_some_and(|t| t.split(|c: char| !c.is_alphanumeric()).any(word));
    let spoken = |talk: &Node| SPEAKERS.split('|').any(|path| talk.get(path).is_some());
    let talks = |told: &dyn Fn(&Node) -> bool| TALKS.split('|').any(|path| node.list(path).iter().any(told));
    let titled = talks(&|talk| talk.has(&["title"]));
    let given = talks(&|talk| (talk.has(&["title"]) || talk.has(&["name"])) && spoken(talk));
    let hour = has("time|start_time");
    KINDS.0.split('|').any(called)
        || given
        || (has(PLACE) && (has(OWN_DATE) || titled || hour || spoken(node)))
        || (has(OWN_DATE) && spoken(node))
}

/// Finds scalars in the text one after the other, as they stand there.
struct Places<'a> {
    front: &'a str,
    at: usize,
    next: usize,
}

/// Gives every scalar its place. Depth is bounded by the parser.
fn place(node: &mut Node, places: &mut Places<'_>, path: &mut String) {
    match node {
        Node::Null => {}
        Node::Scalar(scalar) => locate(scalar, places, path),
        Node::List(items) => items.iter_mut().for_each(|item| place(item, places, path)),
        Node::Map(entries) => {
            // A TOML date-time comes as a map with one private key.
            if let [(key, Node::Scalar(scalar))] = entries.as_slice()
                && key == "$__toml_private_datetime"
            {
                *node = Node::Scalar(scalar.clone());
                return place(node, places, path);
            }
            for (key, value) in entries {
                let length = path.len();
                if length < 200 {
                    path.push('/');
                    path.extend(key.chars().take(40));
                }
                place(value, places, path);
                path.truncate(length);
            }
        }
    }
}

fn locate(scalar: &mut Scalar, places: &mut Places<'_>, path: &str) {
    let value = scalar.field.value.trim().to_owned();
    let behind = places.front.get(places.next..).and_then(|rest| rest.find(value.as_str())).map(|n| places.next + n);
    scalar.field.place = match behind.filter(|_| !value.is_empty()) {
        Some(start) => {
            places.next = start + value.len();
            Place::Text(Span::new(places.at + start, places.at + start + value.len()))
        }
        None => Place::Attribute { name: path.to_owned(), at: Span::new(places.at, places.at) },
    };
    scalar.field.value = value;
}
