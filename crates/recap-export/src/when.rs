//! Local ISO 8601 dates and times of a recap, with the zone of the event.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use recap_model::{Precision, Recap};

/// A local date or date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// A day.
    Day(Date),
    /// A minute.
    Minute(DateTime),
}

impl When {
    /// Reads `2020-06-16` or `2020-06-16T19:00`; a month or a year alone is none.
    pub fn read(text: &str) -> Option<Self> {
        if text.contains('T') {
            return text.parse().ok().map(Self::Minute);
        }
        text.parse().ok().map(Self::Day)
    }

    /// The day.
    pub fn date(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Minute(time) => time.date(),
        }
    }
}

/// The event's start, where it is known to the day at least.
pub fn start(recap: &Recap) -> Option<When> {
    let exact = recap.event.date_precision.is_none_or(|p| p >= Precision::Day);
    recap.event.start.as_deref().filter(|_| exact).and_then(When::read)
}

/// The event's end.
pub fn end(recap: &Recap) -> Option<When> {
    recap.event.end.as_deref().and_then(When::read)
}

/// The event's zone, where the recap names one that exists.
pub fn zone(recap: &Recap) -> Option<(&str, TimeZone)> {
    let name = recap.event.timezone.as_deref()?;
    TimeZone::get(name).ok().map(|zone| (name, zone))
}

/// RFC 3339 with the zone's offset; without zone the local form, a day as it is.
pub fn rfc3339(recap: &Recap, when: When) -> String {
    match (when, zone(recap)) {
        (When::Day(date), _) => date.to_string(),
        (When::Minute(time), None) => time.to_string(),
        (When::Minute(time), Some((_, zone))) => {
            let offset = zone.to_timestamp(time).map(|t| zone.to_offset(t));
            offset.map_or(time.to_string(), |offset| format!("{time}{}", signed(offset.seconds(), ":")))
        }
    }
}

/// An instant in RFC 3339 for formats that want one: a day begins at midnight of the event's zone, else of UTC.
pub fn instant(recap: &Recap, when: When) -> Option<String> {
    let time = match when {
        When::Day(date) => date.at(0, 0, 0, 0),
        When::Minute(time) => time,
    };
    let zone = zone(recap).map_or(TimeZone::UTC, |(_, zone)| zone);
    zone.to_timestamp(time).ok().map(|t| t.to_string())
}

/// `+09:00`, `-0330`.
pub fn signed(seconds: i32, between: &str) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
}
