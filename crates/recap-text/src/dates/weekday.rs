//! Weekdays beside a date.

use jiff::civil::Weekday;

use super::cursor::Cursor;
use super::lexicon;

/// The weekday behind a date, bracketed or not, and the cursor moved behind it. `Some(None)` where
/// only a holiday stands there (`(祝)`).
pub(super) fn behind(cur: &mut Cursor) -> Option<Option<Weekday>> {
    let mut ahead = *cur;
    ahead.spaces();
    if let Some(found) = bracketed(&mut ahead) {
        *cur = ahead;
        return Some(found);
    }
    ahead.eat(',');
    ahead.spaces();
    let found = cjk_full(&mut ahead).or_else(|| latin(&mut ahead))?;
    *cur = ahead;
    Some(Some(found))
}

/// A weekday's name that does not begin the next date.
fn latin(cur: &mut Cursor) -> Option<Weekday> {
    let mut ahead = *cur;
    let found = lexicon::weekday(&mut ahead)?;
    let mut next = ahead;
    next.eat(',');
    next.spaces();
    if super::tail::bare_date(next).is_some() {
        return None;
    }
    *cur = ahead;
    Some(found)
}

const BRACKETS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('<', '>'), ('【', '】'), ('〔', '〕'), ('〈', '〉'), ('［', '］')];

/// What may stand beside the weekday: holidays and the marks between.
const HOLIDAY: &[&str] = &["祝日", "祝", "休日", "休", "振替", "振", "国民の"];

fn bracketed(cur: &mut Cursor) -> Option<Option<Weekday>> {
    let open = cur.peek()?;
    let (_, close) = *BRACKETS.iter().find(|(o, _)| *o == open)?;
    let mut ahead = *cur;
    ahead.eat(open);
    let (mut weekday, mut any) = (None, false);
    while !ahead.eat(close) {
        if ahead.eat_if(|c| matches!(c, ' ' | '・' | '･' | '/' | ',' | '、' | '·' | '.')) {
            continue;
        }
        let holiday = ahead.eat_any(HOLIDAY);
        if !holiday {
            let found = cjk(&mut ahead).or_else(|| lexicon::weekday(&mut ahead))?;
            if weekday.replace(found).is_some() {
                return None;
            }
        }
        any = true;
    }
    *cur = ahead;
    any.then_some(weekday)
}

const KANJI: &str = "月火水木金土日";
const HANGUL: &str = "월화수목금토일";
const CHINESE: &str = "一二三四五六日";

/// A weekday in kanji or Hangul, with or without its ending.
fn cjk(cur: &mut Cursor) -> Option<Weekday> {
    if let Some(found) = chinese(cur) {
        return Some(found);
    }
    let place = place(cur, KANJI).or_else(|| place(cur, HANGUL))?;
    if cur.eat('曜') {
        cur.eat('日');
    } else {
        cur.eat_any(&["요일"]);
    }
    weekday(place)
}

/// A weekday with its ending, so that it stands for itself: `火曜`, `火曜日`, `화요일`, `星期二`.
pub(super) fn cjk_full(cur: &mut Cursor) -> Option<Weekday> {
    if let Some(found) = chinese(cur) {
        return Some(found);
    }
    let mut ahead = *cur;
    let place = place(&mut ahead, KANJI).or_else(|| place(&mut ahead, HANGUL))?;
    if ahead.eat('曜') {
        ahead.eat('日');
    } else if !ahead.eat_any(&["요일"]) {
        return None;
    }
    *cur = ahead;
    weekday(place)
}

fn chinese(cur: &mut Cursor) -> Option<Weekday> {
    let mut ahead = *cur;
    if !ahead.eat_any(&["星期", "礼拜", "禮拜", "周", "週"]) {
        return None;
    }
    let place = place(&mut ahead, CHINESE).or_else(|| ahead.eat('天').then_some(6))?;
    *cur = ahead;
    weekday(place)
}

/// The place of the next character in a row of weekdays, Monday first.
fn place(cur: &mut Cursor, row: &str) -> Option<usize> {
    let c = cur.peek()?;
    let place = row.chars().position(|w| w == c)?;
    cur.eat(c);
    Some(place)
}

fn weekday(place: usize) -> Option<Weekday> {
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}
