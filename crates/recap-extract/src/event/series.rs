//! Series, edition and theme in an event's name.

use std::ops::Range;

use recap_rules::Use;

use super::name::derived;
use super::quotes;
use crate::context::Context;
use crate::finding::Found;

/// The parts of a name.
#[derive(Debug, Default)]
pub struct Parts {
    /// Without number, year and theme.
    pub series: Option<Found<String>>,
    /// Digits.
    pub edition: Option<Found<String>>,
    /// What stands in quotation marks behind the name.
    pub theme: Option<Found<String>>,
}

/// Takes a name apart.
pub fn split(context: &Context<'_>, name: &Found<String>) -> Parts {
    let text = name.value.as_str();
    let theme = theme(context, text);
    let head = theme.as_ref().map_or(text, |(outer, _)| &text[..outer.start]);
    let rest = theme.as_ref().map_or("", |(outer, _)| &text[outer.end..]);
    let edition = edition(context, head).or_else(|| edition(context, rest).filter(|_| false));
    let series = match &edition {
        Some((range, _)) => around(context, head, range),
        None => tidy(context, head),
    };
    Parts {
        series: Some(derived(name, if series.is_empty() { text } else { series })),
        edition: edition.map(|(_, value)| derived(name, &value)),
        theme: theme.map(|(_, inner)| derived(name, &text[inner])),
    }
}

/// The number or year: that of the first rule that finds any, and its last one.
fn edition(context: &Context<'_>, text: &str) -> Option<(Range<usize>, String)> {
    context.asking(Use::Edition, text).find_map(|rule| {
        let found = rule.find_all(text).last()?;
        let (_, _, group) = found.group("edition")?;
        let value = rule.value.clone().filter(|v| !v.contains('{')).map_or_else(|| digits(group), Some)?;
        let value = if rule.kind.as_deref() == Some("year-short") { format!("20{value}") } else { value };
        let (start, end) = found.group("rest").map_or((found.start, found.end), |(start, end, _)| (start, end));
        Some((start..end, value))
    })
}

/// What stands before the number; behind it, where nothing stands before.
fn around<'t>(context: &Context<'_>, text: &'t str, number: &Range<usize>) -> &'t str {
    let before = tidy(context, &text[..number.start]);
    if before.chars().filter(|c| c.is_alphabetic()).count() >= 2 { before } else { tidy(context, &text[number.end..]) }
}

/// Without seasons and punctuation at the end, and without brackets that hold nothing more.
fn tidy<'t>(context: &Context<'_>, text: &'t str) -> &'t str {
    let seasons: Vec<_> = context.rules.of(Use::EventName, context.language).filter(|r| r.kind.as_deref() == Some("season")).collect();
    let mut text = trim(text);
    for _ in 0..3 {
        let Some(start) = seasons.iter().filter_map(|r| r.find(text)).filter(|f| f.end == text.len() && f.start > 0).map(|f| f.start).min()
        else {
            break;
        };
        text = trim(&text[..start]);
    }
    text
}

fn trim(text: &str) -> &str {
    let text = text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | '、'
                    | ':'
                    | '：'
                    | '-'
                    | '–'
                    | '—'
                    | '~'
                    | '〜'
                    | '～'
                    | '|'
                    | '｜'
                    | '#'
                    | '/'
                    | '「'
                    | '」'
                    | '『'
                    | '』'
                    | '«'
                    | '»'
                    | '“'
                    | '”'
                    | '„'
                    | '"'
            )
    });
    text.trim_end_matches(['(', '（', '【', '[']).trim_end()
}

/// A theme behind the name: in quotation marks, or between two waves.
fn theme(context: &Context<'_>, text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let named = |start: usize| text[..start].chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let quoted = quotes::find(text).into_iter().find(|q| named(q.outer.start) && !q.inner.is_empty());
    if let Some(quote) = quoted {
        return Some((quote.outer, quote.inner));
    }
    let rules = context.rules.of(Use::EventName, context.language).filter(|r| r.kind.as_deref() == Some("theme"));
    rules.filter_map(|r| r.find(text)).find_map(|found| {
        let (start, end, _) = found.group("theme")?;
        named(found.start).then_some((found.start..found.end, start..end))
    })
}

/// A number in digits of any width, or in kanji up to 九十九.
fn digits(text: &str) -> Option<String> {
    let ascii: String =
        text.chars().filter_map(|c| c.to_digit(10).or_else(|| full_width(c))).filter_map(|d| char::from_digit(d, 10)).collect();
    if !ascii.is_empty() {
        let trimmed = ascii.trim_start_matches('0');
        return Some(if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() });
    }
    kanji(text).map(|n| n.to_string())
}

fn full_width(c: char) -> Option<u32> {
    (c as u32).checked_sub('０' as u32).filter(|d| *d < 10)
}

fn kanji(text: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|k| k == c).and_then(|p| u32::try_from(p + 1).ok());
    let mut chars = text.trim().chars().peekable();
    let ones = |c: Option<char>| c.map_or(Some(0), digit);
    let first = chars.next()?;
    let (tens, rest) = if first == '十' {
        (1, chars.next())
    } else {
        match chars.next() {
            Some('十') => (digit(first)?, chars.next()),
            None => return digit(first),
            Some(_) => return None,
        }
    };
    Some(tens * 10 + ones(rest)?)
}
