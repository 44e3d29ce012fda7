//! Data of nobody in particular in one notation: keys by the words they are made of, wrappers taken off.
//!
//! People call the same thing `startDate`, `begins_at`, `event_date` or `Start Date`, and wrap it as their tools do:
//! `{"rendered": …}` (WordPress), `{"edges": [{"node": …}]}` (GraphQL, Relay), `{"fields": {…}}` (Contentful, Airtable),
//! `{"en": …}` (languages), `<talks><talk>…`. What is read behind this needs no list of all of them.

use super::node::Node;
use crate::json::events::PROGRAMME;

/// Words that add nothing to a key.
const FILLERS: &[&str] = &["at", "on", "of", "the", "dt", "local", "iso", "field"];
/// Words that say only that a value is the event's or a talk's own.
const OWNERS: &[&str] = &["event", "meetup", "meeting", "conference", "talk", "session", "presentation", "lecture"];
/// Words for who speaks.
const SPEAKERS: &[&str] = &["speaker", "speakers", "presenter", "presenters", "lecturer", "lecturers", "panelists"];
/// Further words for a list of talks.
const LISTS: &[&str] = &["lineup", "timetable", "submissions"];
/// Words for a list of days.
const DAYS: &[&str] = &["days", "dates", "timeslots", "slots"];
const STARTS: &[&str] = &["start", "starts", "started", "starting", "begin", "begins", "beginning", "from"];
const ENDS: &[&str] = &["end", "ends", "ended", "ending", "finish", "finishes", "until", "stop", "stops", "to"];
const DATES: &[&str] = &["date", "day"];
const TIMES: &[&str] = &["time", "hour", "clock"];
const MOMENTS: &[&str] = &["datetime", "timestamp", "when"];
const NAMES: &[&str] = &["name", "full", "display", "public"];
const TITLES: &[&str] = &["title", "headline", "heading"];
const PLACES: &[&str] = &["venue", "location", "place", "where"];
const ADDRESSES: &[&str] = &["address", "physical", "street", "full", "formatted", "postal"];
const LINKS: &[&str] = &["url", "link", "href", "permalink", "homepage", "web"];

/// Keys of maps that hold nothing but another value.
const WRAPPERS: &[&str] = &["rendered", "raw", "node", "value", "#text"];
/// Keys of maps whose entries belong to the map around.
const PARTS: &[&str] = &["fields", "attributes", "properties", "acf", "frontmatter"];
/// Keys of an event beside its talks.
const EVENTS: &[&str] = &["conference", "event", "meetup"];

/// Data in one notation, so deep; what lies deeper is left as it is.
pub fn plain(node: &Node, depth: usize) -> Node {
    match node {
        Node::List(items) if depth > 0 => Node::List(items.iter().map(|item| plain(item, depth - 1)).collect()),
        Node::Map(entries) if depth > 0 => map(entries, depth),
        other => other.clone(),
    }
}

fn map(entries: &[(String, Node)], depth: usize) -> Node {
    if let Some(inner) = wrapped(entries) {
        return plain(inner, depth - 1);
    }
    let mut out: Vec<(String, Node)> = Vec::with_capacity(entries.len());
    let mut add = |key: &str, value: Node| {
        if !matches!(value, Node::Null) {
            out.push((key.to_owned(), value));
        }
    };
    for (key, value) in entries.iter().filter(|(key, _)| !PARTS.contains(&key.as_str())) {
        let listed = listed(key, value).map_or_else(|| plain(value, depth - 1), |items| plain(&items, depth - 1));
        add(key, listed);
    }
    for (_, part) in entries.iter().filter(|(key, _)| PARTS.contains(&key.as_str())) {
        match plain(part, depth - 1) {
            Node::Map(inner) => inner.into_iter().for_each(|(key, value)| add(&key, value)),
            other => add("", other),
        }
    }
    hoist(&mut out);
    rename(&mut out);
    Node::Map(out)
}

