//! Embedded posts that were flattened when a page was copied as text.
//!
//! Only the signature `— Name (@handle) June 16, 2020` marks such a post. Its text stands before the signature, or, where
//! the copy moved only what preceded the post's first line break, partly *behind* it:
//!
//! ```text
//! First line of the post
//! — Name (@handle) June 16, 2020
//! second line of the post
//! its last line #hashtag
//! ```
//!
//! Signals, all general: posts are at most 280 columns long (a wide character counts two); they end in hashtags, media or
//! shortened addresses far more often than prose does; prose that leads to a post ends in a full stop or a colon.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::labels;
use super::line::{Kind, Line, is_signature, signature_start};

/// Columns that a post may fill; addresses count less on Twitter than here.
const MAX_COLUMNS: usize = 330;
/// Lines that a post may have.
const MAX_LINES: usize = 24;

/// A post's lines: those before the signature, the signature's line, those behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tweet {
    /// First line up to the signature's.
    pub before: Range<usize>,
    /// The line that holds the signature.
    pub signature: usize,
    /// The line after the last one that belongs to the post.
    pub end: usize,
}

/// All posts in order, without overlaps.
pub fn find(lines: &[Line<'_>]) -> Vec<Tweet> {
    let signatures: Vec<usize> = (0..lines.len()).filter(|&i| is_signature(lines[i].text)).collect();
    let mut found: Vec<Tweet> = Vec::with_capacity(signatures.len());
    for (n, &signature) in signatures.iter().enumerate() {
        let floor = found.last().map_or(0, |t| t.end);
        let limit = signatures.get(n + 1).copied().unwrap_or(lines.len() + 1);
        found.push(tweet(lines, signature, floor, limit));
    }
    found
}

/// The post with a signature; its lines lie between `floor` and the `limit` that the next signature sets.
fn tweet(lines: &[Line<'_>], signature: usize, floor: usize, limit: usize) -> Tweet {
    if signature_start(lines[signature].text) != Some(0) {
        return Tweet { before: signature..signature, signature, end: signature + 1 };
    }
    let Some(last) = (floor..signature).next_back() else {
        return Tweet { before: signature..signature, signature, end: signature + 1 };
    };
    // `text`, empty line, signature: how a quotation with two paragraphs is copied.
    let last = if lines[last].is_blank() { last.saturating_sub(1) } else { last };
    if last < floor || lines[last].is_blank() || matches!(lines[last].kind, Kind::Rule(_)) {
        return Tweet { before: signature..signature, signature, end: signature + 1 };
    }
    let behind = behind(lines, signature, limit, lines[last].width);
    let moved = behind > signature + 1;
    let first = if moved { last } else { first_line(lines, floor, last) };
    Tweet { before: first..last + 1, signature, end: behind }
}

/// The end of the lines behind a signature that still belong to its post.
fn behind(lines: &[Line<'_>], signature: usize, limit: usize, width: usize) -> usize {
    let mut end = signature + 1;
    let mut columns = width;
    // The line above the next signature begins the next post.
    let limit = limit.saturating_sub(1).min(signature + 1 + MAX_LINES).min(lines.len());
    for (i, line) in lines.iter().enumerate().take(limit).skip(signature + 1) {
        columns = columns.saturating_add(line.width);
        let stops = line.is_blank() || columns > MAX_COLUMNS || labels::label(line.content()).is_some() || labels::goes_on(line.text);
        if stops || matches!(line.kind, Kind::Rule(_) | Kind::Hash(..) | Kind::Decorated('■' | '□' | '◆' | '▼', _)) {
            break;
        }
        if ends_like_post(line.text) {
            end = i + 1;
        }
    }
    end
}

/// The first line of a post whose text stands whole before its signature.
fn first_line(lines: &[Line<'_>], floor: usize, last: usize) -> usize {
    let start = (floor..=last)
        .rev()
        .take(MAX_LINES)
        .take_while(|&i| !lines[i].is_blank() && !matches!(lines[i].kind, Kind::Rule(_)))
        .last()
        .unwrap_or(last);
    let columns = lines[start..=last].iter().fold(0usize, |sum, line| sum.saturating_add(line.width));
    let paragraph = start > 0 && lines[start - 1].is_blank() && start > floor;
    let headed = (start..last).any(|i| labels::label(lines[i].content()).is_some());
    if paragraph && columns <= MAX_COLUMNS && !headed && !is_lead_in(lines[start].text, start < last) {
        return start;
    }
    // Without empty lines around it: only lines that look like a post's join the last one.
    let joins = |i: usize| {
        looks_like_post(lines[i].text)
            || only_tags(lines[i + 1].text) && !ends_sentence(lines[i].text) && labels::label(lines[i].content()).is_none()
    };
    (start..last).rev().take_while(|&i| joins(i)).last().unwrap_or(last)
}

/// A line that leads to what follows: ends in a colon or an arrow.
fn is_lead_in(text: &str, more: bool) -> bool {
    more && text.ends_with([':', '：', '↓', '⇓', '👇'])
}

fn ends_like_post(text: &str) -> bool {
    static END: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:(?:^|[^\w&/])?[#＃][^\s#＃.,、。!！?？「」『』()（）\[\]]*[\p{L}_][^\s#＃.,、。!！?？「」『』()（）\[\]]*|pic\.twitter\.com/\w+|https?://t\.co/\w+…?|https://bsky\.app/\S+)$").ok()
    });
    END.as_ref().is_some_and(|r| r.is_match(text))
}

fn looks_like_post(text: &str) -> bool {
    ends_like_post(text)
        || text.starts_with(['#', '＃', '@', '＠'])
        || text.starts_with("RT @")
        || text.starts_with("pic.twitter.com/")
        || text.starts_with("https://t.co/")
}

fn only_tags(text: &str) -> bool {
    text.split_whitespace()
        .all(|word| word.starts_with(['#', '＃', '@']) || word.starts_with("http") || word.starts_with("pic.twitter.com/"))
}

/// Whether running text may end with this line.
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['」', '』', ')', '）', '"', '”', '’', '\'', ']', '】', ' ']);
    text.ends_with([
        '。', '．', '.', '!', '！', '?', '？', '…', '♪', '、', '，', ',', ';', '；', ':', '：', '～', '〜', 'ｗ', '↓', '⇓', '👇',
    ])
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn found(text: &str) -> Vec<(usize, usize, usize)> {
        find(&lines(text)).into_iter().map(|t| (t.before.start, t.signature, t.end)).collect()
    }

    #[test]
    fn lines_behind_the_signature() {
        let text = "配信がありました。\n箱庭の資料です\n— 森 (@m0ri) June 3, 2021\n> 箱は何色ですか\n\
                    青いものを使っています。\n#箱庭ナイト\nまた、別の投稿もありました。\n次の箱 #箱庭ナイト\n— Bo (@bo_box) June 3, 2021\nまとめ\n楽しい会でした。 #箱庭ナイト";
        assert_eq!(found(text), [(1, 2, 6), (7, 8, 9)]);
    }

    #[test]
    fn paragraphs_before_the_signature() {
        let text = "We heard a lot:\n\nFirst line\nsecond line #boxes\n— Bo (@bo_box) June 3, 2021\n\nThe next talk was short.\n\nOnly one\n\n— Cy (@cy_box) June 3, 2021\n\nMore prose.";
        assert_eq!(found(text), [(2, 4, 5), (8, 10, 11)]);
    }

    #[test]
    fn a_heading_is_no_part_of_a_post() {
        let text = "良い会でした。\nLT1「箱」\n資料を公開しました #箱\n— 森 (@m0ri) 2021年6月3日\nLT2「庭」\n庭のお話です。";
        assert_eq!(found(text), [(2, 3, 4)]);
    }

    #[test]
    fn signatures_without_text() {
        assert_eq!(found("— 森 (@m0ri) 2021年6月3日\n— 森 (@m0ri) 2021年6月4日"), [(0, 0, 1), (1, 1, 2)]);
        assert_eq!(found("良い箱— 森 (@m0ri) 2021年6月3日"), [(0, 0, 1)]);
    }
}
