//! Dates with the month's name: `June 16, 2020`, `16 juin 2020`, `16. Juni 2020`.

use super::cursor::{Cursor, is_dash, is_word_char};
use super::draft::{Day, Draft};
use super::lexicon::{self, Month};
use super::{numeric, tail, time};

/// Words between a day and its month, or a month and its year.
const OF: &[&str] = &["of", "de", "del", "do", "d"];

/// The longest name of a time zone (`AEST`).
const MAX_ZONE_NAME: usize = 5;

/// A date that begins with a weekday or a month.
pub(super) fn named(cur: Cursor) -> Option<Draft> {
    let mut ahead = cur;
    let Some(weekday) = lexicon::weekday(&mut ahead) else {
        return month_first(cur);
    };
    ahead.spaces();
    ahead.eat(',');
    ahead.spaces();
    if ahead.eat_words(&["the", "le", "den", "el"]) {
        ahead.spaces();
    }
    let read = if ahead.peek().is_some_and(|c| c.is_ascii_digit()) {
        day_first(ahead).or_else(|| numeric::year_first(ahead))
    } else {
        month_first(ahead)
    };
    let mut draft = read.filter(|d| d.from.is_full())?;
    draft.start = cur.pos();
    draft.weekday = Some(weekday);
    Some(draft)
}

/// `June 16, 2020`, `June 16-18, 2020`, `June 2020`.
fn month_first(cur: Cursor) -> Option<Draft> {
    let mut ahead = cur;
    let month = lexicon::month(&mut ahead)?;
    if ahead.eat_if(is_dash) {
        return hyphenated(cur, ahead, month);
    }
    ahead.spaces();
    if let Some(draft) = month_and_year(cur, ahead, month) {
        return Some(draft);
    }
    let mut end = ahead;
    let day = day_number(&mut end)?;
    let mut dates = Dates::new(month, day);
    dates.read_second(&mut end, true);
    tweet_time(&mut dates, &mut end);
    dates.read_year(&mut end);
    dates.finish(cur, end, "month-day")
}

/// `Jun-16-2020`.
fn hyphenated(cur: Cursor, behind: Cursor, month: Month) -> Option<Draft> {
    let mut end = behind;
    let day = end.number(1, 2)?.within(31)?;
    let year = end.eat_if(is_dash).then(|| end.number(4, 4)).flatten()?.year()?;
    let mut dates = Dates::new(month, day);
    dates.day.year = Some(year);
    dates.finish(cur, end, "month-day")
}

fn month_and_year(cur: Cursor, behind: Cursor, month: Month) -> Option<Draft> {
    let mut end = behind;
    end.eat(',');
    end.spaces();
    if end.eat_words(OF) {
        end.spaces();
    }
    let year = end.number(4, 4)?.year()?;
    let behind = end.peek();
    if behind.is_some_and(|c| is_word_char(c) || c == ':') {
        return None;
    }
    let day = Day::new(Some(year), Some(month.number), None);
    let rule = rule(month.lang, "month-year");
    Some(Draft::new(cur.pos(), end.pos(), day, rule))
}

/// `16 June 2020`, `16th of June`, `16. Juni 2020`, `16–18 June 2020`, `30 June – 2 July 2020`.
pub(super) fn day_first(cur: Cursor) -> Option<Draft> {
    let mut end = cur;
    let first = end.number(1, 2)?.within(31)?;
    ordinal(&mut end);
    let mut second = None;
    let mut ahead = end;
    ahead.eat('.');
    if let Some(join) = join(&mut ahead)
        && let Some(day) = ahead.number(1, 2).and_then(|n| n.within(31))
        && join.spans(first, day)
    {
        ordinal(&mut ahead);
        second = Some(day);
        end = ahead;
    }
    let month = month_behind_day(&mut end)?;
    let mut dates = Dates::new(month, first);
    dates.second = second.map(|day| Day::new(None, Some(month.number), Some(day)));
    dates.read_year(&mut end);
    if second.is_none() {
        dates.read_second(&mut end, false);
    }
    dates.finish(cur, end, "day-month")
}

fn month_behind_day(cur: &mut Cursor) -> Option<Month> {
    if cur.eat('.') || cur.eat_if(is_dash) {
        cur.spaces();
    } else if !cur.spaces() {
        return None;
    }
    if cur.eat_words(OF) && !cur.eat('\'') {
        cur.spaces();
    }
    lexicon::month(cur)
}

fn ordinal(cur: &mut Cursor) {
    let mut ahead = *cur;
    if ahead.eat_words(&["st", "nd", "rd", "th", "er", "ST", "ND", "RD", "TH"]) || ahead.eat_if(|c| c == 'º' || c == 'ª') {
        *cur = ahead;
    }
}