/// What a map holds that is nothing but a wrapper: one entry, or one text in several languages.
fn wrapped(entries: &[(String, Node)]) -> Option<&Node> {
    let (key, value) = entries.first()?;
    let language = |key: &str| key.len() == 2 && key.bytes().all(|b| b.is_ascii_lowercase()) && !matches!(key, "id" | "by" | "to" | "at");
    let texts = || entries.iter().all(|(key, value)| language(key) && value.as_field().is_some());
    let alone = entries.len() == 1 && WRAPPERS.contains(&key.as_str());
    let edges = || entries.iter().find(|(key, value)| matches!(key.as_str(), "edges" | "nodes") && matches!(value, Node::List(_)));
    (alone || texts()).then_some(value).or_else(|| edges().map(|(_, value)| value))
}

/// The items of a map that is a list: `{"talk": [{…}, {…}]}` under `talks`, as XML has them.
fn listed(key: &str, value: &Node) -> Option<Node> {
    let entries = value.entries();
    let (first, _) = entries.first()?;
    let same = entries.iter().all(|(key, _)| key == first);
    let plural = key.strip_suffix('s').is_some_and(|one| one == first) || is_programme(key) && OWNERS.contains(&first.as_str());
    let items = || entries.iter().flat_map(|(_, value)| value.items()).cloned().collect();
    (same && (plural || first == "item" || first == "entry" && entries.len() > 1)).then(|| Node::List(items()))
}

/// Whether a word calls a list of talks.
fn is_programme(word: &str) -> bool {
    PROGRAMME.contains(&word) || LISTS.contains(&word)
}

/// Joins an event with the talks or days that stand beside it.
fn hoist(entries: &mut Vec<(String, Node)>) {
    let beside = entries
        .iter()
        .any(|(key, value)| (is_programme(key) || DAYS.contains(&key.as_str())) && matches!(value, Node::List(_) | Node::Map(_)));
    let held = |(key, value): &(String, Node)| EVENTS.contains(&key.as_str()) && matches!(value, Node::Map(_));
    let Some(at) = entries.iter().position(held).filter(|_| beside) else { return };
    let (_, event) = entries.remove(at);
    if let Node::Map(inner) = event {
        entries.extend(inner);
    }
}

/// Gives keys their plain names, unless a key of that name is there already.
fn rename(entries: &mut [(String, Node)]) {
    for at in 0..entries.len() {
        let (key, value) = &entries[at];
        let Some(name) = name_of(key, value).filter(|name| name != key) else { continue };
        if !entries.iter().any(|(other, _)| other == name) {
            name.clone_into(&mut entries[at].0);
        }
    }
}

/// The plain name of a key.
fn name_of(key: &str, value: &Node) -> Option<&'static str> {
    let words = words(key);
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| !FILLERS.contains(w)).collect();
    let nested = matches!(value, Node::List(_) | Node::Map(_));
    let all = |list: &[&[&str]]| words.iter().all(|w| list.iter().any(|l| l.contains(w)));
    if words.len() == 1 && is_programme(words[0]) && nested {
        return Some("talks");
    }
    let (owned, rest): (Vec<&str>, Vec<&str>) = words.iter().partition(|w| OWNERS.contains(w));
    let any = |list: &[&str]| rest.iter().any(|w| list.contains(w));
    let only = |lists: &[&[&str]]| !rest.is_empty() && rest.iter().all(|w| lists.iter().any(|l| l.contains(w)));
    match () {
        () if words.is_empty() || words.len() > 4 || rest.is_empty() => None,
        () if all(&[SPEAKERS, &["name", "names", "full"]]) && any(SPEAKERS) => Some("speakers"),
        () if only(&[STARTS, ENDS, DATES, TIMES, MOMENTS]) => moment(&rest, !owned.is_empty()),
        () if only(&[NAMES]) && any(&["name"]) => Some(if owned.is_empty() || owned[0] != "talk" { "name" } else { "title" }),
        () if only(&[TITLES]) => Some("title"),
        () if only(&[PLACES, &["name", "title"]]) && any(PLACES) => Some(if rest.len() > 1 { "venue_name" } else { place(rest[0]) }),
        () if only(&[PLACES, ADDRESSES]) && any(PLACES) && any(&["address"]) => Some("venue_address"),
        () if only(&[ADDRESSES]) && any(&["address"]) => Some("address"),
        () if only(&[LINKS]) && owned.is_empty() => Some("url"),
        () => None,
    }
}

