//! From what is written to a day of the calendar.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::draft::{Day, Draft, Need};
use super::time::Clock;
use super::{DateContext, DateMention, Precision, guard};

/// How far behind the reference a date without a year may still lie and count as its own year's.
const FEW_DAYS: i32 = 7;

/// How many days from the reference a year may be chosen only because its weekday fits.
const WEEKDAY_REACH: std::ops::RangeInclusive<i32> = -400..=200;

/// The mention of a draft, where the calendar and the surroundings agree.
pub(super) fn mention(draft: &Draft, text: &str, cx: &DateContext) -> Option<DateMention> {
    let future = looks_ahead(text, draft);
    let from = with_year(draft.from, draft.weekday, cx, future)?;
    let (first, last) = bounds(from)?;
    if draft.era.is_some_and(|era| !super::era::meets(era, first, last)) || !believed(draft, text) {
        return None;
    }
    let conflict = draft.weekday.is_some_and(|w| from.is_full() && first.weekday() != w);
    if draft.need == Need::Weekday && (conflict || draft.weekday.is_none()) {
        return None;
    }
    let (value, precision) = spell(from, first, draft.time)?;
    Some(DateMention {
        until: until(draft, first).filter(|until| *until > value),
        value,
        precision,
        start: draft.start,
        end: draft.end,
        rule: draft.rule,
        year_given: draft.from.year.is_some() && !draft.relative,
        weekday_conflict: conflict,
    })
}

fn believed(draft: &Draft, text: &str) -> bool {
    match (draft.need, draft.from.month, draft.from.day) {
        (Need::Surroundings, Some(month), Some(day)) => guard::likely_month_and_day(text, draft.start, draft.end, (month, day)),
        _ => true,
    }
}

/// The first and last day of a day, month or year that has its year; `None` where there is none.
fn bounds(day: Day) -> Option<(Date, Date)> {
    let year = day.year?;
    match (day.month, day.day) {
        (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (Some(month), None) => {
            let first = Date::new(year, month, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(month), Some(day)) => {
            let date = Date::new(year, month, day).ok()?;
            Some((date, date))
        }
    }
}

/// A day with its year, chosen by the reference where none is written.
fn with_year(day: Day, weekday: Option<Weekday>, cx: &DateContext, future: bool) -> Option<Day> {
    if day.year.is_some() {
        return Some(day);
    }
    let near = nearest(day.month?, day.day?, weekday, cx.reference?, future)?;
    Some(Day::from_date(near))
}

/// The year of a month and day: that whose weekday fits, else the last one up to a few days behind
/// the reference, unless the next one is far nearer or the text looks ahead.
fn nearest(month: i8, day: i8, weekday: Option<Weekday>, today: Date, future: bool) -> Option<Date> {
    let candidates: Vec<Date> = (-4..=4).filter_map(|n| Date::new(today.year() + n, month, day).ok()).collect();
    let distance = |date: &Date| days_between(today, *date);
    if let Some(weekday) = weekday {
        let fitting =
            candidates.iter().filter(|d| d.weekday() == weekday && WEEKDAY_REACH.contains(&distance(d))).min_by_key(|d| distance(d).abs());
        if let Some(date) = fitting {
            return Some(*date);
        }
    }
    let past = candidates.iter().filter(|d| distance(d) <= FEW_DAYS).max();
    let next = candidates.iter().filter(|d| distance(d) >= 0).min();
    match (past, next) {
        (Some(past), Some(next)) => {
            let far_nearer = distance(next) * 3 < -distance(past);
            let ahead = future && distance(next) < 300;
            Some(if ahead || far_nearer { *next } else { *past })
        }
        (past, next) => past.or(next).copied(),
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Words just before a date that say that it is still to come.
const AHEAD: &[&str] = &["次回", "次の", "次は", "来たる", "来る", "upcoming", "Upcoming", "next", "Next"];
/// How many characters before a date they are looked for.
const AHEAD_REACH: usize = 24;

fn looks_ahead(text: &str, draft: &Draft) -> bool {
    if draft.from.year.is_some() {
        return false;
    }
    let head = text.get(..draft.start).unwrap_or_default();
    let from = head.char_indices().rev().take(AHEAD_REACH).last().map_or(0, |(at, _)| at);
    let near = head.get(from..).unwrap_or_default();
    let near = near.rsplit(['。', '\n', '.', '!', '！']).next().unwrap_or(near);
    AHEAD.iter().any(|word| near.contains(word))
}

/// The value and how exact it is.
fn spell(day: Day, first: Date, time: Option<Clock>) -> Option<(String, Precision)> {
    match (day.month, day.day, time) {
        (None, ..) => Some((format!("{:04}", first.year()), Precision::Year)),
        (Some(_), None, _) => {
            let value = format!("{:04}-{:02}", first.year(), first.month());
            Some((value, Precision::Month))
        }
        (Some(_), Some(_), None) => Some((first.to_string(), Precision::Day)),
        (Some(_), Some(_), Some(clock)) => Some((at(first, clock)?, Precision::Minute)),
    }
}

/// A day and a time; hours from 24 on are those of the next day.
fn at(date: Date, clock: Clock) -> Option<String> {
    let days = i64::from(clock.hour / 24);
    let date = date.checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(format!("{date}T{:02}:{:02}", clock.hour % 24, clock.minute))
}

/// The end of a range: the second day, the second time, or both.
fn until(draft: &Draft, first: Date) -> Option<String> {
    let Some(to) = draft.to else {
        let (from, mut until) = (draft.time?, draft.until?);
        if until <= from {
            until.hour += 24;
        }
        return at(first, until);
    };
    let last = second_date(to, first, draft.until.is_some())?;
    match draft.until {
        Some(clock) if to.is_full() => at(last, clock),
        _ => spell(to, last, None).map(|(value, _)| value),
    }
}

/// The second day: in its own year, or in the first one's or the next. It may be the first itself only
/// where a time follows.
fn second_date(to: Day, first: Date, timed: bool) -> Option<Date> {
    let day = to.day.unwrap_or(1);
    if let Some(year) = to.year {
        return Date::new(year, to.month?, day).ok();
    }
    [first.year(), first.year() + 1]
        .iter()
        .filter_map(|year| Date::new(*year, to.month?, day).ok())
        .find(|date| *date > first || (timed && *date == first))
        .filter(|date| days_between(first, *date) <= 120)
}
