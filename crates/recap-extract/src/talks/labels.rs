//! What stands around a title in a line: times, labels that tell the kind, links to material, marks of questions.

use recap_document::{Document, Span};
use recap_model::LinkKind;
use recap_rules::Use;

use super::clock::time_length;
use super::line::{Label, Line, talk_kind};
use super::quote::unquote;
use crate::context::Context;
use crate::person::trim;

/// So many wide characters that lead to a deck are a title.
const TITLE: usize = 6;

/// The kind that a heading tells which is nothing but a label (`LT大会`, `Keynote`).
pub fn bare_label(context: &Context<'_>, span: Span) -> Option<Label> {
    let mut line = Line { body: trim(context.doc, span), time: None, labels: Vec::new(), variants: Vec::new() };
    for _ in 0..3 {
        take_time(context.doc, &mut line);
        take_label(context, &mut line);
    }
    line.kind().filter(|_| line.body.is_empty()).cloned()
}

/// Whether a line begins with what a panel is called, behind a time and other labels.
pub fn is_panel(context: &Context<'_>, span: Span) -> bool {
    let mut line = Line { body: trim(context.doc, span), time: None, labels: Vec::new(), variants: Vec::new() };
    for _ in 0..3 {
        take_time(context.doc, &mut line);
        take_label(context, &mut line);
    }
    line.labels.iter().any(|label| label.kind == Some(recap_model::TalkKind::Panel))
}

/// Whether a line is marked as a question or an answer (`Q. …`, `質問者：…`).
pub fn asks(context: &Context<'_>, span: Span) -> bool {
    is_question(context, span) || is_answer(context, span)
}

/// Whether a line is marked as a question.
pub fn is_question(context: &Context<'_>, span: Span) -> bool {
    let text = context.doc.slice(span);
    context.asking(Use::Question, text).any(|r| matches!(r.kind.as_deref(), None | Some("dialogue")) && r.matches(text))
}

/// Whether a line is marked as an answer, as far as `A1` is no room and slot of a programme.
pub fn is_answer(context: &Context<'_>, span: Span) -> bool {
    let text = context.doc.slice(span);
    context.asking(Use::Answer, text).any(|r| r.kind.is_none() && r.matches(text))
}

/// A title without the labels around it, and the label that tells its kind.
pub fn labels(context: &Context<'_>, span: Span) -> (Span, Option<Label>) {
    let mut line = Line { body: trim(context.doc, span), time: None, labels: Vec::new(), variants: Vec::new() };
    take_label(context, &mut line);
    let kind = line.kind().cloned();
    if line.body.is_empty() { (span, kind) } else { (unquote(context.doc, line.body), kind) }
}

/// The kind that a sentence about the talks to come begins with: `LTは次の通りでした`.
pub fn announced(context: &Context<'_>, span: Span) -> Option<Label> {
    let text = context.doc.slice(span);
    let rules = context.asking(Use::Label, text).filter(|r| r.kind.as_deref().is_some_and(|k| k != "talk"));
    rules.filter_map(|rule| Some((rule, rule.find(text).filter(|hit| hit.start == 0 && hit.end > 0)?))).find_map(|(rule, hit)| {
        let rest = &text[hit.end..];
        rest.starts_with(['は', 'の', 'も', 'が', 'を']).then(|| Label {
            rule: rule.id.as_str().into(),
            span: Span::new(span.start, span.start + hit.end),
            kind: rule.kind.as_deref().and_then(talk_kind),
        })
    })
}

/// The first label at a text's start.
pub fn leading_label(context: &Context<'_>, span: Span) -> Option<Label> {
    let mut line = Line { body: trim(context.doc, span), time: None, labels: Vec::new(), variants: Vec::new() };
    take_label(context, &mut line);
    line.labels.into_iter().next().filter(|l| l.span.start <= span.start + 4)
}

/// Takes a clock time or a range of them off the start, or off the end in brackets.
pub fn take_time(doc: &Document, line: &mut Line) {
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
        // A point there is that of a version: `(22.04)`.
        if time_length(within) == Some(within.len()) && !within.contains('.') {
            line.time = line.time.or(Some(Span::new(line.body.start + from, line.body.start + from + within.len())));
            line.body = trim(doc, Span::new(line.body.start, line.body.start + open));
        }
    }
}

/// Takes one label off the start or the end.
pub fn take_label(context: &Context<'_>, line: &mut Line) {
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
pub fn take_material(context: &Context<'_>, line: &mut Line) {
    const BREAKS: &[char] = &['-', '–', '—', '|', '｜', '/', '／', '(', '（', '[', ',', '、', '・', ':', '：', ' ', '\u{3000}'];
    let doc = context.doc;
    let Some(last) = context.links_in(line.body).filter(|l| l.kind != LinkKind::Profile && !l.link.span.is_empty()).last() else { return };
    let behind = doc.slice(Span::new(last.link.span.end, line.body.end));
    let before = doc.slice(Span::new(line.body.start, last.link.span.start));
    let material = matches!(last.kind, LinkKind::Slides | LinkKind::Video | LinkKind::Repository | LinkKind::Post)
        || super::material::called(context, last).is_some();
    let text = doc.slice(last.link.span);
    // Words that say more than that a deck is behind them are the title.
    let title = text.chars().filter(|c| *c as u32 >= 0x3040).count() >= TITLE && super::material::called(context, last).is_none();
    let short = material && !title && text.chars().count() <= 16 || text.contains("://");
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
