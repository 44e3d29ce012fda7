//! frab `schedule.json`, as <https://github.com/voc/schedule> describes it.

use recap_model::Recap;
use serde_json::{Map, Value, json};

use crate::json::to_string;
use crate::schedule::{self, Day, Slot};
use crate::{Error, Export, Settings, csv, view, when};

/// A schedule per event that has talks with times.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        let days = schedule::days(recap, &mut export);
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            export.miss(recap, "no talk has a place in a timetable: no schedule was written");
            continue;
        };
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
        let document =
            json!({"schedule": {"version": recap.schema_version, "base_url": recap.event.urls.first(), "conference": conference}});
        export.file(&format!("{}-schedule", recap.id), "json", to_string(&document)?);
    }
    Ok(export)
}

fn day(recap: &Recap, index: usize, day: &Day<'_>) -> Value {
    let bound = |slot: Option<&Slot<'_>>| slot.map(|s| schedule::date(recap, s));
    let mut rooms = Map::new();
    rooms.insert(schedule::room(recap), day.slots.iter().map(|slot| event(recap, slot)).collect());
    json!({
        "index": index,
        "date": day.date.to_string(),
        "day_start": bound(day.slots.first()),
        "day_end": bound(day.slots.last()),
        "rooms": rooms,
    })
}

fn event(recap: &Recap, slot: &Slot<'_>) -> Value {
    let link = |url: &String, title: &str| json!({"url": url, "title": title});
    let links = slot.talk.slides.iter().map(|u| link(u, "slides")).chain(slot.talk.videos.iter().map(|u| link(u, "video")));
    let person = |(n, p)| json!({"id": slot.number * 100 + n, "public_name": view::shown(p), "name": view::shown(p), "links": []});
    json!({
        "guid": schedule::guid(&format!("{}/{}", recap.id, slot.talk.id)),
        "id": slot.number,
        "date": schedule::date(recap, slot),
        "start": slot.start.strftime("%H:%M").to_string(),
        "duration": slot.duration(),
        "room": schedule::room(recap),
        "slug": format!("{}-{}-{}", schedule::acronym(recap), slot.number, slot.talk.id),
        "url": recap.event.urls.first().and_then(|u| view::safe(u)).unwrap_or_default(),
        "title": slot.title(recap),
        "subtitle": null,
        "track": null,
        "type": csv::kind(slot.talk),
        "language": slot.talk.language.as_deref().or_else(|| view::language(recap)),
        "abstract": slot.talk.summary,
        "description": null,
        "logo": null,
        "persons": view::speakers(recap, slot.talk).enumerate().map(person).collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(),
        "attachments": [],
    })
}
