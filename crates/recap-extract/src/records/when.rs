//! Dates of records: ISO 8601 as people write it, in local time.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use recap_model::Precision;
use recap_text::dates::{DateContext, find_dates};

/// A date as a record gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Local ISO 8601: `2020`, `2020-06`, `2020-06-16`, `2020-06-16T19:00`.
    pub value: String,
    /// How exact it is.
    pub precision: Precision,
    /// Difference to UTC, where it is given.
    pub offset: Option<Offset>,
    /// Whether it is a moment in UTC (`Z`), not a local time.
    pub utc: bool,
}

impl Moment {
    fn local(value: String, precision: Precision) -> Self {
        Self { value, precision, offset: None, utc: false }
    }

    /// Date and time, where the time is given.
    pub fn datetime(&self) -> Option<DateTime> {
        self.value.parse::<DateTime>().ok().filter(|_| self.precision == Precision::Minute)
    }

    /// Without the time.
    pub fn without_time(self) -> Self {
        match self.value.split_once('T') {
            Some((date, _)) => Self::local(date.to_owned(), Precision::Day),
            None => self,
        }
    }
}

/// The day of a date, if it is that exact.
pub fn day(text: &str) -> Option<Date> {
    read(text)?.value.get(..10)?.parse().ok()
}

/// Reads a date: ISO 8601 with or without leading zeros, else any date that people write.
pub fn read(text: &str) -> Option<Moment> {
    let text = text.trim();
    compact(text).or_else(|| iso(text)).or_else(|| epoch(text)).or_else(|| written(text))
}

/// `20190612T190000Z`, `20190612`.
fn compact(text: &str) -> Option<Moment> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (date, rest) = text.split_at_checked(8).filter(|_| digits == 8)?;
    (rest.is_empty() || rest.starts_with('T')).then(|| iso(&format!("{}-{}-{}{rest}", &date[..4], &date[4..6], &date[6..])))?
}

/// Seconds or milliseconds since 1970, as scripts write moments.
fn epoch(text: &str) -> Option<Moment> {
    let number: i64 = text.parse().ok().filter(|_| matches!(text.len(), 10 | 13))?;
    let at = if text.len() == 10 { jiff::Timestamp::from_second(number) } else { jiff::Timestamp::from_millisecond(number) }.ok()?;
    let local = jiff::tz::TimeZone::UTC.to_datetime(at);
    let value = format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute());
    Some(Moment { value, precision: Precision::Minute, offset: Some(Offset::UTC), utc: true })
}

/// The first whole date in a text.
pub fn written(text: &str) -> Option<Moment> {
    let dates = find_dates(text, &DateContext { reference: None, lang: None });
    let first = dates.into_iter().find(|d| d.year_given && d.precision >= recap_text::dates::Precision::Day)?;
    let precision = if first.value.len() > 10 { Precision::Minute } else { Precision::Day };
    Some(Moment::local(first.value, precision))
}

fn iso(text: &str) -> Option<Moment> {
    let (year, rest) = number(text, 4, 4)?;
    let year = i16::try_from(year).ok().filter(|y| (1970..2200).contains(y))?;
    if rest.is_empty() {
        return Some(Moment::local(format!("{year:04}"), Precision::Year));
    }
    let (month, rest) = number(rest.strip_prefix(['-', '/'])?, 1, 2)?;
    let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    if rest.is_empty() {
        return Some(Moment::local(format!("{year:04}-{month:02}"), Precision::Month));
    }
    let (day, rest) = number(rest.strip_prefix(['-', '/'])?, 1, 2)?;
    let date = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
    let Some((time, behind)) = clock(rest.trim_start_matches(['T', 't', ' '])) else {
        // A time that cannot be read leaves the day.
        return (rest.is_empty() || rest.starts_with(['T', 't', ' '])).then(|| Moment::local(date.to_string(), Precision::Day));
    };
    let behind = behind.trim();
    let value = format!("{date}T{:02}:{:02}", time.hour(), time.minute());
    let utc = behind.eq_ignore_ascii_case("z") || behind.eq_ignore_ascii_case("utc");
    Some(Moment { value, precision: Precision::Minute, offset: if utc { Some(Offset::UTC) } else { offset(behind) }, utc })
}

/// `19:00`, `19:00:00`, `19:00:00.000`, `1900`, and what follows.
fn clock(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = number(text, 2, 2).or_else(|| number(text, 1, 1))?;
    let (minute, mut rest) = number(rest.strip_prefix(':').unwrap_or(rest), 2, 2)?;
    if let Some((_, behind)) = rest.strip_prefix(':').and_then(|r| number(r, 2, 2)) {
        rest = behind;
    }
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    Some((half_day(time, rest.trim_start()), rest))
}

/// A time of the 12-hour clock in the 24-hour one, by what stands behind it: `pm`, `p.m.`.
fn half_day(time: Time, behind: &str) -> Time {
    let mark: String = behind.chars().filter(|c| *c != '.').take(2).collect::<String>().to_ascii_lowercase();
    match (mark.as_str(), time.hour()) {
        ("pm", hour @ 1..=11) => Time::new(hour + 12, time.minute(), 0, 0).unwrap_or(time),
        ("am", 12) => Time::new(0, time.minute(), 0, 0).unwrap_or(time),
        _ => time,
    }
}

/// `+09:00`, `+0900`, `-4`.
fn offset(text: &str) -> Option<Offset> {
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix(['-', '−'])?),
    };
    let (hours, rest) = number(rest, 2, 2).or_else(|| number(rest, 1, 1))?;
    let minutes = number(rest.strip_prefix(':').unwrap_or(rest), 2, 2).map_or(0, |(m, _)| m);
    Offset::from_seconds(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?).ok()
}

/// Digits at the start, at least and at most so many.
fn number(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    (digits >= least).then(|| text.get(..digits)?.parse().ok()).flatten().map(|n| (n, rest))
}
