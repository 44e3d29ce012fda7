//! Who speaks, and about what, by the lines under a heading.

use recap_document::{BlockKind, Span};
use recap_model::Role;
use recap_rules::{Rule, Use};
use recap_text::names::fold;

use super::quote::may_quote;
use super::{line, lines};
use crate::context::{Context, Outline};
use crate::finding::Mention;
use crate::person::{Known, whole_line};

/// Leaves under a heading in which its speaker is looked for.
pub const NEAR: usize = 4;

/// A line that ends with a full stop and has more characters is a sentence, no name.
const SENTENCE: usize = 40;

/// A label is not longer, in characters.
const MAX_LABEL: usize = 16;

/// Leaves under a heading in which a line labelled as the speaker's is looked for.
const LABELLED: usize = 24;

/// Speakers in the lines right under a heading: a line that is nothing but people, or a labelled one.
pub fn speakers_below(context: &Context<'_>, known: &Known, outline: &Outline, untitled: bool) -> Below {
    let mut people = Vec::new();
    let (mut titled, mut labels) = (None, false);
    let mut above: Option<Span> = None;
    let mut waits = false;
    for &leaf in context.leaves[outline.own.start..outline.end].iter().take(NEAR) {
        let called = super::speakers::is_called(context, outline.heading, leaf);
        let heading = matches!(context.doc.blocks[leaf].kind, BlockKind::Heading(_));
        let celled = context.doc.ancestors(leaf).any(|b| matches!(context.doc.blocks[b].kind, BlockKind::Cell { .. }));
        for span in lines(context, leaf).into_iter().take(4) {
            let span = super::quote::unbracket(context.doc, span);
            let text = context.doc.slice(span);
            if text.chars().count() > 120 || text.contains("://") && context.doc.blocks[leaf].links.iter().all(|l| l.span.is_empty()) {
                continue;
            }
            if people.is_empty() && is_speakers_label(context, text) {
                waits = true;
                continue;
            }
            if std::mem::take(&mut waits) {
                people.extend(whole_line(context, Some(known), span, Role::Speaker, 0.2).0);
                continue;
            }
            match labelled(context, span) {
                Some((kind, value)) if kind == "talk.speaker" => {
                    people.extend(whole_line(context, Some(known), value, Role::Speaker, 0.2).0)
                }
                Some((kind, value)) if kind == "talk.title" => {
                    labels |= titled.is_none();
                    titled = titled.or(Some(line::unquote(context.doc, value)));
                }
                Some(_) => {}
                None if called => people.extend(whole_line(context, Some(known), span, Role::Speaker, 0.2).0),
                None if people.is_empty() => {
                    if let Some((who, title)) = quoted(context, known, span) {
                        // Below a title, a heading that reads otherwise is another talk's.
                        if heading && !untitled && title.is_some_and(|t| !alike(context, outline, t)) {
                            continue;
                        }
                        (people, titled) = (who, titled.or(title));
                        continue;
                    }
                    // `by` in front says that a person follows.
                    let least = if crate::person::joined(context, span).start > span.start { 0.35 } else { 0.72 };
                    if !(least > 0.5 && is_sentence(text)) {
                        people = whole_line(context, Some(known), span, Role::Speaker, least).0;
                    }
                    // Under a bare label (`Session 2`), the line over the speaker's is the title.
                    if !people.is_empty() && untitled && titled.is_none() {
                        titled = above.map(|s| line::unquote(context.doc, s));
                    }
                    above = (!celled && !text.ends_with(['。', '.', '！'])).then_some(span);
                }
                None => {}
            }
        }
    }
    if people.is_empty() {
        people = labelled_below(context, known, outline);
    }
    Below { people, title: titled, labelled: labels }
}

/// What the lines under a heading tell.
#[derive(Debug, Default)]
pub struct Below {
    /// The speakers.
    pub people: Vec<Mention>,
    /// The title.
    pub title: Option<Span>,
    /// A label says that it is the title, so the heading is something else.
    pub labelled: bool,
}

