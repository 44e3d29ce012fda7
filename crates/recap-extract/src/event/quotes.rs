//! Quotation marks and brackets in a short text.

use std::ops::Range;

/// Longest quotation, in bytes.
const MAX_QUOTE: usize = 300;

/// Opening marks and the marks that close them.
const PAIRS: &[(char, char)] = &[('「', '」'), ('『', '』'), ('“', '”'), ('«', '»'), ('„', '“'), ('《', '》'), ('〈', '〉')];

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// With its marks.
    pub outer: Range<usize>,
    /// Without them.
    pub inner: Range<usize>,
}

/// What stands in brackets at the start of a title: `[Sample Summit 2018] Keynotes`.
pub fn in_front(text: &str) -> Option<Quote> {
    let (open, close) = [('[', ']'), ('【', '】'), ('［', '］'), ('〔', '〕')].into_iter().find(|(open, _)| text.starts_with(*open))?;
    let at = text.find(close).filter(|at| *at <= MAX_QUOTE)?;
    Some(Quote { outer: 0..at + close.len_utf8(), inner: open.len_utf8()..at })
}

/// The outermost quotations of a text, in order. A straight quotation mark closes at the next one.
pub fn find(text: &str) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut open: Option<(usize, char, char, usize)> = None;
    for (at, c) in text.char_indices() {
        open = match open {
            Some((start, ..)) if at - start > MAX_QUOTE => None,
            Some((start, _, close, 0)) if c == close => {
                let first = text[start..].chars().next().map_or(1, char::len_utf8);
                quotes.push(Quote { outer: start..at + c.len_utf8(), inner: start + first..at });
                None
            }
            Some((start, opening, close, depth)) if c == close => Some((start, opening, close, depth - 1)),
            Some((start, opening, close, depth)) if c == opening => Some((start, opening, close, depth + 1)),
            None => opening(c).map(|close| (at, c, close, 0)),
            unchanged => unchanged,
        };
    }
    quotes
}

fn opening(c: char) -> Option<char> {
    if c == '"' {
        return Some('"');
    }
    PAIRS.iter().find(|(open, _)| *open == c).map(|(_, close)| *close)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|q| &text[q.inner]).collect()
    }

    #[test]
    fn outermost_quotations_are_found() {
        assert_eq!(inner("「ひなた勉強会『題』第2回」と\"Sample Conf\""), ["ひなた勉強会『題』第2回", "Sample Conf"]);
    }

    #[test]
    fn nested_marks_of_one_kind_close_in_pairs() {
        assert_eq!(inner("「あ「い」う」え"), ["あ「い」う"]);
    }

    #[test]
    fn what_does_not_close_is_none() {
        assert!(inner("「ひらいたまま 5\u{2033}").is_empty());
    }
}
