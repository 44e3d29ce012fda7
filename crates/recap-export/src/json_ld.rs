//! schema.org `Event` in JSON-LD: <https://schema.org/Event>.
//!
//! Talks are `subEvent`s with their speakers as `performer`, decks as `workFeatured` (`PresentationDigitalDocument`) and
//! recordings as `recordedIn` (`VideoObject`). What search engines require of an event and a recap lacks (`name`,
//! `startDate`, a `location` with address) is reported, never faked.

use recap_model::{AttendanceMode, Person, Recap, Talk};
use serde_json::{Map, Value, json};

use crate::json::to_string;
use crate::{Error, Export, Settings, view, when};

/// A file per event.
pub fn write(recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        report(recap, &mut export);
        export.file(&recap.id, "jsonld", to_string(&event(recap, settings))?);
    }
    Ok(export)
}

/// The event as a JSON-LD object; also for pages that embed it.
pub fn event(recap: &Recap, settings: &Settings) -> Value {
    let event = &recap.event;
    let mut out = object("Event");
    out.insert("@context".to_owned(), json!("https://schema.org"));
    put(&mut out, "@id", settings.address(recap));
    put(&mut out, "name", event.name.clone());
    put(&mut out, "startDate", when::start(recap).map(|w| when::rfc3339(recap, w)).or_else(|| event.start.clone()));
    put(&mut out, "endDate", when::end(recap).map(|w| when::rfc3339(recap, w)));
    put(&mut out, "eventAttendanceMode", event.attendance_mode.map(mode));
    put(&mut out, "url", event.urls.first().and_then(|u| view::safe(u)));
    put(&mut out, "sameAs", many(event.urls.iter().skip(1).filter_map(|u| view::safe(u)).map(|u| json!(u))));
    put(&mut out, "location", location(recap));
    put(&mut out, "superEvent", event.series.as_ref().map(|series| json!({"@type": "EventSeries", "name": series})));
    put(&mut out, "organizer", many(event.organizers.iter().filter_map(|id| view::person(recap, id)).map(person)));
    put(
        &mut out,
        "sponsor",
        many(event.sponsors.iter().map(|sponsor| match view::person(recap, sponsor) {
            Some(found) => person(found),
            None => json!({"@type": "Organization", "name": sponsor}),
        })),
    );
    put(&mut out, "keywords", many(event.hashtags.iter().map(|tag| json!(tag))));
    put(&mut out, "recordedIn", many(event.videos.iter().filter_map(|v| view::safe(v)).map(|url| video(url, &view::name(recap)))));
    put(&mut out, "subEvent", many(recap.talks.iter().map(|t| talk(recap, t))));
    Value::Object(out)
}

fn talk(recap: &Recap, talk: &Talk) -> Value {
    let title = talk.title.clone().unwrap_or_else(|| view::speaker_names(recap, talk).join(", "));
    let mut out = object("Event");
    put(&mut out, "name", Some(title.clone()).filter(|t| !t.is_empty()));
    put(&mut out, "startDate", talk.start.as_deref().and_then(when::When::read).map(|w| when::rfc3339(recap, w)));
    put(&mut out, "endDate", talk.end.as_deref().and_then(when::When::read).map(|w| when::rfc3339(recap, w)));
    put(&mut out, "inLanguage", talk.language.clone());
    put(&mut out, "description", talk.summary.clone());
    put(&mut out, "performer", many(view::speakers(recap, talk).map(person)));
    let deck = |url: &str| json!({"@type": "PresentationDigitalDocument", "name": title, "url": url});
    put(&mut out, "workFeatured", many(talk.slides.iter().filter_map(|u| view::safe(u)).map(deck)));
    put(&mut out, "recordedIn", many(talk.videos.iter().filter_map(|u| view::safe(u)).map(|url| video(url, &title))));
    Value::Object(out)
}

fn person(person: &Person) -> Value {
    let mut out = object("Person");
    put(&mut out, "name", Some(view::shown(person)));
    put(&mut out, "alternateName", many(person.aliases.iter().map(|a| json!(a))));
    put(&mut out, "affiliation", person.affiliation.as_ref().map(|name| json!({"@type": "Organization", "name": name})));
    put(&mut out, "sameAs", many(view::addresses(person).iter().filter_map(|u| view::safe(u)).map(|u| json!(u))));
    Value::Object(out)
}

fn video(url: &str, name: &str) -> Value {
    json!({"@type": "VideoObject", "name": name, "url": url})
}

fn location(recap: &Recap) -> Option<Value> {
    let venue = &recap.event.venue;
    let place = (venue.name.is_some() || venue.address.is_some()).then(|| {
        let mut place = object("Place");
        put(&mut place, "name", venue.name.clone());
        put(&mut place, "address", venue.address.clone());
        Value::Object(place)
    });
    let online = matches!(recap.event.attendance_mode, Some(AttendanceMode::Online | AttendanceMode::Mixed));
    let address = recap.event.urls.first().and_then(|u| view::safe(u)).filter(|_| online);
    let stream = address.map(|url| json!({"@type": "VirtualLocation", "url": url}));
    match (place, stream) {
        (Some(place), Some(stream)) => Some(json!([place, stream])),
        (place, stream) => place.or(stream),
    }
}

fn mode(mode: AttendanceMode) -> &'static str {
    match mode {
        AttendanceMode::Online => "https://schema.org/OnlineEventAttendanceMode",
        AttendanceMode::Offline => "https://schema.org/OfflineEventAttendanceMode",
        AttendanceMode::Mixed => "https://schema.org/MixedEventAttendanceMode",
    }
}

fn report(recap: &Recap, export: &mut Export) {
    let event = &recap.event;
    if event.name.is_none() {
        export.miss(recap, "`name` is required of an Event; no source gives one");
    }
    if event.start.is_none() {
        export.miss(recap, "`startDate` is required of an Event; no source gives one");
    }
    let online = event.attendance_mode == Some(AttendanceMode::Online);
    if event.venue.address.is_none() && !online {
        export.miss(recap, "`location.address` is required of an Event at a place; no source gives one");
    }
}

fn object(kind: &str) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("@type".to_owned(), json!(kind));
    out
}

fn put(out: &mut Map<String, Value>, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        out.insert(key.to_owned(), value.into());
    }
}

/// All values, none where there are none.
fn many(values: impl Iterator<Item = Value>) -> Option<Value> {
    let all: Vec<Value> = values.collect();
    (!all.is_empty()).then_some(Value::Array(all))
}
