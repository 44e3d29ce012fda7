//! A line of plain text and what its first characters make of it.

use std::sync::LazyLock;

use regex::Regex;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Longer lines (bytes) are running text whatever they look like; it also bounds the work for each line.
pub const MAX_HEURISTIC: usize = 800;
/// Marks that people draw before a heading, and sometimes before the items of a list.
const DECORATIONS: &str = "■□◆◇▼▽▲△●○◎★☆♦▶►◉▪◾█▍▌❏❖✔✅";
/// List bullets that need no space after them.
const DOTS: &str = "・•‣◦⁃･";
/// Brackets that frame a whole heading.
const FRAMES: &[(char, char)] = &[
    ('【', '】'),
    ('《', '》'),
    ('〈', '〉'),
    ('＜', '＞'),
    ('<', '>'),
    ('［', '］'),
    ('[', ']'),
    ('〔', '〕'),
    ('〜', '〜'),
    ('～', '～'),
];

/// A line.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Without white space around it.
    pub text: &'a str,
    /// Columns before the text; a wide character counts two.
    pub indent: usize,
    /// Columns of the text, [`usize::MAX`] where it is too long to look at.
    pub width: usize,
    /// What it is by its first and last characters.
    pub kind: Kind<'a>,
}

/// What a line is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Nothing.
    Blank,
    /// A row of one repeated mark: a break, or the underline of the line above.
    Rule(char),
    /// A list bullet and its text.
    Bullet(&'a str),
    /// A number and its text.
    Numbered(u32, &'a str),
    /// A decoration (`■`, `【…】`, `== … ==`) and the text without it.
    Decorated(char, &'a str),
    /// `## text`.
    Hash(u8, &'a str),
    /// `> text`.
    Quoted(&'a str),
    /// Anything else.
    Text,
}

/// Cuts a text into lines.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    text.lines().map(line).collect()
}

fn line(raw: &str) -> Line<'_> {
    let text = raw.trim();
    let long = text.len() > MAX_HEURISTIC;
    let before = raw.len() - raw.trim_start().len();
    let indent = raw[..before].chars().map(|c| if c == '\t' { 4 } else { columns(c) }).sum();
    Line { text, indent, width: if long { usize::MAX } else { text.width() }, kind: if long { kind_of_long(text) } else { kind(text) } }
}

impl<'a> Line<'a> {
    /// The text without bullet, number or decoration.
    pub fn content(&self) -> &'a str {
        match self.kind {
            Kind::Bullet(text) | Kind::Numbered(_, text) | Kind::Decorated(_, text) | Kind::Hash(_, text) | Kind::Quoted(text) => text,
            _ => self.text,
        }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.kind == Kind::Blank
    }
}

/// Columns that a character takes: two for an East Asian one.
pub fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// A long line is an item or a quotation at most.
fn kind_of_long(text: &str) -> Kind<'_> {
    bullet(text).or_else(|| quoted(text)).unwrap_or(Kind::Text)
}

fn kind(text: &str) -> Kind<'_> {
    if text.is_empty() {
        return Kind::Blank;
    }
    rule(text)
        .or_else(|| hash(text))
        .or_else(|| bullet(text))
        .or_else(|| numbered(text))
        .or_else(|| quoted(text))
        .or_else(|| decorated(text))
        .unwrap_or(Kind::Text)
}

fn rule(text: &str) -> Option<Kind<'_>> {
    let mark = text.chars().next().filter(|c| "=-~^*_#+＝─━―ー－—–・◆■＊☆★〜～".contains(*c))?;
    let marks = text.chars().filter(|&c| c == mark).count();
    (marks >= 3 && text.chars().all(|c| c == mark || c == ' ')).then_some(Kind::Rule(mark))
}

fn hash(text: &str) -> Option<Kind<'_>> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let content = rest.strip_prefix([' ', '\u{3000}'])?.trim_start();
    // `# ` before a lower-case word is a shell's prompt or a comment more often than a heading.
    let plausible = !content.is_empty() && !content.starts_with(|c: char| c.is_ascii_lowercase());
    (plausible && (1..=6).contains(&level)).then_some(Kind::Hash(u8::try_from(level).unwrap_or(6), content))
}

fn bullet(text: &str) -> Option<Kind<'_>> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    let spaced = rest.starts_with([' ', '\t', '\u{3000}']);
    let is_bullet = DOTS.contains(first)
        || "-*+–—".contains(first) && spaced
        || matches!(first, '-' | '*') && rest.starts_with(|c: char| columns(c) == 2);
    (is_bullet && !rest.trim().is_empty() && !is_signature(text)).then(|| Kind::Bullet(rest.trim_start()))
}

fn numbered(text: &str) -> Option<Kind<'_>> {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:[(（]?([0-9０-９]{1,3})(?:[)）]|[.．](?:[ 　]|[^0-9０-９]))|([①-⑳]))").ok());
    let found = NUMBER.as_ref()?.captures(text)?;
    let (number, end) = match (found.get(1), found.get(2)) {
        (Some(digits), _) => {
            (number_of(digits.as_str()), text[digits.end()..].chars().next().map_or(digits.end(), |c| digits.end() + c.len_utf8()))
        }
        (_, Some(circled)) => (circled.as_str().chars().next().map_or(0, |c| u32::from(c) - u32::from('①') + 1), circled.end()),
        _ => return None,
    };
    let content = text[end..].trim_start();
    (!content.is_empty()).then_some(Kind::Numbered(number, content))
}

