//! Dates with their parts named: `2020年6月16日`, `令和2年6月16日`, `2020년 6월 16일`.

use super::cursor::{Cursor, Number};
use super::draft::{Day, Draft};
use super::{era, tail};

const YEAR: &[&str] = &["年", "년"];
const MONTH: &[&str] = &["月", "월"];
const DAY: &[&str] = &["日", "일", "号", "號"];

/// What behind a year or month makes it a count or a span: `2020年度`, `3月間`.
const NO_POINT: &[&str] = &["度", "代", "間", "ぶり", "前", "後", "物", "目", "号", "版", "生", "卒"];

/// A date that begins with a number: year, month and day, or what there is of them.
pub(super) fn numbered(cur: Cursor) -> Option<Draft> {
    let mut ahead = cur;
    let number = ahead.cjk_number(4)?;
    if cur.before().is_some_and(|c| is_kanji_numeral(c) || "年数第".contains(c)) {
        return None;
    }
    ahead.spaces();
    if ahead.eat_any(YEAR) {
        return from_year(cur, ahead, number.year()?, None);
    }
    let mut end = cur;
    let day = month_and_day(&mut end)?;
    let rule = named(cur, end, ["ja/month-day", "ko/month-day", "zh/month-day"]);
    let draft = Draft::new(cur.pos(), end.pos(), day, rule);
    Some(tail::complete(draft, end))
}

fn is_kanji_numeral(c: char) -> bool {
    "〇一二三四五六七八九十百千".contains(c)
}

/// A date that begins with the name of an era, `len` bytes long.
pub(super) fn in_era(cur: Cursor, len: usize, era: usize) -> Option<Draft> {
    let mut ahead = cur;
    ahead.skip(len);
    ahead.spaces();
    let number = era_number(&mut ahead)?;
    let year = era::year(era, number)?;
    ahead.spaces();
    if ahead.eat_any(YEAR) {
        return from_year(cur, ahead, year, Some(era));
    }
    let day = dotted_rest(&mut ahead, year)?;
    let mut draft = Draft::new(cur.pos(), ahead.pos(), day, "ja/era");
    draft.era = Some(era);
    Some(tail::complete(draft, ahead))
}

fn era_number(cur: &mut Cursor) -> Option<i32> {
    if cur.eat('元') {
        return Some(1);
    }
    cur.cjk_number(3).map(|n| n.value).filter(|n| *n > 0)
}

/// `.6.16` or `/6/16` behind an era's year.
pub(super) fn dotted_rest(cur: &mut Cursor, year: i16) -> Option<Day> {
    let sep = cur.peek().filter(|c| matches!(c, '.' | '/' | '-'))?;
    cur.eat(sep);
    let month = cur.number(1, 2)?.within(12)?;
    let day = cur.eat(sep).then(|| cur.number(1, 2)).flatten()?.within(31)?;
    super::guard::ends_number(*cur).then_some(Day::new(Some(year), Some(month), Some(day)))
}

/// Behind `年`: a month and a day, a month, or nothing.
fn from_year(cur: Cursor, behind: Cursor, year: i16, era: Option<usize>) -> Option<Draft> {
    let (mut day, mut end) = (Day::new(Some(year), None, None), behind);
    let mut ahead = behind;
    ahead.eat('の');
    ahead.spaces();
    if let Some((month, date, after)) = month_part(ahead) {
        day = Day::new(Some(year), Some(month), date);
        end = after;
    }
    if day.day.is_none() && is_no_point(end.rest()) {
        return None;
    }
    let mut draft = Draft::new(cur.pos(), end.pos(), day, rule_of(cur, end, day, era));
    draft.era = era;
    Some(tail::complete(draft, end))
}

/// Whether a year or month is only a part of a longer word.
fn is_no_point(behind: &str) -> bool {
    let halves = ["前半", "前期", "後半", "後期", "前後"];
    NO_POINT.iter().any(|w| behind.starts_with(w)) && !halves.iter().any(|w| behind.starts_with(w))
}

fn rule_of(cur: Cursor, end: Cursor, day: Day, era: Option<usize>) -> &'static str {
    let rules = match (era, day.month, day.day) {
        (Some(_), ..) => return "ja/era",
        (None, None, _) => ["ja/year", "ko/year", "zh/year"],
        (None, Some(_), None) => ["ja/year-month", "ko/year-month", "zh/year-month"],
        (None, Some(_), Some(_)) => ["ja/year-month-day", "ko/year-month-day", "zh/year-month-day"],
    };
    named(cur, end, rules)
}

