//! Dates in digits: `2020-06-16`, `2020/6/16`, `16.06.2020`, `6/16`.

use super::cursor::{Cursor, Number, is_dash, is_word_char};
use super::draft::{Day, Draft, Need};
use super::{DateContext, cjk, era, guard, tail, time};

/// A date in digits that begins at a cursor.
pub(super) fn dated(cur: Cursor, cx: &DateContext) -> Option<Draft> {
    year_first(cur).or_else(|| year_last(cur, cx)).or_else(|| short_year(cur)).or_else(|| month_and_day(cur))
}

/// Two numbers with a mark between.
struct Pair {
    first: Number,
    second: Number,
    mark: char,
}

fn pair(cur: &mut Cursor, digits: usize) -> Option<Pair> {
    let first = cur.number(1, digits)?;
    let mark = mark(cur)?;
    let second = cur.number(1, 2)?;
    Some(Pair { first, second, mark })
}

/// `/`, `-` or `.`; a full stop may have a space behind it.
fn mark(cur: &mut Cursor) -> Option<char> {
    let c = cur.peek()?;
    let mark = match c {
        '/' | '.' => c,
        c if is_dash(c) => '-',
        _ => return None,
    };
    cur.eat(c);
    if mark == '.' {
        cur.spaces();
    }
    Some(mark)
}

/// `2020-06-16`, with what ISO 8601 puts behind.
pub(super) fn year_first(cur: Cursor) -> Option<Draft> {
    let mut ahead = cur;
    let Pair { first, second, mark: sep } = pair(&mut ahead, 4)?;
    let (year, month) = (first.year()?, second.within(12)?);
    if sep == '.' && guard::is_version(cur) {
        return None;
    }
    let third = (mark(&mut ahead)? == sep).then(|| ahead.number(1, 2))??;
    let day = Day::new(Some(year), Some(month), Some(third.within(31)?));
    let iso = sep == '-' && second.digits == 2 && third.digits == 2;
    let rule = if iso { "iso" } else { "numeric/year-month-day" };
    let mut draft = Draft::new(cur.pos(), ahead.pos(), day, rule);
    if let Some(done) = iso_time(&mut draft, ahead) {
        return Some(done);
    }
    if sep == '.' {
        korean_stop(&mut ahead);
    }
    guard::ends_number(ahead).then(|| tail::complete(draft, ahead))
}

/// `2020. 6. 16.`: the last stop belongs to the date where it does not end a sentence.
fn korean_stop(cur: &mut Cursor) {
    let mut ahead = *cur;
    if ahead.eat('.') && ahead.peek().is_some_and(|c| matches!(c, '(' | ' ')) {
        let mut space = ahead;
        space.spaces();
        if space.peek().is_some_and(|c| c == '(' || c.is_ascii_digit() || c == '오') {
            *cur = ahead;
        }
    }
}

/// `T19:00:00+09:00`, ` 19:00:00 +0900`: the time as written, the offset read over.
fn iso_time(draft: &mut Draft, cur: Cursor) -> Option<Draft> {
    let mut ahead = cur;
    let joined = ahead.eat_if(|c| c == 'T' || c == 't');
    if !joined && !ahead.spaces() {
        return None;
    }
    let (from, until) = time::range(&mut ahead)?;
    let whole = cur.text().get(cur.pos()..ahead.pos())?.contains([':', '：']);
    if until.is_some() || !whole {
        return None;
    }
    let zoned = offset(&mut ahead);
    if !(joined || zoned) || (joined && !guard::ends_number(ahead)) {
        return None;
    }
    draft.time = Some(from);
    draft.end = ahead.pos();
    Some(draft.clone())
}

/// `Z`, `+09:00`, `+0900`, ` -07`.
pub(super) fn offset(cur: &mut Cursor) -> bool {
    let mut ahead = *cur;
    let spaced = ahead.spaces();
    if !spaced && ahead.eat_if(|c| c == 'Z' || c == 'z') {
        *cur = ahead;
        return true;
    }
    if !ahead.eat_if(|c| matches!(c, '+' | '-' | '\u{2212}')) {
        return false;
    }
    let Some(hours) = ahead.number(2, 4) else {
        return false;
    };
    if spaced && hours.digits != 4 {
        return false;
    }
    let mut minutes = ahead;
    if hours.digits == 2 && minutes.eat(':') && minutes.number(2, 2).is_some() {
        ahead = minutes;
    }
    *cur = ahead;
    true
}

/// `16.06.2020`, `06/16/2020`: which comes first is plain from the numbers, the mark or the language.
fn year_last(cur: Cursor, cx: &DateContext) -> Option<Draft> {
    let mut ahead = cur;
    let Pair { first, second, mark: sep } = pair(&mut ahead, 2)?;
    let year = (mark(&mut ahead)? == sep).then(|| ahead.number(4, 4))??.year()?;
    if !guard::ends_number(ahead) {
        return None;
    }
    let day_first = first.value > 12 || sep == '.' || is_day_first(cx);
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    let american = cx.lang.is_some_and(|tag| tag.eq_ignore_ascii_case("en-us"));
    let unsure = !(day_first || american) && second.value <= 12 && first.value != second.value;
    let rule = if day_first { "numeric/day-month-year" } else { "numeric/month-day-year" };
    let day = Day::new(Some(year), Some(month.within(12)?), Some(day.within(31)?));
    let mut draft = Draft::new(cur.pos(), ahead.pos(), day, rule);
    if unsure {
        draft.need = Need::Weekday;
    }
    Some(tail::complete(draft, ahead))
}

