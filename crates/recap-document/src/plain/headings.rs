//! Which lines of a plain text are headings, and of which level.
//!
//! A heading shows itself by decoration (`■ …`, `【…】`, an underline), by a label (`LT1「…」`, `まとめ`, `Q&A`), or, as a bare line, by
//! all of these together: it is short, it is no sentence, what stands before it is finished, and longer text follows. A
//! line in doubt stays text.
//!
//! Levels: the title 1; decorations by the order of their first use, from 2; labels 2; bare lines 2, below a talk or a part made of points
//! (questions, a discussion) 3.

use std::sync::LazyLock;

use regex::Regex;

use super::labels::{self, Label};
use super::line::{Kind, Line, is_signature};
use super::nominal::{is_clause, is_nominal};
use super::tweets::{Tweet, ends_sentence};

/// Columns that a bare heading fills at most; a question may be longer, and so may a labelled one, which holds a title.
const MAX_BARE: usize = 80;
const MAX_LONG: usize = 140;
/// A longer line is a paragraph of its own, not part of one that was wrapped.
const MAX_WRAPPED: usize = 100;

/// What each line is in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Part of a list, a paragraph or a quotation.
    Body,
    /// A heading of this level.
    Heading(u8),
    /// The underline of a heading: not text.
    Underline,
    /// Part of the post with this number.
    Post(usize),
}

/// Gives every line its role.
pub fn roles(lines: &[Line<'_>], tweets: &[Tweet]) -> Vec<Role> {
    let mut judge = Judge::new(lines, tweets);
    for i in 0..lines.len() {
        if judge.roles[i] == Role::Body
            && let Some(level) = judge.level(i)
        {
            judge.roles[i] = Role::Heading(level);
            judge.headings += 1;
        }
    }
    judge.roles
}

struct Judge<'a> {
    lines: &'a [Line<'a>],
    roles: Vec<Role>,
    /// For each line the next one that is not empty.
    next: Vec<Option<usize>>,
    /// For each line the previous one that is not empty.
    previous: Vec<Option<usize>>,
    /// Whether empty lines part the paragraphs.
    spaced: bool,
    /// Whether headings are decorated, so that a bare line is none.
    decorated: bool,
    /// Decorations in the order of their first use.
    styles: Vec<char>,
    /// The label of the innermost labelled heading.
    part: Option<Label>,
    headings: usize,
}

