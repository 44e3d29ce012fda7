//! The grammar of a line that may announce a talk: time, label, title, speakers, in the orders that people use.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use recap_document::{Document, Span};
use recap_model::{LinkKind, Role, TalkKind};
use recap_rules::Use;

use super::beside::attached;
use super::clock::time_length;
pub use super::quote::unquote;
use super::quote::{Quote, outside_brackets, quotes, unbracket};
use crate::context::Context;
use crate::finding::Mention;
use crate::person::{Known, joined, trim, whole_line};

/// A label that was taken off.
#[derive(Debug, Clone)]
pub struct Label {
    /// Id of the rule.
    pub rule: Arc<str>,
    /// Where.
    pub span: Span,
    /// What it says of the talk; none for mere numbering.
    pub kind: Option<TalkKind>,
}

/// The end of the shapes that a comma makes: many lines have one, so something else must tell that the line is a talk.
const BY_COMMA: &str = ", ";

/// A speaker that stands before the title is this sure a name (0 to 1), or like one of the same list that is.
pub const SURE_FIRST: f64 = 0.66;
/// What is left of the likeness of a speaker that is not.
const DOUBT: f64 = 0.75;

/// One way to read a line.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Which way: the separator and the order. Lines of one list are mostly written in one shape.
    pub shape: String,
    /// The title, without brackets around it.
    pub title: Option<Span>,
    /// The speakers.
    pub people: Vec<Mention>,
    /// 0 to 1.
    pub score: f64,
    pub(super) doubtful: bool,
}

impl Variant {
    /// Whether the speaker stands first and is none that the name alone makes sure.
    pub fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Whether only a comma stands between title and speaker.
    pub fn is_weak(&self) -> bool {
        self.shape.ends_with(BY_COMMA)
    }
}

/// A line and the ways to read it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The line without time and labels.
    pub body: Span,
    /// `19:00` or `19:00-19:20`.
    pub time: Option<Span>,
    /// Labels in front and behind.
    pub labels: Vec<Label>,
    /// Best first; the last one takes the whole body for the title.
    pub variants: Vec<Variant>,
}

impl Line {
    /// The kind that a label tells.
    pub fn kind(&self) -> Option<&Label> {
        self.labels.iter().find(|l| l.kind.is_some_and(|k| k != TalkKind::Talk)).or_else(|| self.labels.iter().find(|l| l.kind.is_some()))
    }

    /// The best variant that names somebody, with at least `least` score.
    pub fn with_people(&self, least: f64) -> Option<&Variant> {
        self.variants.iter().find(|v| !v.people.is_empty() && v.score >= least)
    }

    /// The title of the line when nobody is named in it.
    pub fn plain_title(&self) -> Option<Span> {
        self.variants.iter().find(|v| v.people.is_empty()).and_then(|v| v.title)
    }
}

/// Lines that were read already: headings, lists, cards and tables look at the same ones.
pub type Lines = HashMap<Span, Rc<Line>>;

/// Reads a line.
pub fn read(context: &Context<'_>, known: &Known, span: Span) -> Rc<Line> {
    if let Some(line) = context.lines.borrow().get(&span) {
        return Rc::clone(line);
    }
    let line = Rc::new(parse(context, known, span));
    context.lines.borrow_mut().insert(span, Rc::clone(&line));
    line
}

fn parse(context: &Context<'_>, known: &Known, span: Span) -> Line {
    let doc = context.doc;
    let mut line = Line { body: trim(doc, span), time: None, labels: Vec::new(), variants: Vec::new() };
    for _ in 0..4 {
        let before = line.body;
        take_time(doc, &mut line);
        take_label(context, &mut line);
        take_material(context, &mut line);
        if line.body == before {
            break;
        }
    }
    line.variants = variants(context, known, line.body);
    line
}

