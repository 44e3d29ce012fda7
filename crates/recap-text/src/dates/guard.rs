//! What stands around a number tells whether it can be a date.

use super::cursor::{Cursor, is_dash, is_tilde, is_word_char};
use crate::entities::url_spans;

/// The stretches of a text in which nothing is a date: its URLs.
pub(super) struct Shield {
    spans: Vec<(usize, usize)>,
}

impl Shield {
    pub(super) fn new(text: &str) -> Self {
        let has_url = memchr::memmem::find(text.as_bytes(), b"://").is_some() || memchr::memchr(b'/', text.as_bytes()).is_some();
        let spans = if has_url { url_spans(text) } else { Vec::new() };
        Self { spans }
    }

    pub(super) fn covers(&self, byte: usize) -> bool {
        let next = self.spans.partition_point(|&(start, _)| start <= byte);
        next.checked_sub(1).and_then(|i| self.spans.get(i)).is_some_and(|&(_, end)| byte < end)
    }
}

/// Whether a digit begins a number of its own: not a part of a word, a longer number, a version, a
/// path or a price.
pub(super) fn begins_number(cur: Cursor) -> bool {
    cur.before().is_none_or(|c| {
        !(c.is_ascii_alphanumeric()
            || matches!(c, '_' | '.' | '/' | '\\' | '$' | '¥' | '€' | '£' | '%' | '#' | '+' | '^')
            || (c.is_alphabetic() && c < '\u{250}')
            || (is_dash(c) && joins_word(cur))
            || (matches!(c, ',' | ':') && digit_before_that(cur)))
    })
}

/// Whether the dash before a cursor hangs on a Latin word or number: `a-1`, `3-4`.
fn joins_word(cur: Cursor) -> bool {
    char_before_last(cur).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn digit_before_that(cur: Cursor) -> bool {
    char_before_last(cur).is_some_and(|c| c.is_ascii_digit())
}

/// The character before the character before the cursor, folded.
fn char_before_last(cur: Cursor) -> Option<char> {
    let head = cur.text().get(..cur.pos())?;
    head.chars().nth_back(1).map(crate::width::narrow)
}

/// Whether a numeric date may end here: no digit, letter, or another part of a number behind.
pub(super) fn ends_number(cur: Cursor) -> bool {
    let Some(c) = cur.peek() else { return true };
    let digit_next = cur.peek_second().is_some_and(|c| c.is_ascii_digit());
    !(c.is_ascii_alphanumeric()
        || matches!(c, '_' | '%' | '/' | '\\')
        || (matches!(c, '.' | ':') && digit_next)
        || (c == ',' && digit_next && !lists_day(cur))
        || (is_dash(c) && cur.peek_second().is_some_and(|c| c.is_ascii_alphabetic())))
}

/// `,16` behind a date is a further day; thousands have three digits.
fn lists_day(cur: Cursor) -> bool {
    let mut ahead = cur;
    ahead.eat(',') && ahead.number(1, 2).is_some_and(|n| (1..=31).contains(&n.value)) && ahead.peek() != Some(',')
}

/// What follows a month and a day that stand as numbers, and nothing else: words of taking place.
const HAPPENS: &[&str] =
    &["に開催", "に参加", "に行", "に実施", "に行な", "に発表", "に登壇", "に公開", "開催", "実施", "に都内", "に東京"];

/// What follows them, and fractions too: particles and words of time.
const BEHIND: &[&str] = &["に", "の", "は", "から", "まで", "より", "開始", "時点", "現在", "付", "締", "予定", "夜", "朝", "当日", "、"];

/// What precedes them: labels of a date.
const BEFORE: &[&str] = &[
    "日時",
    "日程",
    "日付",
    "開催日",
    "開催",
    "実施日",
    "期間",
    "更新",
    "追記",
    "公開日",
    "投稿日",
    "去る",
    "Date",
    "date",
    "When",
    "when",
    "on",
];

/// Whether the surroundings of `6/16` make a date of it.
pub(super) fn likely_month_and_day(text: &str, start: usize, end: usize, day: (i8, i8)) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let behind = text.get(end..).unwrap_or_default();
    let labelled = BEFORE.iter().any(|label| ends_with_label(before.trim_end_matches(is_label_mark), label));
    let rest = behind.trim_start_matches([' ', '\u{3000}']);
    // Behind a further day of the same month stands what stands behind a day.
    let rest = if rest.starts_with(',') { rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_digit()) } else { rest };
    if labelled || HAPPENS.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    let (month, day) = day;
    let could_be_fraction = month < day && day <= 12;
    if could_be_fraction || before.ends_with("第") {
        return false;
    }
    let bracketed = before.ends_with(is_opening) && behind.starts_with(is_closing);
    bracketed || BEHIND.iter().any(|word| rest.starts_with(word)) || is_open_range(rest)
}

/// Labels of scripts with spaces must be whole words: not the end of `Python`.
fn ends_with_label(text: &str, label: &str) -> bool {
    text.strip_suffix(label).is_some_and(|head| !label.is_ascii() || !head.ends_with(is_word_char))
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '（' | '[' | '【' | '<' | '〈')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | '）' | ']' | '】' | '>' | '〉')
}

fn is_label_mark(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | ':' | '：' | '】' | '」' | '*' | '(' | '（' | '■')
}

/// `6/16～`: a range with only its beginning.
fn is_open_range(rest: &str) -> bool {
    rest.chars().next().map(crate::width::narrow).is_some_and(is_tilde)
}

/// Whether a word for a version stands before: `ver. 2020.6.16`.
pub(super) fn is_version(cur: Cursor) -> bool {
    let head = cur.text().get(..cur.pos()).unwrap_or_default();
    let head = head.trim_end_matches([' ', '.', ':']);
    ["ver", "Ver", "VER", "version", "Version", "バージョン"].iter().any(|word| head.ends_with(word))
}