impl<'a> Judge<'a> {
    fn new(lines: &'a [Line<'a>], tweets: &[Tweet]) -> Self {
        let mut roles = vec![Role::Body; lines.len()];
        for (number, tweet) in tweets.iter().enumerate() {
            roles[tweet.before.start..tweet.end].fill(Role::Post(number));
        }
        let mut judge = Self {
            lines,
            roles,
            next: neighbours(lines, true),
            previous: neighbours(lines, false),
            spaced: is_spaced(lines),
            decorated: false,
            styles: Vec::new(),
            part: None,
            headings: 0,
        };
        judge.decorated = (0..lines.len()).filter(|&i| judge.style(i).is_some()).nth(1).is_some();
        judge
    }

    fn level(&mut self, i: usize) -> Option<u8> {
        let line = &self.lines[i];
        if let Kind::Hash(level, content) = line.kind {
            self.part = labels::label(content);
            return Some(level);
        }
        if let Some(style) = self.style(i) {
            if self.is_underlined(i) {
                self.roles[i + 1] = Role::Underline;
            }
            self.part = labels::label(line.content());
            return Some(self.style_level(style, i));
        }
        if line.kind != Kind::Text || line.width > MAX_LONG || is_never(line.text) {
            return None;
        }
        if self.previous[i].is_none() && self.is_title(i) {
            return Some(1);
        }
        self.labelled(i).or_else(|| self.bare(i))
    }

    /// The decoration that makes a line a heading.
    fn style(&self, i: usize) -> Option<char> {
        let line = &self.lines[i];
        if self.roles[i] != Role::Body || line.width > MAX_LONG {
            return None;
        }
        if self.is_underlined(i) {
            return if let Some(Kind::Rule(mark)) = self.lines.get(i + 1).map(|l| l.kind) { Some(mark) } else { None };
        }
        match line.kind {
            Kind::Decorated(mark, content) => {
                let prose = content.ends_with(['。', '、', '.', ',']) || is_value(content) || is_never(content);
                (!prose && !self.in_run(i, |kind| matches!(kind, Kind::Decorated(m, _) if m == mark))).then_some(mark)
            }
            // Numbers make headings where prose stands below them, not the next number.
            Kind::Numbered(number, content) => self.numbered(i, number, content).then_some('1'),
            _ => None,
        }
    }

    fn is_underlined(&self, i: usize) -> bool {
        let line = &self.lines[i];
        let above_ends = i == 0 || matches!(self.lines[i - 1].kind, Kind::Blank | Kind::Rule(_)) || !self.spaced;
        let Some(Kind::Rule(mark)) = self.lines.get(i + 1).map(|l| l.kind) else { return false };
        let text = matches!(line.kind, Kind::Text | Kind::Numbered(..) | Kind::Decorated(..));
        text && above_ends
            && "=-~^＝─━".contains(mark)
            && line.width <= MAX_LONG
            && self.roles[i] == Role::Body
            && !line.text.ends_with('。')
    }

    /// Whether a neighbour is of the same kind: then both are items of a list.
    fn in_run(&self, i: usize, same: impl Fn(Kind<'_>) -> bool) -> bool {
        [self.previous[i], self.next[i]].into_iter().flatten().any(|n| same(self.lines[n].kind))
    }

    fn numbered(&self, i: usize, number: u32, content: &str) -> bool {
        let prose = ends_sentence(content) || is_never(content) || self.lines[i].width > MAX_BARE || self.lines[i].indent > 1;
        let below =
            self.next[i].filter(|&n| self.lines[n].kind == Kind::Text && self.lines[n].indent < 2 && self.roles[n] != Role::Underline);
        let sibling = |from: Option<usize>| from.is_some_and(|n| matches!(self.lines[n].kind, Kind::Numbered(..)));
        let finished =
            number == 1 || self.previous[i].is_some_and(|p| self.lines[p].kind == Kind::Text || matches!(self.roles[p], Role::Post(_)));
        !prose
            && finished
            && !sibling(self.previous[i])
            && below.is_some_and(|n| self.lines[n].width > self.lines[i].width || ends_sentence(self.lines[n].text))
    }

    fn style_level(&mut self, style: char, i: usize) -> u8 {
        if self.headings == 0 && self.previous[i].is_none_or(|p| matches!(self.lines[p].kind, Kind::Rule(_))) && "=＝".contains(style) {
            return 1;
        }
        let known = self.styles.iter().position(|&s| s == style).unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        u8::try_from(known + 2).unwrap_or(6).min(6)
    }

    /// The first line: a title may be a clause ("…に参加しました") but no finished sentence.
    fn is_title(&self, i: usize) -> bool {
        let line = &self.lines[i];
        let Some(next) = self.next[i] else { return false };
        let sentence = line.text.contains('。') || line.text.ends_with(['.', '、', ',', ':', '：', '，']) || line.text.contains(". ");
        let apart = next > i + 1;
        let asks = line.text.ends_with(['?', '？']) && !is_question(line.text, false);
        let values = is_value(line.text) && is_value(self.lines[next].text);
        let longer =
            self.lines[next].width > line.width || is_date(self.lines[next].text) || labels::label(self.lines[next].text).is_some();
        !sentence
            && !asks
            && !values
            && !labels::is_greeting(line.text)
            && labels::label(line.text).is_none_or(|l| matches!(l, Label::Talk | Label::TalkBy))
            && (apart || longer)
    }

    fn labelled(&mut self, i: usize) -> Option<u8> {
        let line = &self.lines[i];
        let label = labels::label(line.text)?;
        let alone = !self.spaced
            || i == 0
            || self.lines[i - 1].is_blank()
            || matches!(self.roles[i - 1], Role::Heading(_) | Role::Underline | Role::Post(_));
        let prose = line.text.ends_with(['。', '、']) || is_clause(line.text);
        let supported = label != Label::TalkBy || self.is_free(i) && self.is_followed(i, false);
        if prose || !alone || !supported || self.next[i].is_none() {
            return None;
        }
        self.part = Some(label);
        // A talk or its questions stand in a decorated part; a bare `まとめ` is a part itself.
        Some(if self.decorated && label != Label::Part { self.below_styles() } else { 2 })
    }

    fn below_styles(&self) -> u8 {
        u8::try_from(self.styles.len() + 2).unwrap_or(6).min(6)
    }

    fn bare(&self, i: usize) -> Option<u8> {
        let line = &self.lines[i];
        let points = self.part == Some(Label::Points);
        if self.decorated && !points || line.indent > 1 || is_value(line.text) || labels::is_greeting(line.text) {
            return None;
        }
        let question = is_question(line.text, points);
        let nominal = line.width <= MAX_BARE && !ends_sentence(line.text) && is_nominal(line.text);
        let shaped = question || nominal;
        if !shaped || !self.is_free(i) || !self.is_followed(i, question) {
            return None;
        }
        let below = question && self.part.is_some() || matches!(self.part, Some(Label::Points | Label::Talk | Label::TalkBy));
        let level = if below { 3 } else { 2 };
        Some(if self.decorated { self.below_styles() } else { level })
    }

    /// Whether what stands before a line is finished.
    fn is_free(&self, i: usize) -> bool {
        let Some(above) = i.checked_sub(1) else { return true };
        if self.lines[above].is_blank() {
            return true;
        }
        if matches!(self.roles[above], Role::Heading(_) | Role::Underline | Role::Post(_)) {
            return true;
        }
        if self.spaced {
            return false;
        }
        let line = &self.lines[above];
        if line.width > MAX_WRAPPED || is_clause(line.text) {
            return true;
        }
        matches!(line.kind, Kind::Rule(_) | Kind::Bullet(_) | Kind::Quoted(_))
            || ends_sentence(line.text) && !line.text.ends_with(['、', ',', '，', ':', '：'])
            || is_address(line.text)
    }

    /// Whether text follows that the line can be the heading of.
    fn is_followed(&self, i: usize, question: bool) -> bool {
        let Some(next) = self.next[i] else { return false };
        let (line, below) = (&self.lines[i], &self.lines[next]);
        if matches!(self.roles[next], Role::Post(_)) {
            return true;
        }
        match below.kind {
            Kind::Bullet(_) | Kind::Quoted(_) | Kind::Numbered(..) => true,
            Kind::Text if is_date(below.text) || is_signature(below.text) => false,
            Kind::Text if is_address(below.text) => true,
            Kind::Text if labels::label(below.text).is_some() || !question && labels::goes_on(below.text) => false,
            Kind::Text => below.width > line.width && !is_nominal_short(below) || ends_sentence(below.text),
            _ => false,
        }
    }
}