fn place(word: &str) -> &'static str {
    PLACES.iter().find(|p| **p == word).copied().unwrap_or("venue")
}

/// `starts at`, `date from`, `end time`; a date that is said to be the event's `own` is its start, not that of a publication.
fn moment(words: &[&str], own: bool) -> Option<&'static str> {
    let any = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let (date, time) = (any(DATES) || any(MOMENTS), any(TIMES));
    // `from` and `to` alone may be a sender and a receiver.
    if words.iter().all(|w| matches!(*w, "from" | "to")) {
        return None;
    }
    Some(match (any(STARTS), any(ENDS)) {
        (true, true) => return None,
        (true, false) if time && !date => "start_time",
        (true, false) if any(DATES) && !time => "start_date",
        (true, false) => "start",
        (false, true) if time && !date => "end_time",
        (false, true) if any(DATES) && !time => "end_date",
        (false, true) => "end",
        (false, false) if time && !date => {
            if own {
                "start_time"
            } else {
                "time"
            }
        }
        (false, false) if time || any(MOMENTS) => {
            if own {
                "start"
            } else {
                "when"
            }
        }
        (false, false) => {
            if own {
                "start_date"
            } else {
                "date"
            }
        }
    })
}

/// The words of a key, in small letters.
fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in key.chars().take(64) {
        let starts = !before.is_alphanumeric() || (c.is_ascii_uppercase() && !before.is_ascii_uppercase());
        before = c;
        match words.last_mut().filter(|_| !starts) {
            Some(word) if c.is_alphanumeric() => word.extend(c.to_lowercase()),
            _ if c.is_alphanumeric() => words.push(c.to_lowercase().collect()),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Node, plain};

    fn keys(json: &str) -> String {
        let node = crate::json::parse::file(json).map(|f| f.node).unwrap_or_default();
        plain(&node, 8).entries().iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn text(json: &str, path: &str) -> Option<String> {
        let node = crate::json::parse::file(json).map(|f| f.node).unwrap_or_default();
        plain(&node, 8).text(path).map(str::to_owned)
    }

    #[test]
    fn keys_by_their_words() {
        assert_eq!(
            keys(r#"{"event_name":"a","beginsOn":"b","Ends At":"c","place-name":"d","permalink":"e"}"#),
            "name start end venue_name url"
        );
        assert_eq!(keys(r#"{"date_from":"a","date_to":"b","meetup_time":"c","day":"d"}"#), "start_date end_date start_time date");
        assert_eq!(keys(r#"{"date":"a","event_date":"b"}"#), "date start_date");
        assert_eq!(keys(r#"{"talk_title":"a","speaker_name":"b"}"#), "title speakers");
        // What is there already keeps its name, and so does what only looks alike.
        assert_eq!(
            keys(r#"{"name":"a","event_name":"b","from":"c","speaker_url":"d","agenda":"e"}"#),
            "name event_name from speaker_url agenda"
        );
    }

    #[test]
    fn wrappers() {
        assert_eq!(text(r#"{"title":{"rendered":"a"}}"#, "title"), Some("a".to_owned()));
        assert_eq!(text(r#"{"name":{"de":"a","en":"b"}}"#, "name"), Some("a".to_owned()));
        assert_eq!(text(r#"{"talks":{"edges":[{"node":{"title":"a"}}]}}"#, "talks.title"), Some("a".to_owned()));
        assert_eq!(text(r#"{"sys":{"id":"1"},"fields":{"Event Name":"a"}}"#, "name"), Some("a".to_owned()));
        assert_eq!(text(r#"{"conference":{"name":"a"},"days":[{"slots":[]}]}"#, "name"), Some("a".to_owned()));
        assert_eq!(text(r#"{"talks":{"talk":{"title":"a"}}}"#, "talks.title"), Some("a".to_owned()));
    }

    #[test]
    fn hostile() {
        assert!(matches!(plain(&Node::Null, 8), Node::Null));
        assert_eq!(keys("{}"), "");
        let deep = format!("{}1{}", "{\"fields\":".repeat(60), "}".repeat(60));
        // What lies deeper stays as it is.
        assert_eq!(keys(&deep), "fields");
    }
}
