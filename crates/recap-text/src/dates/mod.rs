//! Dates and times in running text and in metadata fields.
//!
//! A mention is found by its first word or digit (one pass with an automaton), read by the grammar
//! of that word, and only then resolved: a year is chosen, the calendar and the weekday are checked.
//! What cannot be decided gives nothing.

mod cjk;
mod cursor;
mod draft;
mod era;
mod field;
mod guard;
mod lexicon;
mod numeric;
mod relative;
mod resolve;
mod tail;
mod time;
mod weekday;
mod western;

#[cfg(test)]
mod tests;

pub use field::{parse_date, parse_instant};

use cursor::Cursor;
use draft::Draft;
use lexicon::Kind;

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2020`
    Year,
    /// `2020-06`
    Month,
    /// `2020-06-16`
    Day,
    /// `2020-06-16T19:00`
    Minute,
}

impl Precision {
    /// `year`, `month`, `day` or `minute`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Minute => "minute",
        }
    }
}

/// A date, a date with a time, or a range of these, as a text mentions it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Local, ISO 8601: `2020`, `2020-06`, `2020-06-16` or `2020-06-16T19:00`.
    pub value: String,
    /// The end of a range, in the same spelling; later than `value`.
    pub until: Option<String>,
    /// How exact `value` is.
    pub precision: Precision,
    /// First byte of the expression.
    pub start: usize,
    /// The byte behind the last, weekday and times counted in.
    pub end: usize,
    /// The pattern that read it, such as `ja/year-month-day`, `iso` or `relative/yesterday`.
    pub rule: &'static str,
    /// Whether the text itself gives the year; else it was chosen by the reference.
    pub year_given: bool,
    /// Whether the text names a weekday that the date does not fall on.
    pub weekday_conflict: bool,
}

/// What is known about the text around.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateContext<'a> {
    /// The day that relative dates count from and that years are chosen by; usually the day of
    /// publication. Without it, only mentions with a year are found.
    pub reference: Option<jiff::civil::Date>,
    /// The text's language, a BCP 47 tag; it decides between day first and month first.
    pub lang: Option<&'a str>,
}

impl DateContext<'_> {
    /// Whether the text is in one of these languages (primary subtags).
    fn speaks(&self, languages: &[&str]) -> bool {
        self.lang.is_some_and(|tag| {
            let primary = tag.split(['-', '_']).next().unwrap_or(tag);
            languages.iter().any(|l| primary.eq_ignore_ascii_case(l))
        })
    }
}

/// Finds the dates of a text, in order and without overlaps, in time linear in its length.
#[must_use]
pub fn find_dates(text: &str, cx: &DateContext) -> Vec<DateMention> {
    let mut found = Vec::new();
    if !lexicon::may_hold_date(text) {
        return found;
    }
    let shield = guard::Shield::new(text);
    let mut free = 0;
    for word in lexicon::words(text) {
        if word.start < free || shield.covers(word.start) {
            continue;
        }
        let Some(draft) = read(text, word, cx) else {
            continue;
        };
        if draft.start < free || draft.end <= draft.start {
            continue;
        }
        // Also without a mention the words that were read are done with: 2月30日 is not 30日.
        free = draft.end;
        let Some(mention) = resolve::mention(&draft, text, cx) else {
            continue;
        };
        found.push(mention);
        free = further_days(text, &draft, cx, &mut found).max(free);
    }
    found
}

/// Days that are listed behind a date and share its month: `9月18日、19日`. Gives where they end.
fn further_days(text: &str, first: &Draft, cx: &DateContext, found: &mut Vec<DateMention>) -> usize {
    let mut free = first.end;
    while let Some((draft, mention)) = cjk::listed(Cursor::new(text, free), found.last())
        .and_then(|draft| resolve::mention(&draft, text, cx).map(|mention| (draft, mention)))
    {
        free = draft.end;
        found.push(mention);
    }
    free
}

/// Reads the expression that begins with a word, by the grammars that may begin so.
fn read(text: &str, word: lexicon::Word, cx: &DateContext) -> Option<Draft> {
    let cur = Cursor::new(text, word.start);
    match word.kind {
        Kind::Digit => read_number(cur, cx),
        Kind::Kanji => cjk::numbered(cur).or_else(|| relative::ago(cur, cx)),
        Kind::Era(era) => cjk::in_era(cur, word.len, era),
        Kind::Month(_) | Kind::Short(_) | Kind::Weekday(_) => western::named(cur),
        Kind::Day(_) | Kind::Week(_) | Kind::MonthOf(_) | Kind::YearOf(_) => relative::word(cur, word, cx),
        Kind::Last | Kind::This | Kind::Next => relative::weekday(cur, word, cx),
        Kind::Count(_) => relative::ago(cur, cx),
    }
}

fn read_number(cur: Cursor, cx: &DateContext) -> Option<Draft> {
    if let Some(era) = numeric::behind_initial(cur) {
        return Some(era);
    }
    if !guard::begins_number(cur) {
        return None;
    }
    time::before_date(cur)
        .or_else(|| cjk::numbered(cur))
        .or_else(|| numeric::dated(cur, cx))
        .or_else(|| western::day_first(cur))
        .or_else(|| relative::ago(cur, cx))
}
