//! iCalendar (RFC 5545): a `VEVENT` per event, with `VTIMEZONE`s for the zones that are named.
//!
//! Written here, because the kept libraries fold lines of Japanese text beyond 75 octets and write no `VTIMEZONE`.
//! `DTSTAMP` is the event's own start, not the clock: equal recaps give equal bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use recap_model::Recap;

use crate::when::When;
use crate::{Error, Export, Settings, view, when};

/// Longest line in octets, without its end (section 3.1).
const LINE: usize = 75;

/// One calendar of all events that have a date.
pub fn write(recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    let mut out = Lines::default();
    out.raw("BEGIN:VCALENDAR");
    out.raw("VERSION:2.0");
    out.raw("PRODID:-//recap//recap export//EN");
    out.text("X-WR-CALNAME", settings.title.as_deref().unwrap_or("Events"));
    zones(recaps).iter().for_each(|(name, (zone, years))| timezone(&mut out, name, zone, *years));
    for recap in recaps {
        match when::start(recap) {
            Some(start) => event(&mut out, recap, start),
            None => export.miss(recap, "no start to the day: an event without DTSTART is no VEVENT and was left out"),
        }
    }
    out.raw("END:VCALENDAR");
    export.file("events", "ics", out.0);
    Ok(export)
}

fn event(out: &mut Lines, recap: &Recap, start: When) {
    let event = &recap.event;
    out.raw("BEGIN:VEVENT");
    out.text("UID", &format!("{}@recap", recap.id));
    out.raw(&format!("DTSTAMP:{}", stamp(recap, start)));
    let zone = when::zone(recap).map(|(name, _)| name);
    out.raw(&dated("DTSTART", start, zone));
    match (start, when::end(recap)) {
        (When::Day(_), Some(end)) => out.raw(&dated("DTEND", next_day(end), zone)),
        (When::Minute(time), Some(When::Minute(end))) if end > time => out.raw(&dated("DTEND", When::Minute(end), zone)),
        _ => {}
    }
    out.text("SUMMARY", &view::name(recap));
    let place: Vec<&str> = [&event.venue.name, &event.venue.address].into_iter().flatten().map(String::as_str).collect();
    if !place.is_empty() {
        out.text("LOCATION", &place.join(", "));
    }
    if let Some(url) = event.urls.first().and_then(|u| view::safe(u)) {
        out.raw(&format!("URL:{}", without_controls(url)));
    }
    if !event.hashtags.is_empty() {
        let tags: Vec<String> = event.hashtags.iter().map(|t| escaped(t)).collect();
        out.raw(&format!("CATEGORIES:{}", tags.join(",")));
    }
    if !recap.talks.is_empty() {
        out.text("DESCRIPTION", &description(recap));
    }
    out.raw("END:VEVENT");
}

/// `Title – Speaker` for every talk.
fn description(recap: &Recap) -> String {
    let line = |talk| {
        let who = view::speaker_names(recap, talk).join(", ");
        match (&talk.title, who.is_empty()) {
            (Some(title), false) => format!("{title} – {who}"),
            (Some(title), true) => title.clone(),
            (None, _) => who,
        }
    };
    recap.talks.iter().map(line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

fn dated(name: &str, when: When, zone: Option<&str>) -> String {
    match (when, zone) {
        (When::Day(date), _) => format!("{name};VALUE=DATE:{}", date.strftime("%Y%m%d")),
        (When::Minute(time), Some(zone)) => format!("{name};TZID={zone}:{}", local(time)),
        (When::Minute(time), None) => format!("{name}:{}", local(time)),
    }
}

/// `DTEND` of a day is the first day that is not part of it (section 3.6.1).
fn next_day(when: When) -> When {
    When::Day(when.date().tomorrow().unwrap_or(when.date()))
}

fn stamp(recap: &Recap, start: When) -> String {
    let instant = when::instant(recap, start).and_then(|t| t.parse::<Timestamp>().ok()).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{}Z", local(TimeZone::UTC.to_datetime(instant)))
}

fn local(time: DateTime) -> String {
    time.strftime("%Y%m%dT%H%M%S").to_string()
}

/// The zones of timed events, each with the years that it is used in.
fn zones(recaps: &[Recap]) -> BTreeMap<String, (TimeZone, (i16, i16))> {
    let mut zones: BTreeMap<String, (TimeZone, (i16, i16))> = BTreeMap::new();
    for recap in recaps {
        let Some(((name, zone), start @ When::Minute(_))) = when::zone(recap).zip(when::start(recap)) else { continue };
        let last = when::end(recap).map_or(start, |end| end.max(start)).date().year();
        let (_, years) = zones.entry(name.to_owned()).or_insert_with(|| (zone, (start.date().year(), last)));
        *years = (years.0.min(start.date().year()), years.1.max(last));
    }
    zones
}

/// The offsets that hold in the years in question, one observance for each change (section 3.6.5).
fn timezone(out: &mut Lines, name: &str, zone: &TimeZone, (first, last): (i16, i16)) {
    let Ok(from) = TimeZone::UTC.to_timestamp(DateTime::constant(first, 1, 1, 0, 0, 0, 0)) else { return };
    let until =
        TimeZone::UTC.to_timestamp(DateTime::constant(last.saturating_add(1).min(9999), 1, 1, 0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
    out.raw("BEGIN:VTIMEZONE");
    out.raw(&format!("TZID:{name}"));
    let offset = zone.to_offset(from).seconds();
    observance(out, zone.to_offset_info(from).dst().is_dst(), DateTime::constant(1970, 1, 1, 0, 0, 0, 0), offset, offset);
    let mut before = offset;
    for change in zone.following(from).take_while(|change| change.timestamp() < until) {
        let after = change.offset().seconds();
        let begin = jiff::tz::Offset::from_seconds(before).map(|o| o.to_datetime(change.timestamp()));
        if let Ok(begin) = begin {
            observance(out, change.dst().is_dst(), begin, before, after);
        }
        before = after;
    }
    out.raw("END:VTIMEZONE");
}

fn observance(out: &mut Lines, dst: bool, begin: DateTime, before: i32, after: i32) {
    let kind = if dst { "DAYLIGHT" } else { "STANDARD" };
    out.raw(&format!("BEGIN:{kind}"));
    out.raw(&format!("DTSTART:{}", local(begin)));
    out.raw(&format!("TZOFFSETFROM:{}", when::signed(before, "")));
    out.raw(&format!("TZOFFSETTO:{}", when::signed(after, "")));
    out.raw(&format!("END:{kind}"));
}

/// Content lines, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property of type TEXT.
    fn text(&mut self, name: &str, value: &str) {
        self.raw(&format!("{name}:{}", escaped(value)));
    }

    /// A line as it is, folded to [`LINE`] octets between characters.
    fn raw(&mut self, line: &str) {
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Section 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => {
                let _ = out.write_char(c);
            }
        }
    }
    out
}

fn without_controls(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