/// The value of ASCII or full-width digits.
fn number_of(digits: &str) -> u32 {
    let value = |c: char| c.to_digit(10).or_else(|| u32::from(c).checked_sub(u32::from('０')));
    digits.chars().filter_map(value).fold(0, |sum, digit| sum * 10 + digit)
}

fn quoted(text: &str) -> Option<Kind<'_>> {
    let rest = text.strip_prefix(['>', '＞'])?.trim_start_matches(['>', '＞', ' ']);
    // `＜heading＞` and mark-up are no quotations; these begin with the other bracket.
    Some(Kind::Quoted(rest))
}

fn decorated(text: &str) -> Option<Kind<'_>> {
    let first = text.chars().next()?;
    let last = text.chars().next_back()?;
    if DECORATIONS.contains(first) {
        let content = text.trim_matches(|c| DECORATIONS.contains(c) || c == ' ' || c == '\u{3000}');
        return (!content.is_empty()).then_some(Kind::Decorated(first, content));
    }
    if let Some((open, close)) = FRAMES.iter().find(|(open, close)| *open == first && *close == last) {
        let content = text[open.len_utf8()..].strip_suffix(*close)?.trim();
        return (!content.is_empty() && !content.contains(['/', '=', *open, *close])).then_some(Kind::Decorated(first, content));
    }
    let content = text.trim_matches(first).trim();
    let lines = "=-*~＝─━".contains(first) && first == last && text.starts_with(&String::from_iter([first, first]));
    (lines && !content.is_empty() && text.ends_with(&String::from_iter([first, first]))).then_some(Kind::Decorated(first, content))
}

/// Whether a line is a post's signature or ends with one.
pub fn is_signature(text: &str) -> bool {
    signature_start(text).is_some()
}

/// Where the signature that ends a line begins: `— Name (@handle) June 16, 2020`, the form in which embedded posts of
/// Twitter and Bluesky end when a page is copied as text.
pub fn signature_start(text: &str) -> Option<usize> {
    static SIGNATURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let date = r"(?:[A-Z][a-zé]{2,9}\.? \d{1,2}, \d{4}|\d{1,2}\.? [A-Z]?[a-zé]{2,9}\.? \d{4}|\d{4}年\s?\d{1,2}月\s?\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})";
        let pattern = format!(
            r"\s?(?:[—―–]{{1,2}}|--)\s?[^—―–]{{0,120}}?\s?[(（]@[\w.@-]{{1,80}}[)）]\s?{date}(?:,? (?:at )?\d{{1,2}}:\d{{2}}(?: ?[AP]M)?)?$"
        );
        Regex::new(&pattern).ok()
    });
    if text.len() > MAX_HEURISTIC || !text.contains('@') {
        return None;
    }
    let found = SIGNATURE.as_ref()?.find(text)?;
    let blank = found.as_str().len() - found.as_str().trim_start().len();
    Some(found.start() + blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert_eq!(kind("・メモ"), Kind::Bullet("メモ"));
        assert_eq!(kind("- item"), Kind::Bullet("item"));
        assert_eq!(kind("-1 degrees"), Kind::Text);
        assert_eq!(kind("1. first"), Kind::Numbered(1, "first"));
        assert_eq!(kind("（２）次"), Kind::Numbered(2, "次"));
        assert_eq!(kind("③三つ目"), Kind::Numbered(3, "三つ目"));
        assert_eq!(kind("1.5 times faster"), Kind::Text);
        assert_eq!(kind("■ 見出し"), Kind::Decorated('■', "見出し"));
        assert_eq!(kind("【見出し】"), Kind::Decorated('【', "見出し"));
        assert_eq!(kind("=== Talks ==="), Kind::Decorated('=', "Talks"));
        assert_eq!(kind("=========="), Kind::Rule('='));
        assert_eq!(kind("#tag"), Kind::Text);
        assert_eq!(kind("## Talks"), Kind::Hash(2, "Talks"));
        assert_eq!(kind("> said"), Kind::Quoted("said"));
    }

    #[test]
    fn signatures() {
        for line in [
            "— Aoi Mori (@aoim) June 3, 2021",
            "— 森 / もり。 (@m0ri) 2021年6月3日",
            "–– Ann (Bob) (@ann_b) 3 June 2021",
            "— Bo (@bo.example.social) June 3, 2021 at 9:41 AM",
        ] {
            assert_eq!(signature_start(line), Some(0), "{line}");
        }
        assert_eq!(signature_start("good talk #x— Aoi (@aoim) June 3, 2021"), Some(12));
        assert_eq!(signature_start("— 田中さん (@tanaka) による発表"), None);
        assert_eq!(signature_start("Aoi (@aoim) spoke on June 3, 2021"), None);
    }
}