/// The talk kind that a rule's `kind` names.
pub fn talk_kind(kind: &str) -> Option<TalkKind> {
    Some(match kind {
        "keynote" => TalkKind::Keynote,
        "talk" => TalkKind::Talk,
        "lightning" => TalkKind::Lightning,
        "sponsor" => TalkKind::Sponsor,
        "panel" => TalkKind::Panel,
        "workshop" => TalkKind::Workshop,
        "other" => TalkKind::Other,
        _ => return None,
    })
}

/// The kind that a heading tells which is nothing but a label (`LT大会`, `Keynote`).
pub fn bare_label(context: &Context<'_>, span: Span) -> Option<Label> {
    let mut line = Line { body: trim(context.doc, span), time: None, labels: Vec::new(), variants: Vec::new() };
    for _ in 0..3 {
        take_time(context.doc, &mut line);
        take_label(context, &mut line);
    }
    line.kind().filter(|_| line.body.is_empty()).cloned()
}

/// The first label at a text's start.
pub fn leading_label(context: &Context<'_>, span: Span) -> Option<Label> {
    let mut line = Line { body: trim(context.doc, span), time: None, labels: Vec::new(), variants: Vec::new() };
    take_label(context, &mut line);
    line.labels.into_iter().next().filter(|l| l.span.start <= span.start + 4)
}

/// Takes a clock time or a range of them off the start, or off the end in brackets.
fn take_time(doc: &Document, line: &mut Line) {
    let text = doc.slice(line.body);
    let inner = text.trim_start_matches(['(', '（', '[', '【', '~', '～', '〜', ' ']);
    let lead = text.len() - inner.len();
    if let Some(length) = time_length(inner) {
        let rest = inner[length..].trim_start_matches([')', '）', ']', '】', '~', '～', '〜', '-', ':', '：', ' ', '|', '｜', '\u{3000}']);
        line.time = line.time.or(Some(Span::new(line.body.start + lead, line.body.start + lead + length)));
        line.body = trim(doc, Span::new(line.body.end - rest.len(), line.body.end));
        return;
    }
    if let Some(open) = text.rfind(['(', '（', '[']) {
        let from = open + text[open..].chars().next().map_or(0, char::len_utf8);
        let within = text[from..].trim_end_matches([')', '）', ']']);
        if time_length(within) == Some(within.len()) {
            line.time = line.time.or(Some(Span::new(line.body.start + from, line.body.start + from + within.len())));
            line.body = trim(doc, Span::new(line.body.start, line.body.start + open));
        }
    }
}

/// Takes one label off the start or the end.
fn take_label(context: &Context<'_>, line: &mut Line) {
    let text = context.doc.slice(line.body);
    for rule in context.asking(Use::Label, text) {
        let Some(hit) = rule.find(text) else { continue };
        let (leading, trailing) = (hit.start == 0, hit.end == text.len());
        if !leading && !trailing || hit.end == 0 || (leading && runs_on(text, hit.end)) {
            continue;
        }
        let span = Span::new(line.body.start + hit.start, line.body.start + hit.end);
        context.fire(&rule.id, span);
        line.labels.push(Label { rule: rule.id.as_str().into(), span, kind: rule.kind.as_deref().and_then(talk_kind) });
        let rest = if leading { Span::new(span.end, line.body.end) } else { Span::new(line.body.start, span.start) };
        line.body = trim(context.doc, rest);
        return;
    }
}

