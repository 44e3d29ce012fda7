//! The timetable that both frab formats are made of.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use recap_model::{Recap, Talk};
use sha2::{Digest, Sha256};

use crate::when::When;
use crate::{Export, view, when};

/// A talk with its time.
pub struct Slot<'r> {
    /// The talk.
    pub talk: &'r Talk,
    /// Local time.
    pub start: DateTime,
    /// Minutes, at least 1.
    pub minutes: i64,
    /// Position among the recap's talks, from 1: the numeric id that frab wants.
    pub number: usize,
}

impl Slot<'_> {
    /// `H:MM`, as frab writes durations.
    pub fn duration(&self) -> String {
        format!("{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }

    /// The title, else the speakers.
    pub fn title(&self, recap: &Recap) -> String {
        title(recap, self.talk)
    }

    /// A name that no other talk of the event has: `^[a-z0-9_-]+[a-z0-9]$`.
    pub fn slug(&self, recap: &Recap) -> String {
        format!("{}-{}", acronym(recap), self.number)
    }

    /// The speakers, each with the number that it has in the whole event.
    pub fn persons<'r>(&self, recap: &'r Recap) -> impl Iterator<Item = (usize, String)> + use<'r, '_> {
        let number = |id: &String| recap.people.iter().position(|person| person.id == *id);
        let speakers = self.talk.speakers.iter().filter_map(move |id| Some((number(id)?, id)));
        speakers.filter_map(|(at, _)| Some((at + 1, view::shown(recap.people.get(at)?))))
    }
}

/// A day with its talks in the order of their times.
pub struct Day<'r> {
    /// The day.
    pub date: Date,
    /// Its talks.
    pub slots: Vec<Slot<'r>>,
}

impl Day<'_> {
    /// When its first talk begins and its last one ends, as [`date`] writes it.
    pub fn bounds(&self, recap: &Recap) -> Option<(String, String)> {
        let end = |slot: &Slot<'_>| slot.start.checked_add(SignedDuration::from_mins(slot.minutes)).ok();
        let last = self.slots.iter().filter_map(end).max()?;
        Some((date(recap, self.slots.first()?.start), date(recap, last)))
    }
}

/// The days of an event. A talk without start, or with neither end nor a later talk that day, has no place in a
/// timetable: it is reported.
pub fn days<'r>(recap: &'r Recap, export: &mut Export) -> Vec<Day<'r>> {
    let timed = |(n, talk): (usize, &'r Talk)| match talk.start.as_deref().and_then(When::read) {
        Some(When::Minute(start)) => Some((start, n + 1, talk)),
        _ => None,
    };
    let mut slots: Vec<(DateTime, usize, &Talk)> = recap.talks.iter().enumerate().filter_map(timed).collect();
    slots.sort_by_key(|(start, number, _)| (*start, *number));
    let untimed = recap.talks.len() - slots.len();
    if untimed > 0 {
        export.miss(recap, format!("{untimed} talks have no start: they have no place in a timetable and were left out"));
    }
    if !slots.is_empty() && when::zone(recap).is_none() {
        export.miss(recap, "a timetable's times have an offset from UTC; no source gives the time zone");
        return Vec::new();
    }
    let mut days: Vec<Day<'_>> = Vec::new();
    for (i, &(start, number, talk)) in slots.iter().enumerate() {
        if title(recap, talk).trim().is_empty() {
            export.miss(recap, format!("`title` is required; talk {} has neither title nor speakers and was left out", talk.id));
            continue;
        }
        let Some(minutes) = minutes(talk, start, &slots[i..]) else {
            export.miss(recap, format!("talk {} has no end and none follows it that day: it has no duration and was left out", talk.id));
            continue;
        };
        if days.last().is_none_or(|day| day.date != start.date()) {
            days.push(Day { date: start.date(), slots: Vec::new() });
        }
        if let Some(day) = days.last_mut() {
            day.slots.push(Slot { talk, start, minutes, number });
        }
    }
    days
}

fn title(recap: &Recap, talk: &Talk) -> String {
    talk.title.clone().unwrap_or_else(|| view::speaker_names(recap, talk).join(", "))
}

/// Up to its end, else up to the next start of that day.
fn minutes(talk: &Talk, start: DateTime, rest: &[(DateTime, usize, &Talk)]) -> Option<i64> {
    let end = match talk.end.as_deref().and_then(When::read) {
        Some(When::Minute(end)) => end,
        _ => rest.iter().map(|(s, ..)| *s).find(|s| *s > start && s.date() == start.date())?,
    };
    let minutes = start.duration_until(end).as_mins();
    (1..24 * 60).contains(&minutes).then_some(minutes)
}

/// The event's short name in ASCII (`^[a-z0-9_-]{4,}$`): its id, or a hash of an id in another script.
pub fn acronym(recap: &Recap) -> String {
    let ascii: String = recap.id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let ascii = ascii.trim_matches('-').to_ascii_lowercase();
    if ascii.len() >= 4 && ascii.contains(|c: char| c.is_ascii_alphabetic()) { ascii } else { format!("event-{}", &guid(&recap.id)[..8]) }
}

/// A UUID (version 8, RFC 9562) that is the same for the same name for ever.
pub fn guid(name: &str) -> String {
    let mut bytes: [u8; 16] = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(name.as_bytes())[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The room that all talks are in, as far as a recap tells.
pub fn room(recap: &Recap) -> String {
    let venue = recap.event.venue.name.clone().filter(|name| !name.trim().is_empty());
    venue.unwrap_or_else(|| "Main".to_owned())
}

/// frab's `date`: RFC 3339 with offset.
pub fn date(recap: &Recap, time: DateTime) -> String {
    when::rfc3339(recap, When::Minute(time))
}
