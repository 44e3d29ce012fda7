//! Events of platforms' APIs, known by the keys that only they have (see [`super::platforms`]).

use super::platforms::{self, Platform};
use super::{Context, Shape, post};
use crate::data::draft::{Draft, Table, derived};
use crate::data::node::Node;
use crate::data::value_class;
use crate::document::{Record, Value};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

/// Flags of events that take place on screens.
const ONLINE: &[&str] = &["is_online", "isOnline", "online_event", "is_virtual", "isVirtual", "online"];

/// Where a time of day stands beside a date.
const TIMES: &[(&str, &str)] = &[("startDate", "start_time|startTime|time|event_time|hour"), ("endDate", "end_time|endTime|stop_time")];

fn claims(node: &Node) -> bool {
    platforms::of(attributes(node)).is_some()
}

/// What JSON:API wraps into `attributes` (jsonapi.org, "Resource Objects"); any other object is itself.
fn attributes(node: &Node) -> &Node {
    node.get("attributes").filter(|inner| node.has(&["type", "id"]) && matches!(inner, Node::Map(_))).unwrap_or(node)
}

fn read(node: &Node, context: &mut Context<'_>) {
    let node = attributes(node);
    if let Some(record) = platforms::of(node).and_then(|platform| event(node, platform)) {
        context.records.push(record);
    }
}

/// The event of an object that a platform's table claims.
fn event(node: &Node, platform: &Platform) -> Option<Record> {
    let mut draft = Draft::of(platform.vocabulary, platform.kind, node, platform.table);
    if platform.vocabulary == "meetup-api" && !draft.has("startDate") {
        meetup_times(&mut draft, node);
    }
    join_times(&mut draft, node);
    if !draft.has("eventAttendanceMode") {
        let online = ONLINE.iter().filter_map(|key| node.field(key)).find(|f| f.value == "true");
        draft.put("eventAttendanceMode", online.map(|f| derived("online", f, "online")));
    }
    if let Some((before, behind)) = platform.address {
        let id = node.field("id").map(|id| derived(format!("{before}{}{behind}", id.value), id, "id"));
        draft.put("url", id.filter(|_| !draft.has("url")));
    }
    let record = with_address(draft.finish());
    record.text("name").is_some().then(|| with_parts(record, node))
}

/// A record without what stands for an address and is none.
pub fn with_address(mut record: Record) -> Record {
    record.props.retain(|(name, value)| name != "url" || matches!(value, Value::Text(f) if f.value.contains("://")));
    record
}

/// Adds the times of day that stand beside dates without one.
pub fn join_times(draft: &mut Draft, node: &Node) {
    TIMES.iter().for_each(|(property, paths)| join_time(draft, node, property, paths));
}

fn join_time(draft: &mut Draft, node: &Node, property: &str, paths: &str) {
    let Some(date) = draft.record().text(property).filter(|f| value_class::date_part(&f.value) == Some(f.value.trim())).cloned() else {
        return;
    };
    let time = paths.split('|').find_map(|path| node.field(path)).and_then(|f| first_time(&f.value));
    if let Some(time) = time {
        draft.replace(property, derived(format!("{}T{}", date.value.trim(), value_class::clock(&time)), &date, "time"));
    }
}

/// A time of day, or the first one of two (`6:30 - 9pm`), which shares the half of the day with the second.
fn first_time(text: &str) -> Option<String> {
    let mut parts = text.split(['-', '–', '—', '~', '〜', '～']).map(str::trim);
    let first =
        parts.next().filter(|f| value_class::is_time(f) || (f.len() <= 2 && !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit())))?;
    let half = parts.next().filter(|second| value_class::is_time(second)).and_then(|s| s.get(s.len().checked_sub(2)?..));
    let half = half.filter(|h| h.eq_ignore_ascii_case("pm") && !first.to_ascii_lowercase().ends_with('m'));
    let joined = format!("{first}{}", half.unwrap_or_default());
    value_class::is_time(&joined).then_some(joined)
}

/// The local time where it is given, else the moment in milliseconds; the end by the duration is left to the reader.
fn meetup_times(draft: &mut Draft, node: &Node) {
    let local = node.field("local_date").map(|date| match node.text("local_time") {
        Some(time) => derived(format!("{}T{time}", date.value), date, "local_date"),
        None => date.clone(),
    });
    draft.put("startDate", local.or_else(|| node.field("time").map(post::epoch_date)));
}