/// Takes `– slides, video` off the end: links to material behind a separator, with a short text of their own.
fn take_material(context: &Context<'_>, line: &mut Line) {
    const BREAKS: &[char] = &['-', '–', '—', '|', '｜', '/', '／', '(', '（', '[', ',', '、', '・', ':', '：', ' ', '\u{3000}'];
    let doc = context.doc;
    let Some(last) = context.links_in(line.body).filter(|l| l.kind != LinkKind::Profile && !l.link.span.is_empty()).last() else { return };
    let behind = doc.slice(Span::new(last.link.span.end, line.body.end));
    let before = doc.slice(Span::new(line.body.start, last.link.span.start));
    let material = matches!(last.kind, LinkKind::Slides | LinkKind::Video | LinkKind::Repository | LinkKind::Post)
        || super::material::called(context, last).is_some();
    let text = doc.slice(last.link.span);
    let short = material && text.chars().count() <= 16 || text.contains("://");
    let apart = before.ends_with(BREAKS) && before.trim_end_matches(BREAKS).chars().count() >= 3;
    if short && apart && behind.chars().all(|c| c.is_whitespace() || ".)）]。".contains(c)) {
        line.body = trim(doc, Span::new(line.body.start, line.body.start + before.trim_end_matches(BREAKS).len()));
    }
}

/// Whether a would-be label is only the start of a word: `LT会`, `Talking`. Behind a number anything may stand.
fn runs_on(text: &str, end: usize) -> bool {
    let last = text[..end].chars().next_back();
    let next = text[end..].chars().next();
    last.is_some_and(|c| c.is_alphabetic()) && next.is_some_and(char::is_alphanumeric)
}

/// What speaks against a comma between title and speaker.
const COMMA: f64 = 0.12;
/// A line that is nothing but people is not longer, in characters.
const MAX_NAMES: usize = 120;

fn variants(context: &Context<'_>, known: &Known, body: Span) -> Vec<Variant> {
    let mut found = Vec::new();
    if body.is_empty() || body.len() > 600 {
        return found;
    }
    if super::marks::may_name_somebody(context, body) {
        quoted(context, known, body, &mut found);
        separated(context, known, body, &mut found);
        attached(context, known, body, &mut found);
    }
    let short = context.doc.slice(body).chars().count() <= MAX_NAMES;
    let (people, score) =
        if short { whole_line(context, Some(known), joined(context, body), Role::Speaker, 0.5) } else { (Vec::new(), 0.0) };
    let split = found.iter().any(|v| v.score >= 0.6 && v.title.is_some() && !v.people.is_empty());
    if !people.is_empty() && !split {
        found.push(Variant { shape: "who".to_owned(), title: None, people, score, doubtful: false });
    }
    found.retain(|v| v.title.is_none_or(|t| !t.is_empty()));
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.push(Variant {
        shape: "title".to_owned(),
        title: Some(unquote(context.doc, body)),
        people: Vec::new(),
        score: 0.3,
        doubtful: false,
    });
    found
}

/// `「title」 who`, `who「title」`, `label「title」`.
fn quoted(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    let mut quotes = quotes(context.doc, body);
    if quotes.is_empty() {
        quotes = marked(context, body);
    }
    let (Some(first), Some(last)) = (quotes.first(), quotes.last()) else { return };
    let doc = context.doc;
    let before = joined(context, unbracket(doc, Span::new(body.start, first.outer.start)));
    let after = joined(context, unbracket(doc, Span::new(last.outer.end, body.end)));
    let title = if quotes.len() == 1 { first.inner } else { Span::new(first.outer.start, last.outer.end) };
    let mut push = |people: Vec<Mention>, score: f64, shape: &str| {
        found.push(Variant { shape: shape.to_owned(), title: Some(title), people, score, doubtful: false });
    };
    if before.is_empty() && after.is_empty() {
        return push(Vec::new(), 0.8, "quote");
    }
    let (people_before, score_before) = whole_line(context, Some(known), before, Role::Speaker, 0.35);
    let (people_after, score_after) = whole_line(context, Some(known), after, Role::Speaker, 0.35);
    if !people_after.is_empty() && (before.is_empty() || doc.slice(before).chars().count() <= 16) {
        push(people_after, lifted(score_after), "quote who");
    } else if !people_before.is_empty() && doc.slice(after).chars().count() <= 12 {
        push(people_before, lifted(score_before), "who quote");
    } else if after.is_empty() && title.len() * 2 >= body.len() {
        push(Vec::new(), 0.55, "label quote");
    }
}

