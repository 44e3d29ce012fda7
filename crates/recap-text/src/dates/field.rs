//! Whole fields: front matter, feeds, metadata.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::{rfc2822, strtime};

use super::{DateContext, DateMention, Precision, find_dates};

/// Twitter's `created_at`.
const TWITTER: &str = "%a %b %d %H:%M:%S %z %Y";

/// Reads a field that holds one date: what [`find_dates`] finds, and besides a bare year (`2020`), a
/// year and a month (`2020-06`, `2020/06`) and eight digits (`20200616`). Of several dates the first.
///
/// The local time is kept as written; an offset is not applied.
#[must_use]
pub fn parse_date(text: &str, cx: &DateContext) -> Option<DateMention> {
    let behind = text.trim_start_matches(is_wrapping);
    let trimmed = behind.trim_end_matches(is_wrapping);
    let start = text.len() - behind.len();
    let end = start + trimmed.len();
    compact(trimmed)
        .map(|(value, precision)| DateMention {
            value,
            until: None,
            precision,
            start,
            end,
            rule: "field/compact",
            year_given: true,
            weekday_conflict: false,
        })
        .or_else(|| find_dates(text, cx).into_iter().next())
}

/// Spaces and quotes around a field's value.
fn is_wrapping(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>')
}

fn compact(text: &str) -> Option<(String, Precision)> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let year = |part: &str| part.parse().ok().filter(|y| (1900..=2100).contains(y));
    match text.len() {
        4 if digits(text) => {
            let year: i16 = year(text)?;
            Some((format!("{year:04}"), Precision::Year))
        }
        8 if digits(text) => {
            let month = text.get(4..6)?.parse().ok()?;
            let date = Date::new(year(text.get(..4)?)?, month, text.get(6..)?.parse().ok()?);
            Some((date.ok()?.to_string(), Precision::Day))
        }
        6 | 7 => {
            let (y, m) = text.split_once(['-', '/', '.'])?;
            let month: i8 = m.parse().ok().filter(|m| (1..=12).contains(m))?;
            let year: i16 = year(y).filter(|_| y.len() == 4 && digits(m))?;
            Some((format!("{year:04}-{month:02}"), Precision::Month))
        }
        _ => None,
    }
}

/// An exact instant: RFC 3339, RFC 2822, Twitter's `created_at`, or the same with a space for `T`
/// and an offset without a colon. Without an offset there is no instant.
#[must_use]
pub fn parse_instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())).or_else(|| by_pattern(text))
}

fn by_pattern(text: &str) -> Option<Timestamp> {
    [TWITTER, "%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%d %H:%M %z", "%Y-%m-%dT%H:%M:%S%.f%z"]
        .iter()
        .find_map(|pattern| strtime::parse(pattern, text).ok()?.to_timestamp().ok())
}
