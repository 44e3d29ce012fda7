//! Dates that are counted from the reference: `昨日`, `先週の土曜`, `two days ago`, `last Saturday`.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::cursor::{Cursor, is_word_char};
use super::draft::{Day, Draft};
use super::lexicon::{self, Kind, Word};
use super::{DateContext, cjk, tail, weekday};

/// The farthest that a number of days is counted.
const MAX_DAYS: i32 = 366;

/// A word for a day, a week, a month or a year.
pub(super) fn word(cur: Cursor, word: Word, cx: &DateContext) -> Option<Draft> {
    let today = cx.reference?;
    let mut end = cur;
    end.skip(word.len);
    match word.kind {
        Kind::Day(n) if !is_part_of_word(cur, end) => draft(cur, end, today.checked_add(Span::new().try_days(n).ok()?).ok()?, day_rule(n)),
        Kind::Week(n) => in_week(cur, end, today, n),
        Kind::MonthOf(n) => in_month(cur, end, today, n),
        Kind::YearOf(n) => in_year(cur, end, today, n),
        _ => None,
    }
}

/// Names and set phrases that begin with a word for a day.
fn is_part_of_word(cur: Cursor, end: Cursor) -> bool {
    let behind = ["香", "菜", "奈", "美", "葉", "性", "的", "この頃", "こそ", "a0"];
    behind.iter().any(|w| end.rest().starts_with(w)) || cur.before() == Some('再')
}

fn day_rule(n: i32) -> &'static str {
    match n {
        -1 => "relative/yesterday",
        0 => "relative/today",
        1 => "relative/tomorrow",
        _ => "relative/day",
    }
}

/// A day that was counted, with the time that may follow.
fn draft(cur: Cursor, end: Cursor, date: Date, rule: &'static str) -> Option<Draft> {
    let mut draft = Draft::new(cur.pos(), end.pos(), Day::from_date(date), rule);
    draft.relative = true;
    let mut end = end;
    tail::read_time(&mut draft, &mut end);
    draft.end = end.pos();
    Some(draft)
}

/// `先週の土曜`.
fn in_week(cur: Cursor, end: Cursor, today: Date, n: i32) -> Option<Draft> {
    let mut end = end;
    end.eat('の');
    end.spaces();
    let day = weekday::cjk_full(&mut end)?;
    draft(cur, end, week_day(today, n, day)?, "relative/week-weekday")
}

/// `先月15日`, `先月`.
fn in_month(cur: Cursor, end: Cursor, today: Date, n: i32) -> Option<Draft> {
    let month = today.first_of_month().checked_add(n.months()).ok()?;
    let mut ahead = end;
    ahead.eat('の');
    ahead.spaces();
    let mut draft = if let Some(day) = cjk::in_known_month(&mut ahead) {
        let day = Day::new(Some(month.year()), Some(month.month()), Some(day));
        let draft = Draft::new(cur.pos(), ahead.pos(), day, "relative/month-day");
        tail::complete(draft, ahead)
    } else {
        if end.rest().starts_with('号') || end.rest().starts_with("の号") {
            return None;
        }
        let day = Day::new(Some(month.year()), Some(month.month()), None);
        Draft::new(cur.pos(), end.pos(), day, "relative/month")
    };
    draft.relative = true;
    Some(draft)
}

/// `去年の6月16日`; the year alone is no date.
fn in_year(cur: Cursor, end: Cursor, today: Date, n: i32) -> Option<Draft> {
    let year = i16::try_from(i32::from(today.year()) + n).ok()?;
    let mut end = end;
    end.eat('の');
    end.eat('、');
    end.spaces();
    let day = cjk::in_known_year(&mut end, year)?;
    let rule = if day.is_full() { "relative/year-month-day" } else { "relative/year-month" };
    let draft = Draft::new(cur.pos(), end.pos(), day, rule);
    let mut draft = tail::complete(draft, end);
    draft.relative = true;
    Some(draft)
}

/// `last Saturday`, `next Wednesday`, `this Friday`.
pub(super) fn weekday(cur: Cursor, word: Word, cx: &DateContext) -> Option<Draft> {
    let today = cx.reference?;
    let mut end = cur;
    end.skip(word.len);
    end.spaces();
    let day = lexicon::weekday(&mut end)?;
    let date = match word.kind {
        Kind::Last => today.nth_weekday(-1, day).ok()?,
        // Also where this week's is still to come.
        Kind::Next => week_day(today, 1, day)?,
        _ => on_or_after(today, day)?,
    };
    let named = cur.text().get(cur.pos()..end.pos())?;
    let end = if named.ends_with('.') { cut_stop(cur, end) } else { end };
    draft(cur, end, date, "relative/weekday")
}

/// Gives back the full stop behind a weekday, which ends the sentence.
fn cut_stop<'t>(cur: Cursor<'t>, end: Cursor<'t>) -> Cursor<'t> {
    Cursor::new(cur.text(), end.pos().saturating_sub(1))
}

/// The day of the week that is `n` weeks from the reference's; weeks begin on Monday.
fn week_day(today: Date, n: i32, day: Weekday) -> Option<Date> {
    let to_monday = i32::from(today.weekday().to_monday_zero_offset());
    let days = n * 7 + i32::from(day.to_monday_zero_offset()) - to_monday;
    today.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn on_or_after(today: Date, day: Weekday) -> Option<Date> {
    if today.weekday() == day {
        return Some(today);
    }
    today.nth_weekday(1, day).ok()
}

/// `3日前`, `two days ago`.
pub(super) fn ago(cur: Cursor, cx: &DateContext) -> Option<Draft> {
    let today = cx.reference?;
    let mut end = cur;
    let (days, rule) = japanese_ago(&mut end).or_else(|| english_ago(&mut end))?;
    if !(1..=MAX_DAYS).contains(&days.abs()) {
        return None;
    }
    let date = today.checked_add(Span::new().try_days(days).ok()?).ok()?;
    let mut draft = Draft::new(cur.pos(), end.pos(), Day::from_date(date), rule);
    draft.relative = true;
    Some(draft)
}

/// Counted from now only where no other point is named: not `開催の3日前まで`.
fn japanese_ago(cur: &mut Cursor) -> Option<(i32, &'static str)> {
    let anchored = cur.before().is_some_and(|c| "のはらよ約".contains(c) || c.is_alphabetic() && !c.is_ascii() && !is_kana(c));
    let mut ahead = *cur;
    let number = ahead.cjk_number(3)?;
    ahead.spaces();
    if anchored || !ahead.eat('日') {
        return None;
    }
    let sign = if ahead.eat('前') {
        -1
    } else if ahead.eat('後') {
        1
    } else {
        return None;
    };
    if ahead.rest().starts_with("まで") || ahead.rest().starts_with("から") {
        return None;
    }
    *cur = ahead;
    Some((sign * number.value, "relative/days"))
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

fn english_ago(cur: &mut Cursor) -> Option<(i32, &'static str)> {
    let mut ahead = *cur;
    let count = match ahead.number(1, 3) {
        Some(number) => number.value,
        None => {
            let word = lexicon::word_at(ahead)?;
            let Kind::Count(n) = word.kind else {
                return None;
            };
            ahead.skip(word.len);
            n
        }
    };
    ahead.spaces();
    let unit = if ahead.eat_words(&["day", "days"]) {
        1
    } else {
        return None;
    };
    ahead.spaces();
    if !ahead.eat_word("ago") || ahead.peek().is_some_and(is_word_char) {
        return None;
    }
    *cur = ahead;
    Some((-count * unit, "relative/days"))
}