/// Lists of talks in an event.
const TALK_LISTS: &[&str] = &["talks", "talk", "sessions", "presentations", "program", "schedule"];
/// People of a talk.
const SPEAKERS: &[&str] = &["speakers", "speaker", "presenters", "presenter", "performers"];
/// The talk of a speaker, beside whose name it stands.
const SPEAKERS_TALK: Table = &[
    ("name", "talk.title|talk|topic|title"),
    ("description", "talk.abstract|abstract|description"),
    ("workFeatured.url", "talk.slides|slides|slides_url"),
    ("recordedIn.url", "talk.video|video|video_url"),
];
/// Keys of accounts, and the address that stands before a bare name.
const ACCOUNTS: &[(&str, &str)] =
    &[("twitter|twitter_handle|twitterHandle|x", "https://twitter.com/"), ("github|github_handle", "https://github.com/")];

/// Talks that an event lists under itself, and the people of a talk that stands alone.
pub fn with_parts(mut record: Record, node: &Node) -> Record {
    const TALK: Table = &[
        ("name", "title|name"),
        ("startDate", "start|startDate|start_time|starts_at|startsAt"),
        ("endDate", "end|endDate|end_time|ends_at|endsAt"),
        ("description", "description|abstract"),
        ("additionalType", "kind|type|format"),
        ("workFeatured.url", "slides|slides_url|slide_url|slides_link"),
        ("recordedIn.url", "video|video_url|recording|youtube"),
    ];
    if record.types.iter().any(|t| t == "PresentationEvent") {
        record.props.extend(people(node, &record.vocabulary));
    }
    let lists = TALK_LISTS.iter().find_map(|key| node.get(key));
    for talk in lists.map_or(&[][..], Node::items).iter().filter(|t| t.has(&["title"]) || t.has(&["name"])) {
        let mut inner = Draft::of(&record.vocabulary, "Event", talk, TALK).finish();
        inner.props.extend(people(talk, &record.vocabulary));
        record.props.push(("subEvent".to_owned(), Value::Record(inner)));
    }
    // Without a list of talks, the speakers may name theirs.
    for speaker in node.list("speakers").iter().filter(|s| lists.is_none() && (s.has(&["talk"]) || s.has(&["topic"]) || s.has(&["title"])))
    {
        let mut inner = Draft::of(&record.vocabulary, "Event", speaker, SPEAKERS_TALK);
        inner.nest("performer", person(speaker, None, &record.vocabulary));
        record.props.push(("subEvent".to_owned(), Value::Record(inner.finish())));
    }
    record
}

/// The speakers of a talk, given as objects or as names; of a single name the accounts may stand beside it.
fn people(talk: &Node, vocabulary: &str) -> Vec<(String, Value)> {
    let listed = SPEAKERS.iter().map(|key| talk.list(key)).find(|items| !items.is_empty()).unwrap_or(&[]);
    let beside = (listed.len() == 1 && listed.iter().all(|s| s.as_field().is_some())).then_some(talk);
    let people = listed.iter().map(|speaker| person(speaker, beside, vocabulary)).filter(|p| !p.props.is_empty());
    people.map(|p| ("performer".to_owned(), Value::Record(p))).collect()
}

fn person(speaker: &Node, beside: Option<&Node>, vocabulary: &str) -> Record {
    const PERSON: Table = &[
        ("name", "name|full_name|fullName|public_name"),
        ("url", "url|website|link"),
        ("affiliation", "company|organization|affiliation"),
    ];
    let mut person = Draft::of(vocabulary, "Person", speaker, PERSON);
    if !person.has("name") {
        person.put("name", speaker.as_field().cloned());
    }
    for (keys, site) in ACCOUNTS {
        let account = keys.split('|').find_map(|key| speaker.field(key).or_else(|| beside?.field(key)));
        person.put("sameAs", account.and_then(|f| Some(derived(profile(&f.value, site)?, f, "account"))));
    }
    person.finish()
}

/// The address of an account that is given by it, or by its name.
fn profile(account: &str, site: &str) -> Option<String> {
    let account = account.trim();
    let name = account.trim_start_matches('@');
    let bare = !name.is_empty() && name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { Some(format!("{site}{name}")) } else { account.contains("://").then(|| account.to_owned()) }
}
