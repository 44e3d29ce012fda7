//! Times of day and their ranges.

use super::cursor::{Cursor, Number, is_dash, is_tilde, is_word_char};
use super::draft::Draft;

/// A time of day; hours from 24 on belong to the next day, as in `25:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
}

/// The latest hour that is written for the night after a day.
const MAX_HOUR: i32 = 29;

/// Half of the day that a word before or behind the hour gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
    /// Around noon: 11 and 12 as they are, 1 to 5 in the afternoon.
    Noon,
}

/// How a time was written.
#[derive(Debug, Clone, Copy)]
struct Reading {
    hour: i32,
    minute: i32,
    half: Option<Half>,
    /// Whether it can be nothing but a time: it has minutes behind a colon, a half or a word.
    sure: bool,
}

const HALVES: &[(&str, Half)] = &[
    ("午前", Half::Am),
    ("朝", Half::Am),
    ("午後", Half::Pm),
    ("夕方", Half::Pm),
    ("夜", Half::Pm),
    ("晩", Half::Pm),
    ("お昼", Half::Noon),
    ("昼", Half::Noon),
    ("오전", Half::Am),
    ("오후", Half::Pm),
    ("上午", Half::Am),
    ("早上", Half::Am),
    ("下午", Half::Pm),
    ("晚上", Half::Pm),
    ("AM", Half::Am),
    ("PM", Half::Pm),
    ("am", Half::Am),
    ("pm", Half::Pm),
    ("ＡＭ", Half::Am),
    ("ＰＭ", Half::Pm),
];

/// A time, or a time and the one it lasts until.
pub(super) fn range(cur: &mut Cursor) -> Option<(Clock, Option<Clock>)> {
    if let Some(noon) = named(cur) {
        return Some((noon, None));
    }
    let mut ahead = *cur;
    let first = reading(&mut ahead)?;
    let mut behind = ahead;
    let second = separator(&mut behind).then(|| reading(&mut behind)).flatten().filter(|second| second.sure);
    let Some(second) = second else {
        let clock = first.clock(first.half)?;
        *cur = ahead;
        return first.sure.then_some((clock, None));
    };
    let (from, to) = both(first, second)?;
    *cur = behind;
    Some((from, Some(to)))
}

/// One half may serve both ends: `7-9pm`, `午後7時〜9時`.
fn both(first: Reading, second: Reading) -> Option<(Clock, Clock)> {
    let shared = first.half.or(second.half);
    let mut from = first.clock(shared)?;
    let mut to = second.clock(second.half)?;
    if first.half.is_none() && second.half == Some(Half::Pm) && from > to {
        from = first.clock(Some(Half::Am))?;
    }
    let inherits = first.half.is_some_and(|h| h != Half::Am) && second.half.is_none();
    if inherits && to < from && to.hour < 12 {
        let later = second.clock(Some(Half::Pm))?;
        to = if later > from { later } else { to };
    }
    Some((from, to))
}

/// What stands between the two ends of a range.
pub(super) fn separator(cur: &mut Cursor) -> bool {
    let mut ahead = *cur;
    ahead.spaces();
    let found = ahead.eat_if(|c| is_tilde(c) || is_dash(c) || c == '→')
        || ahead.eat_any(&["から", "より", "부터", "至", "到"])
        || ahead.eat_words(&["to", "until", "till", "til", "through", "thru", "bis", "à", "au", "al", "a", "até", "tot"]);
    if !found {
        return false;
    }
    ahead.spaces();
    *cur = ahead;
    true
}

impl Reading {
    fn clock(self, half: Option<Half>) -> Option<Clock> {
        let hour = match (half, self.hour) {
            (Some(Half::Am), 12) => 0,
            (Some(Half::Pm), 1..=11) | (Some(Half::Noon), 1..=5) => self.hour + 12,
            (_, hour) => hour,
        };
        let fits = (0..=MAX_HOUR).contains(&hour) && (0..60).contains(&self.minute);
        fits.then_some(Clock { hour: i8::try_from(hour).ok()?, minute: i8::try_from(self.minute).ok()? })
    }
}