fn neighbours(lines: &[Line<'_>], forward: bool) -> Vec<Option<usize>> {
    let mut found = vec![None; lines.len()];
    let mut last = None;
    let mut step = |i: usize| {
        found[i] = last;
        if !lines[i].is_blank() {
            last = Some(i);
        }
    };
    if forward {
        (0..lines.len()).rev().for_each(&mut step)
    } else {
        (0..lines.len()).for_each(&mut step)
    }
    found
}

/// Whether empty lines part the paragraphs of a text (one for at most eight lines, and two at least).
pub fn is_spaced(lines: &[Line<'_>]) -> bool {
    let gaps = lines.windows(2).filter(|pair| !pair[0].is_blank() && pair[1].is_blank()).count();
    let full = lines.iter().filter(|l| !l.is_blank()).count();
    gaps >= 2 && gaps * 8 >= full
}

/// Lines that are never headings: addresses, dates alone, rows of hashtags or mentions, questions' and answers' marks.
fn is_never(text: &str) -> bool {
    text.contains("://") || is_date(text) || is_signature(text) || text.starts_with(['@', '＠', '#', '＃']) || is_answer(text)
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

/// A date, perhaps with a weekday and times, and nothing else.
fn is_date(text: &str) -> bool {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let date = r"(?:\d{4}年\s?)?\d{1,2}月\s?\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}\.? [A-Z][a-z]{2,8}\.? \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}";
        let pattern = format!(
            r"^(?i:posted (?:on )?|published:? |date:? |公開日[:：]?\s?|投稿日[:：]?\s?|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:{date})\s?(?:[(（]?[月火水木金土日祝・A-Za-z]{{0,9}}[)）]?)?[\s\d:~〜～-]*(?: ?[AaPp][Mm])?$"
        );
        Regex::new(&pattern).ok()
    });
    DATE.as_ref().is_some_and(|r| r.is_match(text))
}

fn is_answer(text: &str) -> bool {
    static ANSWER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:A[0-9]{0,2}[.:．：)） ]|(?:回答|答え|Answer)[0-9]{0,2}[:：])").ok());
    ANSWER.as_ref().is_some_and(|r| r.is_match(text)) && !text.starts_with("A ")
}

/// `会場：箱庭ホール`, `Venue: Box Hall`: a value, not a heading.
fn is_value(text: &str) -> bool {
    static VALUE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[^:：。、「『]{1,16}(?:[:：]\s*\S|: \S)").ok());
    VALUE.as_ref().is_some_and(|r| r.is_match(text)) && labels::label(text).is_none()
}

/// A question: by its mark, by 〜のか and the like, by `Q.`. Polite ones are headings only where questions are expected; elsewhere writers
/// ask their readers.
fn is_question(text: &str, expected: bool) -> bool {
    static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:の|る|う|い|た|く|す|つ|ぬ|む)か$|とは[?？]?$").ok());
    static MARK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:Q[0-9]{0,2}[.:．：)） ]|(?:質問|Question)[ 　]?[0-9０-９]{0,2}[:：. ])\s*\S").ok());
    static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:です|ます|でしょう|ません|ました|でした)(?:か|かね|よね)?[?？]$|ね[?？]$|でしょうか$|ですか$|ますか$").ok()
    });
    let matches = |regex: &LazyLock<Option<Regex>>| regex.as_ref().is_some_and(|r| r.is_match(text));
    if text.contains('。') {
        return false;
    }
    if matches(&MARK) {
        return true;
    }
    let mark = text.ends_with(['?', '？']);
    let speaks = matches(&ASKS) || text.starts_with(|c: char| c.is_ascii_lowercase());
    (mark || matches(&PLAIN)) && (expected || !speaks)
}

/// A line that could be a heading itself: nothing that a heading stands above.
fn is_nominal_short(line: &Line<'_>) -> bool {
    line.width <= 40 && is_nominal(line.text) && !ends_sentence(line.text)
}
