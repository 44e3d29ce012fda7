//! frab `schedule.json`, as <https://github.com/voc/schedule> describes it.

use recap_model::Recap;
use serde_json::{Map, Value, json};

use crate::json::to_string;
use crate::schedule::{self, Day, Slot};
use crate::{Error, Export, Settings, table, view, when};

/// A schedule per event that has talks with times.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        let days = schedule::days(recap, &mut export);
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            export.miss(recap, "no talk has a place in a timetable: no schedule was written");
            continue;
        };
        if recap.event.urls.first().and_then(|url| view::safe(url)).is_none() {
            export.miss(recap, "`url` is required of a talk; no source gives a page of the event");
        }
        let mut conference = json!({
            "acronym": schedule::acronym(recap),
            "title": view::name(recap),
            "start": first.date.to_string(),
            "end": last.date.to_string(),
            "daysCount": days.len(),
            "timeslot_duration": "00:05",
        });
        if let Some((zone, _)) = when::zone(recap) {
            conference["time_zone_name"] = json!(zone);
        }
        conference["rooms"] = json!([{"name": schedule::room(recap), "guid": schedule::guid(&format!("{}/room", recap.id))}]);
        conference["days"] = days.iter().enumerate().map(|(n, d)| day(recap, n + 1, d)).collect();
        let document = json!({"schedule": {"version": recap.schema_version, "conference": conference}});
        export.file(&format!("{}-schedule", recap.id), "json", to_string(&document)?);
    }
    Ok(export)
}

fn day(recap: &Recap, index: usize, day: &Day<'_>) -> Value {
    let (start, end) = day.bounds(recap).unwrap_or_default();
    let mut rooms = Map::new();
    rooms.insert(schedule::room(recap), day.slots.iter().map(|slot| event(recap, slot)).collect());
    json!({
        "index": index,
        "date": day.date.to_string(),
        "day_start": start,
        "day_end": end,
        "rooms": rooms,
    })
}

fn event(recap: &Recap, slot: &Slot<'_>) -> Value {
    let link = |url: &String, title: &str| view::safe(url).map(|url| json!({"url": url, "title": title}));
    let slides = slot.talk.slides.iter().filter_map(|url| link(url, "slides"));
    let links: Vec<Value> = slides.chain(slot.talk.videos.iter().filter_map(|url| link(url, "video"))).collect();
    let mut event = json!({
        "guid": schedule::guid(&format!("{}/{}", recap.id, slot.talk.id)),
        "id": slot.number,
        "date": schedule::date(recap, slot.start),
        "start": slot.start.strftime("%H:%M").to_string(),
        "duration": slot.duration(),
        "room": schedule::room(recap),
        "slug": slot.slug(recap),
        "title": slot.title(recap),
        "subtitle": null,
        "track": null,
        "type": table::kind(slot.talk),
        "language": slot.talk.language.as_deref().or_else(|| view::language(recap)).unwrap_or_default(),
        "abstract": slot.talk.summary,
        "description": null,
        "persons": slot.persons(recap).map(|(id, name)| json!({"id": id, "name": name})).collect::<Vec<_>>(),
        "links": links,
        "attachments": [],
    });
    if let Some(url) = recap.event.urls.first().and_then(|url| view::safe(url)) {
        event["url"] = json!(url);
    }
    event
}
