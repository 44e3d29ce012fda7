//! A timetable cell that holds more than one line: title, speakers, and small print such as the language or the kind.

use recap_document::Span;
use recap_model::Role;
use recap_rules::Use;

use super::super::line::{self, Label};
use crate::context::Context;
use crate::finding::Mention;
use crate::person::{Known, trim, whole_line};

/// Lines of a cell that are read.
const MAX_LINES: usize = 8;
/// Longest line of speakers, in characters.
const MAX_SPEAKERS: usize = 90;
/// Longest tag line, in characters.
const MAX_TAG: usize = 24;

/// How likely a speaker's line must be below a title that is a link.
const LED: f64 = 0.35;

/// What a cell tells.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The line that has the title.
    pub title: Span,
    /// Who speaks.
    pub people: Vec<Mention>,
    /// A line that is nothing but the kind.
    pub kind: Option<Label>,
}

/// Reads a cell of several lines; the speakers' lines must be as likely as `least`. Nothing where nobody is named.
pub fn read(context: &Context<'_>, known: &Known, cell: Span, least: f64) -> Option<Slot> {
    let (mut lines, kind) = without_tags(context, lines(context, cell));
    let first = *lines.first()?;
    lines.remove(0);
    // A line that leads to a page of its own is the title, so those below are the speakers.
    let leads = context.links_in(first).any(|l| l.link.span == first && !l.url.starts_with('#') && l.handle.is_none());
    let least = if leads { least.min(LED) } else { least };
    let (people, _) = people_of(context, known, &lines, least);
    if !people.is_empty() {
        return Some(Slot { title: first, people, kind });
    }
    // The speaker above the title.
    let second = *lines.first()?;
    let (above, score) = speakers(context, known, first);
    let below = speakers(context, known, second).1;
    (score >= least.max(0.5) && score > below + 0.2).then_some(Slot { title: second, people: above, kind })
}

/// The lines of a cell that have text.
fn lines(context: &Context<'_>, cell: Span) -> Vec<Span> {
    let mut at = cell.start;
    let mut lines = Vec::new();
    for line in context.doc.slice(cell).split('\n') {
        let span = trim(context.doc, Span::new(at, at + line.len()));
        at += line.len() + 1;
        if context.doc.slice(span).chars().any(char::is_alphanumeric) && lines.len() < MAX_LINES {
            lines.push(span);
        }
    }
    lines
}

/// Takes out lines that are nothing but a time, a code (`EN`, `S`) or a kind (`JA Keynote`).
fn without_tags(context: &Context<'_>, lines: Vec<Span>) -> (Vec<Span>, Option<Label>) {
    if lines.len() < 2 {
        return (lines, None);
    }
    let mut kind = None;
    let mut rest = Vec::new();
    for span in lines {
        let text = context.doc.slice(span);
        let code = text.split_whitespace().take_while(|w| is_code(w)).map(str::len).sum::<usize>();
        let behind = trim(context.doc, Span::new(span.start + text.len() - uncoded(text).len(), span.end));
        let short = text.chars().count() <= MAX_TAG;
        if short && behind.is_empty() && code > 0 {
            continue;
        }
        match line::bare_label(context, behind).filter(|_| short) {
            Some(label) if kind.is_none() => kind = Some(label),
            _ => rest.push(span),
        }
    }
    // A cell of nothing but tags is called by them.
    if rest.is_empty()
        && let Some(label) = &kind
    {
        rest.push(label.span);
    }
    (rest, kind)
}

/// A text without the codes at its start.
fn uncoded(text: &str) -> &str {
    let mut rest = text;
    while let Some((word, behind)) = rest.split_once(char::is_whitespace).or(Some((rest, ""))).filter(|(w, _)| is_code(w)) {
        rest = behind.trim_start();
        if word.is_empty() {
            break;
        }
    }
    rest
}

/// `EN`, `JA/EN`, `S`: one or two capitals, or some of them joined.
fn is_code(word: &str) -> bool {
    !word.is_empty() && word.split('/').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase()))
}

/// The speakers of the lines right below the title.
fn people_of(context: &Context<'_>, known: &Known, lines: &[Span], least: f64) -> (Vec<Mention>, f64) {
    let mut people: Vec<Mention> = Vec::new();
    let mut lowest = 1.0_f64;
    for &line in lines {
        let (found, score) = speakers(context, known, line);
        let sure = found.iter().any(|m| !m.handles.is_empty());
        if found.is_empty() || (score < least && !sure) {
            break;
        }
        lowest = lowest.min(score);
        people.extend(found);
    }
    (people, lowest)
}

/// Where a second sentence with a label begins: `Mara Quill, Ned Fuller. Chair: …`.
fn second_label(text: &str) -> Option<usize> {
    let (before, behind) = text.split_once(". ").or_else(|| text.split_once("。"))?;
    let label = behind.split([':', '：']).next().filter(|l| l.len() < behind.len())?;
    (label.chars().count() <= MAX_TAG / 2).then_some(before.len())
}

/// The speakers that a line names, without those that a word such as "chair" tells apart.
fn speakers(context: &Context<'_>, known: &Known, line: Span) -> (Vec<Mention>, f64) {
    let text = context.doc.slice(line);
    if text.chars().count() > MAX_SPEAKERS * 2 {
        return (Vec::new(), 0.0);
    }
    let others = context.asking(Use::Person, text).filter(|r| matches!(r.kind.as_deref(), Some("moderator" | "host")));
    let cut = others.filter_map(|r| r.find(text)).map(|f| f.start).chain(second_label(text)).filter(|start| *start > 0).min();
    let end =
        cut.map_or(line.end, |at| line.start + text[..at].trim_end_matches(|c: char| c.is_whitespace() || ".,;、。(（".contains(c)).len());
    let span = Span::new(line.start, end);
    if context.doc.slice(span).chars().count() > MAX_SPEAKERS {
        return (Vec::new(), 0.0);
    }
    whole_line(context, Some(known), span, Role::Speaker, 0.0)
}
