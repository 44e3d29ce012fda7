//! What may follow a day: its weekday, a time, the end of a range.

use super::cursor::{Cursor, is_dash};
use super::draft::{Day, Draft};
use super::{cjk, lexicon, numeric, time, weekday, western};

/// Reads on behind a day and gives the whole expression.
pub(super) fn complete(mut draft: Draft, cur: Cursor) -> Draft {
    let mut cur = cur;
    if draft.from.is_full() {
        read_weekday(&mut draft, &mut cur);
        read_time(&mut draft, &mut cur);
        if draft.until.is_none() {
            read_second_day(&mut draft, &mut cur);
        }
    }
    draft.end = cur.pos();
    draft
}

pub(super) fn read_weekday(draft: &mut Draft, cur: &mut Cursor) {
    if draft.weekday.is_none()
        && let Some(found) = weekday::behind(cur)
    {
        draft.weekday = found;
    }
}

/// What may stand between a day and its time.
const AT: &[&str] = &["at", "from", "um", "ab", "kl", "starting at", "à", "às", "a las", "a partir de", "alle", "om"];

/// Reads a time where one follows, in brackets or not.
pub(super) fn read_time(draft: &mut Draft, cur: &mut Cursor) {
    let mut ahead = *cur;
    let close = time_gap(&mut ahead);
    let Some((from, until)) = time::range(&mut ahead) else {
        return;
    };
    if close && !ahead.eat(')') {
        return;
    }
    // `10:00:00 +0000`, as mail and feeds write it.
    if until.is_none() {
        numeric::offset(&mut ahead);
    }
    draft.time = Some(from);
    draft.until = until;
    *cur = ahead;
}

/// Moves over what joins a time to its day; says whether a bracket was opened.
fn time_gap(cur: &mut Cursor) -> bool {
    let spaced = cur.spaces();
    let mut ahead = *cur;
    let mark = ahead.eat_if(|c| matches!(c, ',' | '、' | 'の' | '@' | '|' | '·' | '・' | '/')) || (spaced && ahead.eat_if(is_dash));
    if mark {
        ahead.spaces();
        *cur = ahead;
    }
    if cur.eat_words(AT) {
        cur.spaces();
    }
    cur.eat('(')
}

/// Reads the second day of a range, with its own weekday and time.
fn read_second_day(draft: &mut Draft, cur: &mut Cursor) {
    let mut ahead = *cur;
    if !time::separator(&mut ahead) {
        return;
    }
    let Some(day) = second_day(&mut ahead, draft) else {
        return;
    };
    draft.to = Some(day);
    weekday::behind(&mut ahead);
    let mut behind = ahead;
    time_gap(&mut behind);
    if let Some((until, None)) = time::range(&mut behind) {
        draft.until = Some(until);
        ahead = behind;
    }
    *cur = ahead;
}

fn second_day(cur: &mut Cursor, draft: &Draft) -> Option<Day> {
    for read in [cjk::second, numeric::second, western::second] {
        let mut ahead = *cur;
        if let Some(day) = read(&mut ahead, draft.from) {
            *cur = ahead;
            return Some(day);
        }
    }
    let mut ahead = *cur;
    let day = numeric::bare_day(&mut ahead, draft)?;
    *cur = ahead;
    Some(day)
}

/// A date at a cursor, by whatever grammar; for dates behind their time or weekday.
pub(super) fn bare_date(cur: Cursor) -> Option<Draft> {
    if cur.peek().is_some_and(|c| c.is_ascii_digit()) {
        return cjk::numbered(cur).or_else(|| numeric::year_first(cur)).or_else(|| western::day_first(cur));
    }
    lexicon::word_at(cur).and_then(|_| western::named(cur))
}