fn named(cur: &mut Cursor) -> Option<Clock> {
    let noon = cur.eat_any(&["正午"]) || cur.eat_words(&["noon", "midday"]);
    noon.then_some(Clock { hour: 12, minute: 0 })
}

fn reading(cur: &mut Cursor) -> Option<Reading> {
    let mut ahead = *cur;
    let half = half_before(&mut ahead);
    let hour = ahead.number(1, 2)?;
    let mut read = Reading { hour: hour.value, minute: 0, half, sure: false };
    let known = colon_minutes(&mut ahead, &mut read, hour) || hour_word(&mut ahead, &mut read) || latin_hour(&mut ahead, &mut read);
    if half.is_none() {
        half_behind(&mut ahead, &mut read);
    }
    let bare = !known && read.half.is_none();
    if (bare && ahead.peek().is_some_and(joins_bare_hour)) || (half.is_some() && !known) {
        return None;
    }
    *cur = ahead;
    Some(read)
}

/// What makes a bare number no hour of a range.
fn joins_bare_hour(c: char) -> bool {
    is_word_char(c) || matches!(c, '/' | '.' | ',' | '%' | ':' | '日' | '月' | '年' | '人' | '名')
}

fn half_before(cur: &mut Cursor) -> Option<Half> {
    let (word, half) = HALVES.iter().find(|(w, _)| cur.rest().starts_with(w))?;
    cur.skip(word.len());
    cur.eat('の');
    cur.spaces();
    Some(*half)
}

/// `:30`, `:30:00`; two digits each.
fn colon_minutes(cur: &mut Cursor, read: &mut Reading, hour: Number) -> bool {
    let mut ahead = *cur;
    if !ahead.eat(':') {
        return british_minutes(cur, read, hour);
    }
    let Some(minute) = ahead.number(2, 2) else {
        return false;
    };
    let mut seconds = ahead;
    if seconds.eat(':') && seconds.number(2, 2).is_some() {
        ahead = seconds;
        let mut fraction = ahead;
        if fraction.eat('.') && fraction.number(1, 9).is_some() {
            ahead = fraction;
        }
    }
    let mut uhr = ahead;
    uhr.spaces();
    if uhr.eat_words(&["Uhr"]) {
        ahead = uhr;
    }
    *cur = ahead;
    read.minute = minute.value;
    read.sure = true;
    true
}

/// `7.30pm`, `at 18.30`, `18.30–21.00`: only where something else tells a time.
fn british_minutes(cur: &mut Cursor, read: &mut Reading, hour: Number) -> bool {
    let mut ahead = *cur;
    let minute = ahead.eat('.').then(|| ahead.number(2, 2)).flatten();
    let mut half = *read;
    let Some(minute) = minute.filter(|m| read.half.is_none() && hour.value <= 24 && m.value < 60) else {
        return false;
    };
    let mut after = ahead;
    half_behind(&mut after, &mut half);
    let halved = half.half.is_some() && hour.value <= 12;
    if !halved && !is_called_time(*cur) && !lasts(ahead) {
        return false;
    }
    *cur = ahead;
    read.minute = minute.value;
    read.sure = true;
    true
}

/// Whether `at` or the like, or the start of a range with a full stop, stands before the hour that ends here.
fn is_called_time(behind_hour: Cursor) -> bool {
    let before = behind_hour.text().get(..behind_hour.pos()).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = before.trim_end();
    let spaced = word.len() < before.len();
    // The end of `18.30–21.00`.
    let first = word.trim_end_matches(|c: char| is_dash(c) || is_tilde(c) || c == ' ');
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let dotted =
        first.len() < word.len() && digits(first) == 2 && first[..first.len() - 2].strip_suffix('.').is_some_and(|h| digits(h) > 0);
    dotted || word.ends_with('@') || spaced && ["at", "from", "um", "ab", "kl.", "klo", "à"].iter().any(|at| ends_with_word(word, at))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(is_word_char))
}