/// Whether a line is nothing but a label of speakers (`登壇者`): they stand in the line below.
fn is_speakers_label(context: &Context<'_>, text: &str) -> bool {
    let short = text.chars().count() <= MAX_LABEL;
    short && crate::event::fields::label(context, text).is_some_and(|rule| rule.kind.as_deref() == Some("talk.speaker"))
}

/// Whether a title says what the heading says, or a part of it.
fn alike(context: &Context<'_>, outline: &Outline, title: Span) -> bool {
    let Some(heading) = outline.heading else { return true };
    let (head, title) = (fold(context.text(heading)), fold(context.doc.slice(title)));
    head.contains(&title) || title.contains(&head)
}

/// Whether a line ends like a sentence, is too long for a name, and gives no account.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '.', '!', '?']) && text.chars().count() > SENTENCE && !text.contains(['@', '＠'])
}

/// Speakers and title of a line with a quotation or an emphasis; all other lines need not be read in every way.
fn quoted(context: &Context<'_>, known: &Known, span: Span) -> Option<(Vec<Mention>, Option<Span>)> {
    if !may_quote(context.doc.slice(span)) && context.marks_in(span).next().is_none() {
        return None;
    }
    let line = line::read(context, known, span);
    let variant = line.with_people(0.7).filter(|v| v.shape.contains("quote"))?;
    Some((variant.people.clone(), variant.title))
}

/// The speakers whom a labelled line further down names (`登壇者: …`).
fn labelled_below(context: &Context<'_>, known: &Known, outline: &Outline) -> Vec<Mention> {
    for &leaf in context.leaves[outline.own.clone()].iter().take(LABELLED) {
        for span in lines(context, leaf).into_iter().take(4).filter(|s| context.doc.slice(*s).chars().count() <= 120) {
            if let Some((kind, value)) = labelled(context, span)
                && kind == "talk.speaker"
            {
                let people = whole_line(context, Some(known), value, Role::Speaker, 0.2).0;
                if !people.is_empty() {
                    return people;
                }
            }
        }
    }
    Vec::new()
}

/// Where a section is a talk for other reasons, a short line under its heading that may be a person is its speaker.
pub fn likely_below(context: &Context<'_>, known: &Known, outline: &Outline) -> Vec<Mention> {
    for &leaf in context.leaves[outline.own.clone()].iter().take(2).filter(|&&l| is_paragraph(context, l)) {
        for span in lines(context, leaf).into_iter().take(2) {
            let text = context.doc.slice(span);
            if text.chars().count() > 48 || text.ends_with(['。', '.', '！', '!', '?', '？']) || text.contains("://") {
                continue;
            }
            let people = whole_line(context, Some(known), span, Role::Speaker, 0.6).0;
            if !people.is_empty() {
                return people;
            }
        }
    }
    Vec::new()
}

/// A paragraph that is no part of a list or a table.
fn is_paragraph(context: &Context<'_>, leaf: usize) -> bool {
    let block = &context.doc.blocks[leaf];
    block.kind == BlockKind::Paragraph
        && !block.parent.is_some_and(|p| matches!(context.doc.blocks[p].kind, BlockKind::Item | BlockKind::Cell { .. }))
}

/// A line `label: value` with a label that rules know: the field's kind and the value.
pub fn labelled(context: &Context<'_>, span: Span) -> Option<(String, Span)> {
    let (rule, value) = field(context, span)?;
    Some((rule.kind.clone()?, value))
}

/// As [`labelled`], with the rule itself.
pub fn field<'r>(context: &'r Context<'_>, span: Span) -> Option<(&'r Rule, Span)> {
    let text = context.doc.slice(span);
    context.asking(Use::Field, text).find_map(|rule| {
        let hit = rule.find(text)?;
        let lead = text[..hit.start].trim().is_empty();
        let rest = text[hit.end..].trim_start();
        let marked = rest.starts_with([':', '：', '|', '｜', '\n'])
            || text[..hit.end].trim_end().ends_with([':', '：', '】', ']', '＞', '〉', '》']);
        if !lead || !marked {
            return None;
        }
        context.fire(&rule.id, span);
        Some((rule.rule(), crate::person::trim(context.doc, Span::new(span.end - rest.len(), span.end))))
    })
}
