//! Talks told by labelled lines, one below the other: `タイトル: …`, `登壇者: …`, `Slides: …`.

use recap_document::{BlockKind, Span};
use recap_model::{Method, Role};

use super::below::field;
use super::{line, lines, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::{Found, Mention, Proof};
use crate::person::{Known, whole_line};

/// Leaves that may stand between two fields of one talk.
const APART: usize = 3;

/// A label this sure is a title's and nothing else's.
const SURE: f64 = 0.8;

/// What the labelled lines of one talk tell.
struct Record {
    section: usize,
    title: Option<Span>,
    speakers: Vec<Mention>,
    /// It has a line for its deck.
    shown: bool,
    first: usize,
    last: usize,
}

/// Finds talks by their fields.
pub fn find(context: &Context<'_>, known: &Known) -> Vec<TalkDraft> {
    let mut records: Vec<Record> = Vec::new();
    let mut all = rows(context).into_iter().peekable();
    while let Some((position, span)) = all.next() {
        let Some((rule, mut value)) = field(context, span) else { continue };
        // The value of a bare label stands in the line below.
        if let Some((_, below)) =
            all.peek().filter(|(at, below)| value.is_empty() && *at <= position + 1 && field(context, *below).is_none())
        {
            value = *below;
        }
        match rule.kind.as_deref() {
            Some("talk.title") if rule.confidence >= SURE && !value.is_empty() => {
                let record = open(context, &mut records, position, |r| r.title.is_none());
                record.title = Some(line::unquote(context.doc, value));
            }
            Some("talk.speaker") if !value.is_empty() => {
                let people = whole_line(context, Some(known), value, Role::Speaker, 0.2).0;
                if !people.is_empty() {
                    open(context, &mut records, position, |r| r.speakers.is_empty()).speakers = people;
                }
            }
            Some("talk.slides") => {
                if let Some(record) = records.last_mut().filter(|r| r.title.is_some() && near(r, position)) {
                    (record.shown, record.last) = (true, position);
                }
            }
            _ => {}
        }
    }
    let next: Vec<usize> = records.iter().skip(1).map(|r| r.first).chain([usize::MAX]).collect();
    records.into_iter().zip(next).filter_map(|(record, next)| draft(context, record, next)).collect()
}

/// The lines of all paragraphs with the positions of their leaves.
fn rows(context: &Context<'_>) -> Vec<(usize, Span)> {
    let running = |leaf: &usize| context.doc.blocks[*leaf].kind == BlockKind::Paragraph;
    let leaves = context.leaves.iter().copied().enumerate().filter(|(_, leaf)| running(leaf));
    leaves.flat_map(|(position, leaf)| lines(context, leaf).into_iter().map(move |span| (position, span))).collect()
}

fn near(record: &Record, position: usize) -> bool {
    position - record.last <= APART
}

/// The record that a field at a position goes into: the last one, where it lacks the field, else a new one.
fn open<'r>(context: &Context<'_>, records: &'r mut Vec<Record>, position: usize, lacks: impl Fn(&Record) -> bool) -> &'r mut Record {
    let section = context.section_at(position);
    let fits = records.last().is_some_and(|r| r.section == section && near(r, position) && lacks(r));
    if !fits {
        records.push(Record { section, title: None, speakers: Vec::new(), shown: false, first: position, last: position });
    }
    let at = records.len() - 1;
    records[at].last = position;
    &mut records[at]
}

fn draft(context: &Context<'_>, record: Record, next: usize) -> Option<TalkDraft> {
    let span = record.title.filter(|t| !t.is_empty() && (record.shown || !record.speakers.is_empty()))?;
    let line = super::line::labels(context, span);
    let mut talk = TalkDraft::at(span, 0.9);
    talk.title = Some(title(context, line.0, "talk/field", 0.93));
    talk.speakers = record.speakers;
    let own = line.1.and_then(|l| Some(Found::new(l.kind?, Proof::text(l.span, &l.rule, Method::Normalised, 0.92))));
    talk.kind = own.or_else(|| super::lists::above(context, span));
    let end = context.sections[record.section].own.end.min(next).max(record.last + 1);
    talk.leaves = record.first..end;
    Some(talk)
}
