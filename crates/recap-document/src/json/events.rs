//! Events of platforms' APIs: each a table of properties, known by the keys that only it has.

use super::{Context, Shape, post};
use crate::data::draft::{Draft, Table};
use crate::data::node::Node;
use crate::document::{Record, Value};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

/// A platform's event.
struct Platform {
    vocabulary: &'static str,
    kind: &'static str,
    /// Keys that it has, all of them; `a|b` is one of both.
    keys: &'static [&'static str],
    table: Table,
}

/// The most particular first; the last one stands for data that nobody wrote a table for.
const PLATFORMS: &[Platform] = &[
    Platform {
        vocabulary: "connpass-api",
        kind: "Event",
        keys: &["started_at", "ended_at", "title", "event_url|url", "owner_nickname|owner_display_name|hash_tag|group|series"],
        table: &[
            ("name", "title"),
            ("alternativeHeadline", "catch"),
            ("description", "description"),
            ("identifier", "event_id|id"),
            ("url", "event_url|url"),
            ("startDate", "started_at"),
            ("endDate", "ended_at"),
            ("location.name", "place"),
            ("location.address", "address"),
            ("keywords", "hash_tag"),
            ("organizer.name", "owner_display_name"),
            ("organizer.alternateName", "owner_nickname"),
            ("superEvent.name", "series.title|group.title"),
            ("superEvent.url", "series.url|group.url"),
            ("attendeeCount", "accepted"),
            ("maximumAttendeeCapacity", "limit"),
            ("image", "image_url"),
        ],
    },
    Platform {
        vocabulary: "connpass-api",
        kind: "PresentationDigitalDocument",
        keys: &["presentation_type", "url", "name"],
        table: &[
            ("name", "name"),
            ("url", "url"),
            ("additionalType", "presentation_type"),
            ("author.name", "presenter.nickname|user.nickname"),
            ("dateCreated", "created_at"),
        ],
    },
    Platform {
        vocabulary: "doorkeeper-api",
        kind: "Event",
        keys: &["title", "starts_at", "public_url|venue_name|ticket_limit"],
        table: &[
            ("name", "title"),
            ("description", "description"),
            ("identifier", "id"),
            ("url", "public_url"),
            ("startDate", "starts_at"),
            ("endDate", "ends_at"),
            ("location.name", "venue_name"),
            ("location.address", "address"),
            ("location.addressCountry", "group.country_code"),
            ("superEvent.name", "group.name"),
            ("superEvent.url", "group.public_url"),
            ("attendeeCount", "participants"),
            ("maximumAttendeeCapacity", "ticket_limit"),
            ("image", "banner"),
        ],
    },
    Platform {
        vocabulary: "meetup-api",
        kind: "Event",
        keys: &["name", "time|local_date", "group|venue|event_url|link"],
        table: &[
            ("name", "name"),
            ("description", "description|plain_text_description"),
            ("identifier", "id"),
            ("url", "link|event_url"),
            ("location.name", "venue.name"),
            ("location.address", "venue.address_1"),
            ("location.addressLocality", "venue.city"),
            ("location.addressCountry", "venue.country"),
            ("superEvent.name", "group.name"),
            ("organizer.name", "hosts.name|event_hosts.name"),
            ("attendeeCount", "yes_rsvp_count"),
            ("timeZone", "group.timezone|timezone"),
            ("eventStatus", "status"),
        ],
    },
    Platform {
        vocabulary: "meetup-api",
        kind: "Event",
        keys: &["title", "dateTime", "eventUrl|group|venue"],
        table: &[
            ("name", "title"),
            ("description", "description"),
            ("identifier", "id"),
            ("url", "eventUrl"),
            ("startDate", "dateTime"),
            ("endDate", "endTime"),
            ("location.name", "venue.name"),
            ("location.address", "venue.address"),
            ("location.addressLocality", "venue.city"),
            ("location.addressCountry", "venue.country"),
            ("superEvent.name", "group.name"),
            ("timeZone", "group.timezone|timezone"),
            ("attendeeCount", "going.totalCount|going"),
            ("organizer.name", "eventHosts.name|hosts.name"),
            ("eventAttendanceMode", "eventType"),
        ],
    },
    Platform {
        vocabulary: "eventbrite-api",
        kind: "Event",
        keys: &["name", "start", "end", "venue_id|venue|organizer_id|online_event"],
        table: &[
            ("name", "name.text|name.html|name"),
            ("description", "description.text|description.html|summary"),
            ("identifier", "id"),
            ("url", "url"),
            ("startDate", "start.local|start.utc|start"),
            ("endDate", "end.local|end.utc|end"),
            ("timeZone", "start.timezone"),
            ("location.name", "venue.name"),
            ("location.address", "venue.address.localized_address_display|venue.address.address_1"),
            ("organizer.name", "organizer.name"),
            ("eventStatus", "status"),
        ],
    },
    Platform {
        vocabulary: "luma-api",
        kind: "Event",
        keys: &["name", "start_at", "api_id|url|geo_address_info|geo_address_json"],
        table: &[
            ("name", "name"),
            ("description", "description_md|description"),
            ("identifier", "api_id"),
            ("url", "url"),
            ("startDate", "start_at"),
            ("endDate", "end_at"),
            ("timeZone", "timezone"),
            ("location.name", "geo_address_info.address|geo_address_json.address"),
            ("location.address", "geo_address_info.full_address|geo_address_json.full_address"),
            ("eventAttendanceMode", "location_type"),
            ("image", "cover_url"),
        ],
    },
    Platform {
        vocabulary: "activitystreams",
        kind: "Event",
        keys: &["type", "name", "startTime"],
        table: &[
            ("name", "name"),
            ("description", "content|summary"),
            ("identifier", "id"),
            ("url", "url.href|url|id"),
            ("startDate", "startTime"),
            ("endDate", "endTime"),
            ("timeZone", "timezone"),
            ("location.name", "location.name"),
            ("location.address", "location.address"),
            ("location.addressLocality", "location.address.addressLocality"),
            ("organizer.url", "attributedTo.id|attributedTo"),
            ("organizer.name", "attributedTo.name"),
        ],
    },
    Platform {
        vocabulary: "pretalx-api",
        kind: "PresentationEvent",
        keys: &["code", "title", "speakers", "submission_type|slot|slots"],
        table: &[
            ("name", "title"),
            ("description", "description|abstract"),
            ("identifier", "code"),
            ("startDate", "slot.start|slots.start"),
            ("endDate", "slot.end|slots.end"),
            ("location", "slot.room.en|slot.room|slots.room.name.en"),
            ("inLanguage", "content_locale"),
        ],
    },
    Platform {
        vocabulary: "json-event",
        kind: "Event",
        keys: &[
            "name|title|summary",
            "startDate|start_date|starts_at|start_at|startTime|start_time|startsAt|startAt|dtstart|start",
            "location|venue|place|venue_name|address",
        ],
        table: &[
            ("name", "name|title|summary"),
            ("description", "description"),
            ("identifier", "id|uid"),
            ("url", "url|link|website|html_url|htmlLink"),
            (
                "startDate",
                "startDate|start_date|starts_at|start_at|startTime|start_time|startsAt|startAt|dtstart|start.dateTime|start.date|start",
            ),
            ("endDate", "endDate|end_date|ends_at|end_at|endTime|end_time|endsAt|endAt|dtend|end.dateTime|end.date|end"),
            ("timeZone", "timezone|timeZone|start.timeZone"),
            ("location.name", "location.name|venue.name|venue_name|place.name|place|location|venue"),
            ("location.address", "location.address|venue.address|address"),
            ("organizer.name", "organizer.name|organizer.displayName|organizer"),
        ],
    },
];

