//! The words that a date may begin with, and the automaton that finds them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use jiff::civil::Weekday;

use super::cursor::{Cursor, is_word_char};

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Digit,
    Kanji,
    /// A month, 1 to 12.
    Month(i8),
    /// A month's abbreviation.
    Short(i8),
    Weekday(Weekday),
    /// Days from the reference.
    Day(i32),
    /// Weeks from the reference's.
    Week(i32),
    /// Months from the reference's.
    MonthOf(i32),
    /// Years from the reference's.
    YearOf(i32),
    /// `last`, before a weekday.
    Last,
    /// `this`, before a weekday.
    This,
    /// `next`, before a weekday.
    Next,
    /// An era, by its place in the table.
    Era(usize),
    /// A number word, before `days ago`.
    Count(i32),
}

/// A word in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) len: usize,
    pub(super) kind: Kind,
    /// The language's primary tag.
    pub(super) lang: &'static str,
}

struct Lexicon {
    automaton: AhoCorasick,
    /// By pattern: what it stands for, its language, whether it must stand alone.
    entries: Vec<(Kind, &'static str, bool)>,
}

static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| {
    let mut entries = Vec::new();
    let mut spellings = Vec::new();
    for line in include_str!("../../data/date-words.txt").lines() {
        let Some((kind, lang, words)) = entry(line) else {
            continue;
        };
        for word in words.split('|') {
            // Words of scripts with spaces must stand alone.
            entries.push((kind, lang, word.chars().all(|c| is_word_char(c) || c == ' ' || c == '-')));
            spellings.push(word);
        }
    }
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(StartKind::Both)
        .build(spellings)
        .ok()?;
    Some(Lexicon { automaton, entries })
});

/// `kind value lang spelling|spelling`; comments and what is malformed give nothing.
fn entry(line: &'static str) -> Option<(Kind, &'static str, &'static str)> {
    let mut fields = line.splitn(4, ' ');
    let (name, value) = (fields.next()?, fields.next()?);
    let value: i32 = value.parse().ok()?;
    let small = i8::try_from(value).ok();
    let kind = match name {
        "month" => Kind::Month(small?),
        "short" => Kind::Short(small?),
        "weekday" => Kind::Weekday(Weekday::from_monday_one_offset(small?).ok()?),
        "day" => Kind::Day(value),
        "week" => Kind::Week(value),
        "month-of" => Kind::MonthOf(value),
        "year-of" => Kind::YearOf(value),
        "last" => Kind::Last,
        "this" => Kind::This,
        "next" => Kind::Next,
        "era" => Kind::Era(usize::try_from(value).ok()?),
        "count" => Kind::Count(value),
        "digit" => Kind::Digit,
        "kanji" => Kind::Kanji,
        _ => return None,
    };
    Some((kind, fields.next()?, fields.next()?))
}

/// Whether a text has anything that a date could begin with.
pub(super) fn may_hold_date(text: &str) -> bool {
    LEXICON.as_ref().is_some_and(|lexicon| lexicon.automaton.is_match(text))
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> {
    LEXICON
        .as_ref()
        .into_iter()
        .flat_map(move |lexicon| lexicon.automaton.find_iter(text).filter_map(move |found| lexicon.word(text, &found)))
}

/// The word that stands at a cursor.
pub(super) fn word_at(cur: Cursor) -> Option<Word> {
    let lexicon = LEXICON.as_ref()?;
    let input = Input::new(cur.text()).range(cur.pos()..).anchored(Anchored::Yes);
    let found = lexicon.automaton.try_find(input).ok()??;
    lexicon.word(cur.text(), &found)
}

impl Lexicon {
    fn word(&self, text: &str, found: &aho_corasick::Match) -> Option<Word> {
        let &(kind, lang, alone) = self.entries.get(found.pattern().as_usize())?;
        let digit = matches!(kind, Kind::Digit);
        let before = text.get(..found.start())?.chars().next_back();
        let behind = text.get(found.end()..)?.chars().next();
        let joined = before.is_some_and(is_word_char) || behind.is_some_and(is_word_char);
        (digit || !alone || !joined).then_some(Word { start: found.start(), len: found.len(), kind, lang })
    }
}

/// A month's name at a cursor, which moves behind it and its full stop.
pub(super) fn month(cur: &mut Cursor) -> Option<Month> {
    let word = word_at(*cur)?;
    let (number, short) = match word.kind {
        Kind::Month(m) => (m, false),
        Kind::Short(m) => (m, true),
        _ => return None,
    };
    let capital = cur.peek().is_some_and(char::is_uppercase);
    cur.skip(word.len);
    if short {
        cur.eat('.');
    }
    Some(Month { number, lang: word.lang, named_plainly: if word.lang == "en" { capital } else { !short } })
}

/// A month's name as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    pub(super) number: i8,
    pub(super) lang: &'static str,
    /// Whether it can be nothing else even without a year: `May` and `juin`, but not `may` or `set`.
    pub(super) named_plainly: bool,
}

/// A weekday's name at a cursor, which moves behind it and its full stop.
pub(super) fn weekday(cur: &mut Cursor) -> Option<Weekday> {
    let word = word_at(*cur)?;
    let Kind::Weekday(weekday) = word.kind else {
        return None;
    };
    cur.skip(word.len);
    cur.eat('.');
    Some(weekday)
}