/// A quotation beside it makes a likely name a sure one.
fn lifted(score: f64) -> f64 {
    if score >= 0.5 { score.max(0.75) } else { score + 0.2 }
}

/// `title - who`, `who: title` and the like.
fn separated(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    const SEPARATORS: &[&str] = &[
        " - ", " – ", " — ", " ― ", " -- ", " / ", "／", " | ", "｜", " by ", " By ", "：", ": ", "\u{3000}", "/", " : ", " … ", "〜", "—",
        "-", "\n", ", by ", " par ", " von ", " por ", " con ", " com ", " avec ", " mit ", " —— ", "·", " · ", "、", "|", "/ ", ", ",
    ];
    let doc = context.doc;
    let text = doc.slice(body);
    for separator in SEPARATORS {
        // Most separators are not in a line: their first mark tells it quickly.
        if separator.chars().find(|c| *c != ' ').is_some_and(|mark| !text.contains(mark)) {
            continue;
        }
        let places: Vec<usize> = text.match_indices(separator).map(|(at, _)| at).filter(|&at| outside_brackets(text, at)).collect();
        let ends = [places.first(), places.last()];
        for (which, &at) in ends.into_iter().flatten().enumerate() {
            if which == 1 && places.len() == 1 {
                continue;
            }
            let left = trim(doc, Span::new(body.start, body.start + at));
            let right = trim(doc, Span::new(body.start + at + separator.len(), body.end));
            if left.is_empty() || right.is_empty() {
                continue;
            }
            let tight = matches!(*separator, " con " | " com " | " avec " | " mit " | "/" | "-" | "〜" | "、" | "—" | "|" | "/ " | ", ");
            if *separator == "-" && text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
                continue;
            }
            for (title, who, order) in [(left, right, "title who"), (right, left, "who title")] {
                let (people, score) = whole_line(context, Some(known), joined(context, who), Role::Speaker, 0.3);
                if people.is_empty() || (tight && score < 0.6) {
                    continue;
                }
                // A name on both sides is no talk but a person with a title or two persons.
                if order == "title who" && !name_is_not_surely(context, known, title) {
                    continue;
                }
                // Few people put the speaker first, and many titles begin with two capitalised words.
                let doubt = if order == "who title" && score < SURE_FIRST { DOUBT } else { 1.0 };
                if doubt < 1.0 && tight {
                    continue;
                }
                // A comma stands in many titles: alone it makes no talk, in a list of such lines it does.
                let by = match separator.trim() {
                    "by" | "By" => 0.2,
                    "," => -COMMA,
                    _ => 0.0,
                };
                let score = ((score + by) * doubt).min(0.97);
                found.push(Variant {
                    shape: format!("{order}{separator}"),
                    title: Some(unquote(doc, title)),
                    people,
                    score,
                    doubtful: doubt < 1.0,
                });
            }
        }
    }
}

fn name_is_not_surely(context: &Context<'_>, known: &Known, title: Span) -> bool {
    let (people, score) = whole_line(context, Some(known), title, Role::Speaker, 0.78);
    people.is_empty() || score < 0.78
}

/// An emphasised piece serves as a quotation, unless it is the whole or a name.
fn marked(context: &Context<'_>, body: Span) -> Vec<Quote> {
    let label =
        |s: Span| context.doc.slice(s).ends_with([':', '：']) || context.doc.slice(Span::new(s.end, body.end)).starts_with([':', '：']);
    let title_like = |s: Span| {
        s != body
            && !label(s)
            && context.doc.slice(s).chars().count() >= 4
            && whole_line(context, None, s, Role::Speaker, 0.45).0.is_empty()
    };
    let marks = context.marks_in(body).filter(|m| m.kind != recap_document::MarkKind::Code && title_like(m.span));
    let mut found: Vec<Quote> = marks.map(|m| Quote { outer: m.span, inner: trim(context.doc, m.span) }).collect();
    found.truncate(1);
    found
}