fn claims(node: &Node) -> bool {
    platform(node).is_some()
}

fn platform(node: &Node) -> Option<&'static Platform> {
    PLATFORMS.iter().find(|p| p.keys.iter().all(|keys| keys.split('|').any(|key| node.get(key).is_some())) && plausible(p, node))
}

/// An activity has its own types; only `Event` is one here.
fn plausible(platform: &Platform, node: &Node) -> bool {
    platform.vocabulary != "activitystreams" || node.text("type") == Some("Event")
}

fn read(node: &Node, context: &mut Context<'_>) {
    let Some(platform) = platform(node) else { return };
    let mut draft = Draft::of(platform.vocabulary, platform.kind, node, platform.table);
    if platform.vocabulary == "meetup-api" && !draft.has("startDate") {
        meetup_times(&mut draft, node);
    }
    let mut record = draft.finish();
    record.props.retain(|(name, value)| name != "url" || matches!(value, Value::Text(f) if f.value.contains("://")));
    if record.text("name").is_some() {
        context.records.push(with_parts(record, node));
    }
}

/// The local time where it is given, else the moment in milliseconds; the end by the duration is left to the reader.
fn meetup_times(draft: &mut Draft, node: &Node) {
    let local = node.field("local_date").map(|date| match node.text("local_time") {
        Some(time) => crate::data::draft::derived(format!("{}T{time}", date.value), date, "local_date"),
        None => date.clone(),
    });
    draft.put("startDate", local.or_else(|| node.field("time").map(post::epoch_date)));
}

/// Talks that an event lists under itself, and the people of a talk that stands alone.
fn with_parts(mut record: Record, node: &Node) -> Record {
    const TALK: Table = &[
        ("name", "title|name"),
        ("startDate", "start|startDate|start_time|starts_at|startsAt"),
        ("endDate", "end|endDate|end_time|ends_at|endsAt"),
        ("description", "description|abstract"),
        ("performer.name", "speaker.name|presenter.name|speaker|presenter"),
        ("workFeatured.url", "slides|slides_url|slide_url"),
        ("recordedIn.url", "video|video_url|recording"),
    ];
    if record.types.iter().any(|t| t == "PresentationEvent") {
        record.props.extend(people(node, &record.vocabulary));
    }
    let lists = ["talks", "sessions", "presentations", "program", "schedule"].iter().find_map(|key| node.get(key));
    for talk in lists.map_or(&[][..], Node::items).iter().filter(|t| t.has(&["title"]) || t.has(&["name"])) {
        let mut inner = Draft::of(&record.vocabulary, "Event", talk, TALK).finish();
        inner.props.extend(people(talk, &record.vocabulary));
        record.props.push(("subEvent".to_owned(), Value::Record(inner)));
    }
    record
}

/// The speakers of a talk, given as objects or as names.
fn people(talk: &Node, vocabulary: &str) -> Vec<(String, Value)> {
    const PERSON: Table = &[
        ("name", "name|full_name|fullName"),
        ("alternateName", "twitter|handle|github"),
        ("url", "url|website"),
        ("affiliation", "company|organization|affiliation"),
    ];
    let person = |speaker: &Node| {
        let mut person = Draft::of(vocabulary, "Person", speaker, PERSON);
        if !person.has("name") {
            person.put("name", speaker.as_field().cloned());
        }
        person.finish()
    };
    let people = talk.list("speakers").iter().map(person).filter(|p| !p.props.is_empty());
    people.map(|p| ("performer".to_owned(), Value::Record(p))).collect()
}
