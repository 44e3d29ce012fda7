//! Events of platforms' APIs, known by the keys that only they have (see [`super::platforms`]).

use super::platforms::{self, Platform};
use super::{Context, Shape, post};
use crate::data::draft::{Draft, Table, derived};
use crate::data::node::{MAX_DEPTH, Node};
use crate::data::plain::plain;
use crate::data::value_class;
use crate::document::{Field, Record, Value};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

/// Flags of events that take place on screens.
const ONLINE: &[&str] = &["is_online", "isOnline", "online_event", "is_virtual", "isVirtual", "online"];

/// Where a time of day stands beside a date.
const TIMES: &[(&str, &str)] = &[("startDate", "start_time|startTime|time|event_time|hour"), ("endDate", "end_time|endTime|stop_time")];

/// Data of nobody in particular.
pub const ANY: Shape = Shape { claims: claims_any, read: read_any };

/// Levels of data that are looked at before an object is known to be an event.
const NEAR: usize = 4;

fn claims(node: &Node) -> bool {
    platforms::of(attributes(node)).is_some()
}

fn claims_any(node: &Node) -> bool {
    platforms::any(&plain(node, NEAR)).is_some()
}

fn read_any(node: &Node, context: &mut Context<'_>) {
    let node = plain(node, MAX_DEPTH);
    context.records.extend(platforms::any(&node).and_then(|platform| event(&node, platform)));
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
    moments(&mut draft, node);
    join_times(&mut draft, node);
    organizers(&mut draft, node);
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

/// Where a moment stands that is given by its parts.
const MOMENTS: &[(&str, &str)] = &[
    ("startDate", "start|start_date|starts_at|date.start|dates.start|when.start|date.from|dates.from|date|when|datetime"),
    ("endDate", "end|end_date|ends_at|date.end|dates.end|when.end|date.to|dates.to"),
];
/// The whole of such a moment, else its day; the time of day beside it; its zone.
const PARTS: (&str, &str, &str) = ("date_time|when|local|iso|iso8601|utc|value|date|day", "time|hour", "time_zone|timezone|tz|zone");

/// Moments that are objects (`{"date": …, "time": …, "tz": …}`), for what has none yet.
fn moments(draft: &mut Draft, node: &Node) {
    let first = |node: &Node, keys: &str| keys.split('|').find_map(|key| node.field(key)).cloned();
    for (property, paths) in MOMENTS {
        let given = paths.split('|').filter(|_| !draft.has(property)).filter_map(|path| node.get(path));
        let moment = given.filter_map(|n| n.as_field().cloned().map(|f| (f, n)).or_else(|| Some((first(n, PARTS.0)?, n)))).next();
        let Some((date, parts)) = moment else { continue };
        let time = first(parts, PARTS.1).filter(|_| value_class::date_part(&date.value) == Some(date.value.trim()));
        let time = time.and_then(|f| first_time(&f.value));
        draft.put(
            property,
            Some(time.map_or(date.clone(), |t| derived(format!("{}T{}", date.value.trim(), value_class::clock(&t)), &date, "time"))),
        );
        draft.put("timeZone", first(parts, PARTS.2).filter(|_| !draft.has("timeZone")));
    }
}

/// Those who made the event, where they are a list of people.
fn organizers(draft: &mut Draft, node: &Node) {
    const KEYS: &[&str] = &["organizers", "organisers", "hosts", "team_members", "hosted_by"];
    let people = KEYS.iter().map(|key| node.list(key)).find(|items| !items.is_empty()).unwrap_or(&[]);
    for found in people
        .iter()
        .filter(|_| !draft.has("organizer"))
        .flat_map(|p| person(p, None, draft.record().vocabulary.as_str()))
        .collect::<Vec<_>>()
    {
        draft.nest("organizer", found);
    }
}

/// A record without what stands for an address and is none.
pub fn with_address(mut record: Record) -> Record {
    record.props.retain(|(name, value)| name != "url" || matches!(value, Value::Text(f) if f.value.contains("://")));
    record
}

/// Adds the times of day that stand beside dates without one.
pub fn join_times(draft: &mut Draft, node: &Node) {
    day_of_time(draft, node);
    // An end that is only a time of day is on the day of the start.
    let ends = TIMES.iter().filter(|(property, _)| *property == "endDate").flat_map(|(_, paths)| paths.split('|'));
    let end = ends.filter_map(|path| node.field(path)).find(|f| first_time(&f.value).is_some());
    if end.is_some() && draft.record().text("startDate").is_some_and(|f| value_class::date_part(&f.value) == Some(f.value.trim())) {
        let day = draft.record().text("startDate").cloned();
        draft.put("endDate", day.filter(|_| !draft.has("endDate")));
    }
    TIMES.iter().for_each(|(property, paths)| join_time(draft, node, property, paths));
}

/// The day that stands beside a start that is only a time of day.
fn day_of_time(draft: &mut Draft, node: &Node) {
    const DAYS: &[&str] = &["start_date", "date", "event.start_date", "event.date"];
    let Some(clock) = draft.record().text("startDate").and_then(|f| first_time(&f.value)) else { return };
    let day = DAYS.iter().filter_map(|path| node.field(path)).find(|f| value_class::date_part(&f.value).is_some());
    if let Some(day) = day {
        let value = format!("{}T{}", value_class::date_part(&day.value).unwrap_or_default(), value_class::clock(&clock));
        draft.replace("startDate", derived(value, day, "time"));
    }
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
    let milliseconds = node.field("duration").and_then(|f| Some((f, f.value.parse::<u64>().ok()?)));
    draft.put("duration", milliseconds.filter(|(_, n)| *n >= 60_000).map(|(f, n)| derived(format!("PT{}S", n / 1000), f, "duration")));
}

/// Words for a list of talks.
pub const PROGRAMME: [&str; 10] =
    ["talks", "sessions", "presentations", "program", "programme", "schedule", "agenda", "contributions", "lectures", "proposals"];
/// Further keys under which an event lists its talks: one of them, or days of them.
const OTHER_LISTS: [&str; 3] = ["talk", "days", "slots"];
/// Kinds of slots in which nobody talks.
const PAUSES: &[&str] = &["break", "pause", "registration", "lunch", "dinner", "coffee", "social", "doors", "networking"];
/// Lists of talks in a day or a part of a programme.
const SLOTS: &[&str] = &["slots", "sessions", "talks", "timeslots", "presentations", "items", "events"];
/// People of a talk.
const SPEAKERS: &[&str] = &["speakers", "speaker", "presenters", "presenter", "performers", "authors", "persons", "by", "who"];
/// The title of a talk.
const TITLE: &str = "title|name|topic|subject|item|talk";
/// The talk of a speaker, beside whose name it stands.
const SPEAKERS_TALK: Table = &[
    ("name", "talk.title|talk|talk_title|topic|presentation|title"),
    ("description", "talk.abstract|abstract|description"),
    ("workFeatured.url", "talk.slides|slides|slides_url"),
    ("recordedIn.url", "talk.video|video|video_url"),
];
/// Keys of accounts, and the address that stands before a bare name.
const ACCOUNTS: &[(&str, &str)] = &[("twitter|x", "https://twitter.com/"), ("github", "https://github.com/")];

/// Talks that an event lists under itself, and the people of a talk that stands alone.
pub fn with_parts(mut record: Record, node: &Node) -> Record {
    if record.types.iter().any(|t| t == "PresentationEvent") {
        record.props.extend(people(node, &[], &record.vocabulary));
    }
    let lists = PROGRAMME.iter().chain(&OTHER_LISTS).find_map(|key| node.get(key));
    let speakers = ["speakers", "presenters"].iter().map(|key| node.list(key)).find(|items| !items.is_empty()).unwrap_or(&[]);
    let pause =
        |t: &Node| ["type", "kind"].iter().any(|key| t.text(key).is_some_and(|kind| PAUSES.contains(&kind.to_lowercase().as_str())));
    let titled = |t: &Node| TITLE.split('|').any(|key| t.get(key).and_then(Node::as_field).is_some()) && !pause(t);
    for day in lists.map_or(&[][..], Node::items) {
        let date = day.field("date").or_else(|| day.field("start_date"));
        for talk in slots(day).iter().filter(|t| titled(t)) {
            record.props.push(("subEvent".to_owned(), Value::Record(of_day(self::talk(talk, speakers, &record.vocabulary), date))));
        }
    }
    // Without a list of talks, the speakers may name theirs.
    let tells = |s: &&Node| ["talk", "talk_title", "topic", "presentation", "title"].iter().any(|key| s.get(key).is_some());
    for speaker in speakers.iter().filter(|_| lists.is_none()).filter(tells) {
        let mut inner = Draft::of(&record.vocabulary, "Event", speaker, SPEAKERS_TALK);
        person(speaker, None, &record.vocabulary).into_iter().for_each(|person| inner.nest("performer", person));
        record.props.push(("subEvent".to_owned(), Value::Record(inner.finish())));
    }
    record
}

/// A talk of an event, or one that stands alone; `speakers` are those whom a talk may name by their ids.
pub fn talk(node: &Node, speakers: &[Node], vocabulary: &str) -> Record {
    const TALK: Table = &[
        ("name", TITLE),
        ("startDate", "start|startDate|start_time|starts_at|startsAt|time"),
        ("endDate", "end|endDate|end_time|ends_at|endsAt"),
        ("description", "description|abstract"),
        ("additionalType", "kind|type|format"),
        ("workFeatured.url", "slides|slides_url|slide_url|slides_link|url_slides|presentation|deck"),
        ("recordedIn.url", "video|video_url|recording|youtube|url_video|video_link"),
    ];
    let mut record = Draft::of(vocabulary, "Event", node, TALK).finish();
    record.props.extend(people(node, speakers, vocabulary));
    record
}

/// Puts the day's date before times of day.
fn of_day(mut talk: Record, date: Option<&Field>) -> Record {
    let Some(date) = date.and_then(|f| value_class::date_part(&f.value)) else { return talk };
    for (property, value) in &mut talk.props {
        if let ("startDate" | "endDate", Value::Text(field)) = (property.as_str(), value)
            && let Some(time) = first_time(&field.value)
        {
            *field = derived(format!("{date}T{}", value_class::clock(&time)), field, "time");
        }
    }
    talk
}

/// The talks of a day or a part of a programme; any other item is a talk itself.
fn slots(item: &Node) -> &[Node] {
    let titled = |i: &Node| ["title", "name", "topic"].iter().any(|key| i.has(&[key]));
    let parts = SLOTS.iter().map(|key| item.list(key)).find(|items| items.iter().any(titled));
    let own = SPEAKERS.iter().any(|key| item.get(key).is_some());
    parts.filter(|_| !own).unwrap_or(std::slice::from_ref(item))
}

/// The speakers of a talk, given as objects, by ids or as names; of a single name the accounts may stand beside it.
fn people(talk: &Node, known: &[Node], vocabulary: &str) -> Vec<(String, Value)> {
    let listed = SPEAKERS.iter().map(|key| talk.list(key)).find(|items| !items.is_empty()).unwrap_or(&[]);
    let beside = (listed.len() == 1 && listed.iter().all(|s| s.as_field().is_some())).then_some(talk);
    let same = |k: &&Node, id: &Field| ["id", "slug", "key"].iter().any(|key| k.text(key) == Some(id.value.as_str()));
    let meant = |speaker| Node::as_field(speaker).and_then(|id| known.iter().find(|k| same(k, id))).unwrap_or(speaker);
    let people = listed.iter().flat_map(|speaker| person(meant(speaker), beside, vocabulary)).filter(|p| !p.props.is_empty());
    people.map(|p| ("performer".to_owned(), Value::Record(p))).collect()
}

/// A person; several where one text names them all.
fn person(speaker: &Node, beside: Option<&Node>, vocabulary: &str) -> Vec<Record> {
    const PERSON: Table = &[
        ("name", "name|full_name|public_name|display_name|speakers"),
        ("url", "url|website|link|homepage"),
        ("affiliation", "company|organization|affiliation|employer"),
    ];
    let mut person = Draft::of(vocabulary, "Person", speaker, PERSON);
    if !person.has("name") {
        person.put("name", speaker.as_field().cloned().or_else(|| full_name(speaker)));
    }
    if let Some(several) = person.record().text("name").and_then(several) {
        let each =
            |name: Field| Record { props: vec![("name".to_owned(), Value::Text(name))], ..Draft::new(vocabulary, "Person").finish() };
        return several.into_iter().map(each).collect();
    }
    for (keys, site) in ACCOUNTS {
        let account = keys.split('|').find_map(|key| account(speaker, key).or_else(|| beside.and_then(|b| account(b, key))));
        person.put("sameAs", account.and_then(|f| Some(derived(profile(&f.value, site)?, f, "account"))));
    }
    vec![person.finish()]
}

/// The names in `Ann Bo, Cy Dee and Eve Fox`: each has a first and a last name, so none is an employer or a title behind a name.
fn several(field: &Field) -> Option<Vec<Field>> {
    let text = field.value.trim();
    let (first, last) = [" and ", " & ", " und ", " et ", " y "].iter().find_map(|joint| text.rsplit_once(joint))?;
    let names: Vec<&str> = first.split(", ").chain([last]).map(str::trim).collect();
    let word = |w: &str| w.chars().next().is_some_and(char::is_uppercase) || matches!(w, "de" | "van" | "von" | "der" | "da" | "di" | "la");
    let named = |n: &&str| (2..=4).contains(&n.split(' ').count()) && n.split(' ').all(word);
    names.iter().all(named).then(|| names.iter().map(|name| derived(*name, field, "name")).collect())
}

/// A name that is given by its parts.
fn full_name(person: &Node) -> Option<Field> {
    let (first, last) = (person.field("first_name")?, person.text("last_name")?);
    Some(derived(format!("{} {}", first.value.trim(), last.trim()), first, "first_name"))
}

/// Where a person's accounts stand together: by their names, or as a list whose items say which they are.
const HOLDERS: &[&str] = &["social", "socials", "links", "accounts", "contact", "contacts", "profiles", "social_media"];

/// A person's account at a site, as it is given.
fn account<'n>(person: &'n Node, site: &str) -> Option<&'n Field> {
    const LABELS: &[&str] = &["name", "type", "icon", "platform", "service", "title", "link_type", "linkType", "network"];
    const VALUES: &[&str] = &["link", "url", "href", "handle", "username", "value", "id"];
    let labelled = |item: &&Node| LABELS.iter().any(|key| item.text(key).is_some_and(|label| label.eq_ignore_ascii_case(site)));
    let beside = || person.field(&format!("{site}_handle")).or_else(|| person.field(&format!("speaker_{site}")));
    let held = |key: &&str| {
        let items = person.list(key);
        let named = items.iter().find_map(|item| item.field(site));
        named.or_else(|| items.iter().find(labelled).and_then(|item| VALUES.iter().find_map(|v| item.field(v))))
    };
    person.field(site).or_else(beside).or_else(|| HOLDERS.iter().find_map(held))
}

/// The address of an account that is given by it, or by its name.
fn profile(account: &str, site: &str) -> Option<String> {
    let account = account.trim();
    let name = account.trim_start_matches('@');
    let bare = !name.is_empty() && name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { Some(format!("{site}{name}")) } else { account.contains("://").then(|| account.to_owned()) }
}