fn is_day_first(cx: &DateContext) -> bool {
    if cx.lang.is_some_and(|tag| ["en-gb", "en-au", "en-nz", "en-ie"].iter().any(|t| tag.eq_ignore_ascii_case(t))) {
        return true;
    }
    cx.speaks(&["fr", "de", "es", "pt", "it", "nl", "pl", "cs", "ru", "sv", "da", "fi", "tr", "el"])
}

/// `'20/6/16`; the start is the apostrophe.
fn short_year(cur: Cursor) -> Option<Draft> {
    let mut ahead = cur;
    let year = ahead.number(2, 2)?;
    let day = cjk::dotted_rest(&mut ahead, i16::try_from(2000 + year.value).ok()?)?;
    let quote = cur.before().filter(|c| matches!(c, '\'' | '’' | '‘'))?;
    let start = cur.pos() - len_before(cur, quote)?;
    let draft = Draft::new(start, ahead.pos(), day, "numeric/short-year");
    Some(tail::complete(draft, ahead))
}

/// The bytes of the character before the cursor, if it is this one.
fn len_before(cur: Cursor, quote: char) -> Option<usize> {
    let written = cur.text().get(..cur.pos())?.chars().next_back()?;
    (crate::width::narrow(written) == quote).then_some(written.len_utf8())
}

/// `6/16`: believed with a weekday, a time or fitting surroundings.
fn month_and_day(cur: Cursor) -> Option<Draft> {
    let mut ahead = cur;
    let pair = pair(&mut ahead, 2)?;
    let (month, day) = (pair.first.within(12)?, pair.second.within(31)?);
    if pair.mark != '/' || !guard::ends_number(ahead) || bars_month_and_day(cur) {
        return None;
    }
    let day = Day::new(None, Some(month), Some(day));
    let draft = Draft::new(cur.pos(), ahead.pos(), day, "numeric/month-day");
    let mut draft = tail::complete(draft, ahead);
    let plain = draft.weekday.is_none() && draft.time.is_none();
    if plain && !is_whole_range(&draft, ahead) {
        draft.need = Need::Surroundings;
    }
    Some(draft)
}

/// Whether both days of a range have their month: `11/30〜12/1`. The cursor is behind the first.
fn is_whole_range(draft: &Draft, behind: Cursor) -> bool {
    let second = behind.text().get(behind.pos()..draft.end).unwrap_or_default();
    draft.to.is_some() && second.contains(['/', '／', '月'])
}

/// Part of a longer row of numbers or a ratio: `1-6/16`, `~6/16`.
fn bars_month_and_day(cur: Cursor) -> bool {
    cur.before().is_some_and(|c| c == ':' || (is_dash(c) && !c.is_alphabetic()) || c == '第')
}

/// The second day of a range in digits: `〜12/1`, `〜2019/12/1`.
pub(super) fn second(cur: &mut Cursor, first: Day) -> Option<Day> {
    let mut ahead = *cur;
    let Pair { first: a, second: b, mark: sep } = pair(&mut ahead, 4)?;
    let mut third = ahead;
    let day = match (a.year(), mark(&mut third).filter(|m| *m == sep)) {
        (Some(year), Some(_)) => {
            let day = third.number(1, 2)?;
            ahead = third;
            Day::new(Some(year), Some(b.within(12)?), Some(day.within(31)?))
        }
        (None, None) if a.digits <= 2 && first.month.is_some() => Day::new(None, Some(a.within(12)?), Some(b.within(31)?)),
        _ => return None,
    };
    if !guard::ends_number(ahead) {
        return None;
    }
    *cur = ahead;
    Some(day)
}

/// The second day of a range where only its number is written: `9/18(金)-20(日)`, `2020/9/18-20`, `9/18~20に`.
pub(super) fn bare_day(cur: &mut Cursor, draft: &Draft) -> Option<Day> {
    let numeric = draft.rule.starts_with("numeric/");
    let mut ahead = *cur;
    let number = ahead.number(1, 2)?;
    let later = draft.from.day.is_some_and(|d| number.value > i32::from(d));
    if !numeric || !later || !guard::ends_number(ahead) {
        return None;
    }
    let mut behind = ahead;
    let weekday = super::weekday::behind(&mut behind).is_some();
    let counted = ahead.peek().is_some_and(|c| c.is_alphabetic() && !is_particle(c) || c == ':');
    if !weekday && (counted || draft.weekday.is_some()) {
        return None;
    }
    *cur = ahead;
    Some(Day::new(None, draft.from.month, Some(number.within(31)?)))
}

/// Hiragana behind a number is a particle; what counts things is written otherwise.
fn is_particle(c: char) -> bool {
    ('\u{3041}'..='\u{3096}').contains(&c)
}

/// `R2.6.16`, `H30.4.1`, `R2年6月16日`: an era by its initial. The cursor is at the year. Plain versions
/// (`R4.1.2`) are kept out: two digits or a weekday must be there.
pub(super) fn behind_initial(cur: Cursor) -> Option<Draft> {
    let initial = cur.before()?;
    let era = era::by_initial(initial)?;
    let start = cur.pos() - len_before(cur, initial)?;
    if Cursor::new(cur.text(), start).before().is_some_and(is_word_char) {
        return None;
    }
    let mut end = cur;
    let year = era::year(era, end.number(1, 2)?.value)?;
    let day = if end.eat('年') { cjk::in_known_year(&mut end, year)? } else { cjk::dotted_rest(&mut end, year)? };
    let written = cur.text().get(cur.pos()..end.pos())?;
    let mut draft = Draft::new(start, end.pos(), day, "ja/era");
    draft.era = Some(era);
    let draft = tail::complete(draft, end);
    let sure = written.contains('年') || written.chars().count() > "4.1.2".len();
    (sure || draft.weekday.is_some()).then_some(draft)
}