/// Whether another time with a full stop follows, up to which it lasts.
fn lasts(cur: Cursor) -> bool {
    let mut ahead = cur;
    let minute = separator(&mut ahead) && ahead.number(1, 2).is_some_and(|h| h.value <= 24) && ahead.eat('.');
    let minute = minute.then(|| ahead.number(2, 2)).flatten();
    minute.is_some_and(|m| m.value < 60) && !ahead.peek().is_some_and(|c| is_word_char(c) || c == '.')
}

/// `時`, `時30分`, `時半`; not `時間`.
fn hour_word(cur: &mut Cursor, read: &mut Reading) -> bool {
    let mut ahead = *cur;
    ahead.spaces();
    let hour_mark = ["時", "时", "點", "点", "시"];
    if !ahead.eat_any(&hour_mark) || is_duration(ahead) {
        return false;
    }
    *cur = ahead;
    read.sure = true;
    ahead.spaces();
    if ahead.eat_any(&["半", "반"]) {
        *cur = ahead;
        read.minute = 30;
    } else if let Some(minute) = ahead.number(1, 2)
        && ahead.eat_any(&["分", "분"])
    {
        *cur = ahead;
        read.minute = minute.value;
    }
    true
}

fn is_duration(cur: Cursor) -> bool {
    ["間", "间", "間", "간", "点", "期", "代", "給", "短"].iter().any(|word| cur.rest().starts_with(word))
}

/// `19h`, `19h30`, `19 Uhr`.
fn latin_hour(cur: &mut Cursor, read: &mut Reading) -> bool {
    let mut ahead = *cur;
    ahead.spaces();
    if ahead.eat_words(&["Uhr"]) {
        *cur = ahead;
        read.sure = true;
        return true;
    }
    let mut ahead = *cur;
    if !ahead.eat_if(|c| c == 'h' || c == 'H') {
        return false;
    }
    if let Some(minute) = ahead.number(2, 2) {
        read.minute = minute.value;
    }
    if ahead.peek().is_some_and(is_word_char) {
        return false;
    }
    *cur = ahead;
    read.sure = true;
    true
}

/// `pm`, ` PM`, ` p.m.`
fn half_behind(cur: &mut Cursor, read: &mut Reading) {
    let mut ahead = *cur;
    ahead.spaces();
    let half = match ahead.peek() {
        Some('a' | 'A') => Half::Am,
        Some('p' | 'P') => Half::Pm,
        _ => return,
    };
    ahead.eat_if(|_| true);
    let dotted = ahead.eat('.');
    let m = ahead.eat_if(|c| c == 'm' || c == 'M');
    if !m || ahead.peek().is_some_and(is_word_char) || !(1..=12).contains(&read.hour) {
        return;
    }
    if dotted {
        ahead.eat('.');
    }
    *cur = ahead;
    read.half = Some(half);
    read.sure = true;
}

/// A time with its date behind it: `7:30 PM · Jun 16, 2020`, `午後7:30 · 2020年6月16日`. The cursor is
/// at the hour.
pub(super) fn before_date(cur: Cursor) -> Option<Draft> {
    let start = half_start(cur);
    let mut ahead = Cursor::new(cur.text(), start);
    let (time, until) = range(&mut ahead)?;
    let spaced = ahead.spaces();
    let mut on = ahead;
    let joined = on.eat_if(|c| matches!(c, '·' | '・' | ',' | '|')) || on.eat_words(&["on"]);
    let dashed = !joined && spaced && on.eat_if(is_dash);
    if !(joined || dashed) {
        return None;
    }
    on.spaces();
    let mut draft = super::tail::bare_date(on)?;
    let clear = draft.from.is_full() && draft.time.is_none() && (!dashed || draft.from.year.is_some());
    draft.start = start;
    draft.time = Some(time);
    draft.until = until;
    clear.then_some(draft)
}

/// Where the word for the half of the day before an hour begins; the hour itself without one.
fn half_start(hour: Cursor) -> usize {
    let head = hour.text().get(..hour.pos()).unwrap_or_default();
    HALVES.iter().find(|(word, _)| head.ends_with(word)).map_or(hour.pos(), |(word, _)| hour.pos() - word.len())
}