/// A day of the month behind its month; nothing where the number goes on as something else.
fn day_number(cur: &mut Cursor) -> Option<i8> {
    if cur.eat_words(&["the"]) {
        cur.spaces();
    }
    let mut ahead = *cur;
    let day = ahead.number(1, 2)?.within(31)?;
    ordinal(&mut ahead);
    let next_digit = ahead.peek_second().is_some_and(|c| c.is_ascii_digit());
    let goes_on = ahead.peek().is_some_and(|c| is_word_char(c) || matches!(c, '%' | '/') || (matches!(c, ':' | '.') && next_digit));
    let thousands = {
        let mut comma = ahead;
        comma.eat(',') && comma.number(3, 3).is_some()
    };
    if goes_on || thousands {
        return None;
    }
    *cur = ahead;
    Some(day)
}

/// What stands between two days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// From one to the other.
    Range,
    /// Both; a range only of two days that follow each other.
    And,
}

fn join(cur: &mut Cursor) -> Option<Join> {
    let mut ahead = *cur;
    if time::separator(&mut ahead) {
        *cur = ahead;
        // `Fri 19 - Sat 20 June`
        if lexicon::weekday(&mut ahead).is_some() && ahead.spaces() {
            *cur = ahead;
        }
        return Some(Join::Range);
    }
    ahead.spaces();
    let found = ahead.eat_if(|c| matches!(c, '&' | '+')) || ahead.eat_words(&["and", "et", "und", "y", "e", "en"]);
    ahead.spaces();
    if !found {
        return None;
    }
    *cur = ahead;
    Some(Join::And)
}

/// A comma before another month's day: `November 30, December 1`.
fn comma(cur: &mut Cursor) -> Option<Join> {
    let mut ahead = *cur;
    let found = ahead.eat(',') && ahead.spaces() && lexicon::month(&mut ahead.clone()).is_some();
    *cur = if found { ahead } else { *cur };
    found.then_some(Join::And)
}

impl Join {
    /// Whether two days of one month, joined so, are a range.
    fn spans(self, first: i8, second: i8) -> bool {
        match self {
            Self::Range => second > first,
            Self::And => second == first + 1,
        }
    }
}

/// The days of one expression while it is read.
struct Dates {
    month: Month,
    day: Day,
    second: Option<Day>,
    second_year: Option<i16>,
    time: Option<time::Clock>,
}

impl Dates {
    fn new(month: Month, day: i8) -> Self {
        Self { month, day: Day::new(None, Some(month.number), Some(day)), second: None, second_year: None, time: None }
    }

    /// `-18`, `– July 2`, `- 2 July`.
    fn read_second(&mut self, cur: &mut Cursor, month_first: bool) {
        let mut ahead = *cur;
        let Some(join) = join(&mut ahead).or_else(|| comma(&mut ahead)) else {
            return;
        };
        let Some(second) = self.second_day(&mut ahead, join, month_first) else {
            return;
        };
        self.second = Some(second);
        *cur = ahead;
        let mut year = *cur;
        self.second_year = read_year(&mut year);
        if self.second_year.is_some() {
            *cur = year;
            if self.day.year.is_none() {
                self.day.year = self.second_year;
            }
        }
    }

    fn second_day(&self, cur: &mut Cursor, join: Join, month_first: bool) -> Option<Day> {
        let mut ahead = *cur;
        if let Some(month) = lexicon::month(&mut ahead) {
            ahead.spaces();
            let day = day_number(&mut ahead)?;
            // Both of two days in two months are the last and the first of these.
            let next = day == 1 && self.day.day.is_some_and(|first| first >= 28) && month.number == self.month.number % 12 + 1;
            if join == Join::And && !next {
                return None;
            }
            *cur = ahead;
            return Some(Day::new(None, Some(month.number), Some(day)));
        }
        let mut ahead = *cur;
        let day = day_number(&mut ahead)?;
        let mut named = ahead;
        if let Some(month) = month_behind_day(&mut named) {
            *cur = named;
            return Some(Day::new(None, Some(month.number), Some(day)));
        }
        let mut clock = *cur;
        let is_time = time::range(&mut clock).is_some();
        let later = self.day.day.is_some_and(|first| join.spans(first, day));
        if !month_first || is_time || !later {
            return None;
        }
        *cur = ahead;
        Some(Day::new(None, self.day.month, Some(day)))
    }

    fn read_year(&mut self, cur: &mut Cursor) {
        if self.day.year.is_none() {
            self.day.year = read_year(cur);
            self.second_year = self.second_year.or(self.day.year);
        }
    }

