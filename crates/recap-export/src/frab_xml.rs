//! frab `schedule.xml`, as <https://github.com/voc/schedule> describes it.

use recap_model::Recap;

use crate::schedule::{self, Day, Slot};
use crate::xml::Xml;
use crate::{Error, Export, Settings, table, view};

/// A schedule per event that has talks with times.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        let days = schedule::days(recap, &mut export);
        if days.is_empty() {
            export.miss(recap, "no talk has a place in a timetable: no schedule was written");
            continue;
        }
        export.file(&format!("{}-schedule", recap.id), "xml", document(recap, &days)?);
    }
    Ok(export)
}

fn document(recap: &Recap, days: &[Day<'_>]) -> Result<String, Error> {
    let mut xml = Xml::new("frab XML")?;
    xml.within("schedule", &[], |xml| {
        xml.text("version", &[], &recap.schema_version)?;
        xml.within("conference", &[], |xml| conference(xml, recap, days))?;
        days.iter().enumerate().try_for_each(|(n, d)| day(xml, recap, n + 1, d))
    })?;
    Ok(xml.finish())
}

fn conference(xml: &mut Xml, recap: &Recap, days: &[Day<'_>]) -> Result<(), Error> {
    xml.text("acronym", &[], &schedule::acronym(recap))?;
    xml.text("title", &[], &view::name(recap))?;
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        xml.text("start", &[], &first.date.to_string())?;
        xml.text("end", &[], &last.date.to_string())?;
    }
    xml.text("days", &[], &days.len().to_string())?;
    xml.text("timeslot_duration", &[], "00:05")?;
    match &recap.event.timezone {
        Some(zone) => xml.text("time_zone_name", &[], zone),
        None => Ok(()),
    }
}

fn day(xml: &mut Xml, recap: &Recap, index: usize, day: &Day<'_>) -> Result<(), Error> {
    let Some((start, end)) = day.bounds(recap) else { return Ok(()) };
    let attributes = [("index", index.to_string()), ("date", day.date.to_string()), ("start", start), ("end", end)];
    let attributes: Vec<(&str, &str)> = attributes.iter().map(|(key, value)| (*key, value.as_str())).collect();
    xml.within("day", &attributes, |xml| {
        xml.within("room", &[("name", &schedule::room(recap))], |xml| day.slots.iter().try_for_each(|slot| event(xml, recap, slot)))
    })
}

fn event(xml: &mut Xml, recap: &Recap, slot: &Slot<'_>) -> Result<(), Error> {
    let guid = schedule::guid(&format!("{}/{}", recap.id, slot.talk.id));
    let id = slot.number.to_string();
    xml.within("event", &[("guid", &guid), ("id", &id)], |xml| {
        xml.text("date", &[], &schedule::date(recap, slot.start))?;
        xml.text("start", &[], &slot.start.strftime("%H:%M").to_string())?;
        xml.text("duration", &[], &slot.duration())?;
        xml.text("room", &[], &schedule::room(recap))?;
        xml.text("slug", &[], &slot.slug(recap))?;
        if let Some(url) = recap.event.urls.first().and_then(|u| view::safe(u)) {
            xml.text("url", &[], url)?;
        }
        xml.text("title", &[], &slot.title(recap))?;
        xml.empty("subtitle", &[])?;
        xml.empty("track", &[])?;
        xml.text("type", &[], table::kind(slot.talk))?;
        xml.text("language", &[], slot.talk.language.as_deref().or_else(|| view::language(recap)).unwrap_or_default())?;
        xml.text("abstract", &[], slot.talk.summary.as_deref().unwrap_or_default())?;
        xml.empty("description", &[])?;
        persons(xml, recap, slot)?;
        links(xml, slot)
    })
}

fn persons(xml: &mut Xml, recap: &Recap, slot: &Slot<'_>) -> Result<(), Error> {
    xml.within("persons", &[], |xml| {
        slot.persons(recap).try_for_each(|(number, name)| xml.text("person", &[("id", &number.to_string())], &name))
    })
}

fn links(xml: &mut Xml, slot: &Slot<'_>) -> Result<(), Error> {
    xml.within("links", &[], |xml| {
        let slides = slot.talk.slides.iter().map(|url| (url, "slides"));
        let videos = slot.talk.videos.iter().map(|url| (url, "video"));
        slides
            .chain(videos)
            .filter(|(url, _)| view::safe(url).is_some())
            .try_for_each(|(url, label)| xml.text("link", &[("href", url)], label))
    })
}