/// The rule of the language that the written marks belong to: Japanese, Korean, Chinese.
fn named(cur: Cursor, end: Cursor, rules: [&'static str; 3]) -> &'static str {
    let [ja, ko, zh] = rules;
    let written = cur.text().get(cur.pos()..end.pos()).unwrap_or_default();
    if written.contains(['년', '월', '일']) {
        ko
    } else if written.ends_with(['号', '號']) {
        zh
    } else {
        ja
    }
}

/// A month, the day if there is one, and the place behind.
fn month_part(cur: Cursor) -> Option<(i8, Option<i8>, Cursor)> {
    let mut ahead = cur;
    let month = ahead.cjk_number(3)?.within(12)?;
    ahead.spaces();
    if !ahead.eat_any(MONTH) {
        return None;
    }
    let mut behind = ahead;
    behind.spaces();
    match day_part(&mut behind) {
        Some(day) => Some((month, Some(day?), behind)),
        None => Some((month, None, ahead)),
    }
}

/// A number with a day's mark. `Some(None)` where the number is no day of a month.
fn day_part(cur: &mut Cursor) -> Option<Option<i8>> {
    let mut ahead = *cur;
    let number = ahead.cjk_number(3)?;
    ahead.spaces();
    if !ahead.eat_any(DAY) || ahead.rest().starts_with('間') {
        return None;
    }
    *cur = ahead;
    Some(number.within(31))
}

fn month_and_day(cur: &mut Cursor) -> Option<Day> {
    let (month, day, behind) = month_part(*cur)?;
    *cur = behind;
    Some(Day::new(None, Some(month), Some(day?)))
}

/// The month and day, or month, behind a word for the year: `去年の6月16日`.
pub(super) fn in_known_year(cur: &mut Cursor, year: i16) -> Option<Day> {
    let (month, day, behind) = month_part(*cur)?;
    if day.is_none() && is_no_point(behind.rest()) {
        return None;
    }
    *cur = behind;
    Some(Day::new(Some(year), Some(month), day))
}

/// A day alone, behind a word for the month: `先月15日`.
pub(super) fn in_known_month(cur: &mut Cursor) -> Option<i8> {
    day_part(cur)?
}

/// The second day of a range, as much of it as is written: `〜20日`, `〜10月2日`, `〜2021年1月3日`.
pub(super) fn second(cur: &mut Cursor, first: Day) -> Option<Day> {
    let mut ahead = *cur;
    let number: Number = ahead.cjk_number(4)?;
    ahead.spaces();
    if ahead.eat_any(YEAR) {
        let year = number.year()?;
        ahead.spaces();
        let (month, day, behind) = month_part(ahead)?;
        *cur = behind;
        return Some(Day::new(Some(year), Some(month), day));
    }
    if let Some((month, day, behind)) = month_part(*cur) {
        *cur = behind;
        return Some(Day::new(None, Some(month), day));
    }
    let day = day_part(cur)??;
    Some(Day::new(None, first.month, Some(day)))
}

/// A further day behind a date, its year and month those of the mention before: `、19日(土)`.
pub(super) fn listed(cur: Cursor, before: Option<&super::DateMention>) -> Option<Draft> {
    let before = before.filter(|b| b.until.is_none())?;
    let mut ahead = cur;
    ahead.spaces();
    if !(ahead.eat_if(|c| "、,・･&/と".contains(c)) || ahead.eat_any(&["及び", "および"])) {
        return None;
    }
    ahead.spaces();
    let start = ahead.pos();
    let first: jiff::civil::Date = before.value.get(..10)?.parse().ok()?;
    let day = match day_part(&mut ahead) {
        Some(day) => day?,
        None => number_with_weekday(&mut ahead)?,
    };
    let day = Day::new(Some(first.year()), Some(first.month()), Some(day));
    let mut draft = Draft::new(start, ahead.pos(), day, "ja/listed-day");
    draft.relative = !before.year_given;
    Some(tail::complete(draft, ahead))
}

/// `17(水)`: a number that only its weekday makes a day. The cursor stays before the weekday.
fn number_with_weekday(cur: &mut Cursor) -> Option<i8> {
    let day = cur.number(1, 2)?.within(31)?;
    let bracketed = matches!(cur.peek(), Some('(' | '[' | '【'));
    let named = matches!(super::weekday::behind(&mut { *cur }), Some(Some(_)));
    (bracketed && named).then_some(day)
}
