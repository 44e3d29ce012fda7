//! Events in the answers of platforms' APIs: each a table of properties.
//!
//! A new platform is one entry of [`PLATFORMS`]: its keys, and where schema.org's properties stand.

use crate::data::draft::Table;
use crate::data::node::Node;

/// A platform's event.
pub struct Platform {
    /// Name of the API.
    pub vocabulary: &'static str,
    /// schema.org type.
    pub kind: &'static str,
    /// Keys that it has, all of them; `a|b` is one of both.
    keys: &'static [&'static str],
    /// Where its values stand.
    pub table: Table,
    /// What stands before and behind the id in an event's address, where the answer does not give one.
    pub address: Option<(&'static str, &'static str)>,
}

/// The most particular first.
const PLATFORMS: &[Platform] = &[
    Platform {
        address: None,
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
        address: None,
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
        address: None,
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
        address: None,
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
        address: None,
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
        address: None,
        vocabulary: "eventbrite-api",
        kind: "Event",
        keys: &["name", "start", "end", "venue_id|venue|organizer_id|online_event"],
        table: &[
            ("name", "name.text|name.html|name"),
            ("description", "description.html|description.text|summary"),
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
        address: None,
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
        address: None,
        vocabulary: "songkick-api",
        kind: "Event",
        keys: &["displayName", "start.date", "venue.displayName", "uri"],
        table: &[
            ("name", "displayName"),
            ("identifier", "id"),
            ("url", "uri"),
            ("startDate", "start.datetime|start.date"),
            ("endDate", "end.datetime|end.date"),
            ("location.name", "venue.displayName"),
            ("location.addressLocality", "location.city|venue.metroArea.displayName"),
            ("superEvent.name", "series.displayName"),
            ("eventStatus", "status"),
        ],
    },
    Platform {
        address: Some(("https://www.facebook.com/events/", "/")),
        vocabulary: "facebook-api",
        kind: "Event",
        keys: &["id", "name", "start_time", "is_date_only|privacy|rsvp_status|attending_count|updated_time|place"],
        table: &[
            ("name", "name"),
            ("description", "description"),
            ("identifier", "id"),
            ("startDate", "start_time"),
            ("endDate", "end_time"),
            ("timeZone", "timezone"),
            ("location.name", "place.name|location"),
            ("location.address", "place.location.street|venue.street"),
            ("location.addressLocality", "place.location.city|venue.city"),
            ("organizer.name", "owner.name"),
            ("attendeeCount", "attending_count"),
        ],
    },
    Platform {
        address: None,
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
        address: None,
        vocabulary: "xcal",
        kind: "Event",
        keys: &["properties.summary.text", "properties.dtstart"],
        table: &[
            ("name", "properties.summary.text"),
            ("description", "properties.description.text"),
            ("identifier", "properties.uid.text"),
            ("url", "properties.url.uri|properties.url"),
            ("startDate", "properties.dtstart.date-time|properties.dtstart.date"),
            ("endDate", "properties.dtend.date-time|properties.dtend.date"),
            ("timeZone", "properties.dtstart.parameters.tzid.text"),
            ("location", "properties.location.text"),
            ("eventStatus", "properties.status.text"),
        ],
    },
    Platform {
        address: None,
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
];

/// Data that nobody wrote a table for, in the plain notation of [`crate::data::plain`].
const ANY: Platform = Platform {
    address: None,
    vocabulary: "json-event",
    kind: "Event",
    keys: &[
        "name|title|summary",
        "start|start_date|start_time|date|when|dtstart|talks.start|days.date|slots.date",
        "location|venue|place|where|venue_name|venue_address|address|primary_venue|city|is_online|organizer|organizers|talks|days|slots|speakers|end|end_time|end_date|date_upto|rsvp_url",
    ],
    table: &[
        ("name", "name|title|summary"),
        ("description", "description|content"),
        ("identifier", "id|uid"),
        ("url", "url|event_url|meetup_url|html_url|htmlLink|external_event_url|public_url|website|rsvp_url|uri|links.self"),
        ("startDate", "start_date|start.when|start.date|start|start_time|dtstart|date|when"),
        ("endDate", "end_date|end.when|end.date|end|dtend|end_time|date_upto"),
        ("timeZone", "timezone|timeZone|start.timeZone|tz_olson_path"),
        (
            "location.name",
            "location.name|venue.name|venue.title|venue.venue|venue_name|primary_venue.name|place.name|where.name|where.venue|address.description|place|location|venue|where",
        ),
        (
            "location.address",
            "location.address|venue.address|place.address|where.address|venue_address|primary_venue.address.localized_address_display|address",
        ),
        ("location.addressLocality", "city|venue_city|venue.city"),
        ("organizer.name", "organizer.name|organizer.organizer|organizer.displayName|primary_organizer.name|organizer"),
        ("superEvent.name", "group.name|series.name|series"),
    ],
};

/// The platform whose event an object is.
pub fn of(node: &Node) -> Option<&'static Platform> {
    PLATFORMS.iter().find(|p| has_keys(p, node) && plausible(p, node))
}

/// Whether an object in plain notation is an event of nobody in particular.
pub fn any(node: &Node) -> Option<&'static Platform> {
    has_keys(&ANY, node).then_some(&ANY)
}

fn has_keys(platform: &Platform, node: &Node) -> bool {
    platform.keys.iter().all(|keys| keys.split('|').any(|key| node.get(key).is_some()))
}

/// An activity has its own types, of which only `Event` is one here; Meetup gives moments, not times of day.
fn plausible(platform: &Platform, node: &Node) -> bool {
    match platform.vocabulary {
        "activitystreams" => node.text("type") == Some("Event"),
        "meetup-api" => node.text("time").is_none_or(|time| time.bytes().all(|b| b.is_ascii_digit())),
        _ => true,
    }
}