    fn finish(mut self, cur: Cursor, end: Cursor, shape: &'static str) -> Option<Draft> {
        let shape = match (shape, self.day.year) {
            (_, None) if !self.month.named_plainly => return None,
            ("month-day", Some(_)) => "month-day-year",
            ("day-month", Some(_)) => "day-month-year",
            (shape, _) => shape,
        };
        if let Some(second) = self.second.as_mut() {
            second.year = self.second_year;
        }
        let mut draft = Draft::new(cur.pos(), end.pos(), self.day, rule(self.month.lang, shape));
        draft.to = self.second;
        draft.time = self.time;
        if self.time.is_some() {
            return Some(draft);
        }
        if self.second.is_some() {
            return Some(with_daily_time(draft, end));
        }
        Some(tail::complete(draft, end))
    }
}

/// The times of every day behind a range of days: `June 16-18, 2020, 9am - 5pm`.
fn with_daily_time(draft: Draft, end: Cursor) -> Draft {
    let (mut timed, mut end) = (draft.clone(), end);
    tail::read_time(&mut timed, &mut end);
    timed.end = end.pos();
    if timed.until.is_some() { timed } else { draft }
}

/// `, 2020`, ` 2020`, ` de 2020`, ` '20`.
fn read_year(cur: &mut Cursor) -> Option<i16> {
    let mut ahead = *cur;
    if !ahead.eat_if(is_dash) {
        ahead.eat(',');
        ahead.spaces();
        if ahead.eat_words(OF) {
            ahead.spaces();
        }
    }
    let year = if ahead.eat_if(|c| matches!(c, '\'' | '’')) {
        let short = ahead.number(2, 2)?;
        i16::try_from(2000 + short.value).ok()?
    } else if let Some(short) = mail_year(ahead) {
        ahead.number(2, 2);
        short
    } else {
        ahead.number(4, 4)?.year()?
    };
    let next_digit = ahead.peek_second().is_some_and(|c| c.is_ascii_digit());
    let goes_on = ahead.peek().is_some_and(|c| is_word_char(c) || (matches!(c, ':' | '.') && next_digit));
    if goes_on {
        return None;
    }
    *cur = ahead;
    Some(year)
}

/// The two digits of old mail dates, which a full time follows: `16 Jun 20 10:00:00`.
fn mail_year(cur: Cursor) -> Option<i16> {
    let mut ahead = cur;
    let year = ahead.number(2, 2)?;
    let spaced = ahead.spaces() && ahead.number(2, 2).is_some() && ahead.eat(':');
    let timed = spaced && ahead.number(2, 2).is_some();
    timed.then(|| i16::try_from(2000 + year.value).ok()).flatten()
}

/// ` 09:30:00 +0000 2020`, ` 09:30:00 UTC 2020`: the end of Twitter's `created_at` and of Unix dates.
fn tweet_time(dates: &mut Dates, cur: &mut Cursor) {
    let mut ahead = *cur;
    if !ahead.spaces() {
        return;
    }
    let Some((clock, None)) = time::range(&mut ahead) else {
        return;
    };
    numeric::offset(&mut ahead);
    ahead.spaces();
    for _ in 0..MAX_ZONE_NAME {
        ahead.eat_if(|c| c.is_ascii_uppercase());
    }
    ahead.spaces();
    if let Some(year) = ahead.number(4, 4).and_then(super::cursor::Number::year) {
        dates.day.year = Some(year);
        dates.time = Some(clock);
        *cur = ahead;
    }
}

/// The second day of a range behind a first of any grammar: `– July 2, 2020`, `– 2 July 2020`.
pub(super) fn second(cur: &mut Cursor, _first: Day) -> Option<Day> {
    let mut ahead = *cur;
    if lexicon::weekday(&mut ahead).is_some() {
        ahead.eat(',');
        ahead.spaces();
    }
    let (month, day) = match lexicon::month(&mut ahead) {
        Some(month) => {
            ahead.spaces();
            (month, day_number(&mut ahead)?)
        }
        None => {
            let day = ahead.number(1, 2)?.within(31)?;
            ordinal(&mut ahead);
            (month_behind_day(&mut ahead)?, day)
        }
    };
    let year = read_year(&mut ahead);
    *cur = ahead;
    Some(Day::new(year, Some(month.number), Some(day)))
}

/// The name of a rule; static, so that a mention need not own it.
fn rule(lang: &str, shape: &str) -> &'static str {
    macro_rules! rules {
        ($($lang:literal)*) => {
            match (lang, shape) {
                $(($lang, "month-day-year") => concat!($lang, "/month-day-year"),
                ($lang, "day-month-year") => concat!($lang, "/day-month-year"),
                ($lang, "month-day") => concat!($lang, "/month-day"),
                ($lang, "day-month") => concat!($lang, "/day-month"),
                ($lang, "month-year") => concat!($lang, "/month-year"),)*
                _ => "latin/named-month",
            }
        };
    }
    rules!("en" "fr" "de" "es" "pt" "it" "nl")
}
