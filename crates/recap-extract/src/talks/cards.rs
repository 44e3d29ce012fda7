//! Talks that a paragraph announces: a bold line, or a first line with the speaker's line below.

use recap_document::{BlockKind, MarkKind, Span};
use recap_model::{Method, Role};

use super::line::{self, Line};
use super::{lines, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::{Found, Mention, Proof};
use crate::person::{Known, whole_line};

/// A title line is not longer, in characters.
const MAX_TITLE: usize = 160;

/// Finds talks by paragraphs outside of the sections that are talks already.
pub fn find(context: &Context<'_>, known: &Known, headings: &[TalkDraft]) -> Vec<TalkDraft> {
    let inside = |position: usize| headings.iter().any(|t| t.leaves.contains(&position));
    let positions: Vec<usize> = (0..context.leaves.len()).filter(|&p| !inside(p)).collect();
    let mut talks: Vec<TalkDraft> = Vec::new();
    for &position in &positions {
        let several = each_line(context, known, position);
        if several.len() >= 2 {
            talks.extend(several)
        } else {
            talks.extend(card(context, known, position).or_else(|| several.into_iter().next()))
        }
    }
    for i in 0..talks.len() {
        let section = context.section_at(talks[i].leaves.start);
        let end = talks.get(i + 1).map_or(usize::MAX, |next| next.leaves.start).min(section_end(context, section));
        let end = end.min(item_end(context, talks[i].leaves.start));
        talks[i].leaves.end = end.max(talks[i].leaves.start + 1);
    }
    talks
}

/// A paragraph whose lines are talks, each a quoted title with its speaker; a bare label in front gives the kind.
fn each_line(context: &Context<'_>, known: &Known, position: usize) -> Vec<TalkDraft> {
    let leaf = context.leaves[position];
    let all = lines(context, leaf);
    if context.doc.blocks[leaf].kind != BlockKind::Paragraph || all.len() < 2 || all.len() > 200 {
        return Vec::new();
    }
    let label = line::bare_label(context, all[0]);
    let mut talks = Vec::new();
    for span in all.into_iter().filter(|l| context.doc.slice(*l).chars().count() <= MAX_TITLE) {
        let line = line::read(context, known, span);
        let Some(variant) = line
            .with_people(if label.is_some() { 0.6 } else { 0.7 })
            .filter(|v| v.title.is_some() && (v.shape.contains("quote") || label.is_some()))
        else {
            continue;
        };
        let mut talk = TalkDraft::at(line.body, 0.8);
        talk.title = variant.title.map(|s| title(context, s, "talk/line", 0.8));
        talk.speakers.clone_from(&variant.people);
        let told = line.kind().or(label.as_ref());
        talk.kind = told.and_then(|l| Some(Found::new(l.kind?, Proof::text(l.span, &l.rule, Method::Normalised, 0.9))));
        talk.leaves = position..position + 1;
        talks.push(talk);
    }
    talks
}

/// The position after the list item that a leaf stands in; unbounded outside of lists.
fn item_end(context: &Context<'_>, position: usize) -> usize {
    let leaf = context.leaves[position];
    let item = context.doc.ancestors(leaf).find(|&b| context.doc.blocks[b].kind == BlockKind::Item);
    item.map_or(usize::MAX, |item| context.leaves.partition_point(|&l| l < context.doc.blocks[item].next))
}

fn section_end(context: &Context<'_>, section: usize) -> usize {
    context.sections[section].own.end
}

fn card(context: &Context<'_>, known: &Known, position: usize) -> Option<TalkDraft> {
    let leaf = context.leaves[position];
    let block = &context.doc.blocks[leaf];
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    let section = &context.sections[context.section_at(position)];
    if matches!(section.kind.as_deref(), Some("closing" | "impressions" | "about" | "next" | "references" | "author" | "social" | "staff"))
    {
        return None;
    }
    let all = lines(context, leaf);
    let first = *all.first()?;
    let length = context.doc.slice(first).chars().count();
    if !(3..=MAX_TITLE).contains(&length) {
        return None;
    }
    let bold = block.marks.iter().any(|m| m.kind == MarkKind::Strong && m.span.start <= first.start && first.end <= m.span.end + 1);
    let text = context.doc.slice(first);
    if !bold && all.len() == 1 && text.ends_with(['。', '.', '！', '!']) && !text.starts_with(['「', '『', '"', '“']) {
        return None;
    }
    let line = line::read(context, known, first);
    let next = all.get(1).copied().or_else(|| bold.then(|| next_line(context, position)).flatten());
    let below = next.map_or_else(Vec::new, |span| whole_line(context, Some(known), span, Role::Speaker, if bold { 0.6 } else { 0.93 }).0);
    let last =
        all.last().filter(|_| all.len() > 2).map_or_else(Vec::new, |span| whole_line(context, Some(known), *span, Role::Speaker, 0.93).0);
    accept(context, &line, bold, below, last).map(|mut talk| {
        talk.leaves = position..position + 1;
        talk
    })
}

fn next_line(context: &Context<'_>, position: usize) -> Option<Span> {
    let next = *context.leaves.get(position + 1)?;
    (context.doc.blocks[next].kind == BlockKind::Paragraph).then(|| lines(context, next).first().copied()).flatten()
}

fn accept(context: &Context<'_>, line: &Line, bold: bool, below: Vec<Mention>, last: Vec<Mention>) -> Option<TalkDraft> {
    let labelled = line.kind().is_some();
    let quoted = line.with_people(0.7).filter(|v| v.shape.contains("quote") && v.title.is_some());
    let within = quoted.or_else(|| line.with_people(if bold || labelled { 0.6 } else { 2.0 })).cloned();
    let (span, people, confidence) = match (within, below.is_empty(), last.is_empty()) {
        (Some(variant), ..) => (variant.title?, variant.people, 0.8),
        (None, false, _) => (line.plain_title()?, below, if bold { 0.9 } else { 0.75 }),
        (None, true, false) if labelled || bold || last.iter().all(|m| !m.handles.is_empty()) => (line.plain_title()?, last, 0.8),
        _ => return None,
    };
    let text = context.doc.slice(span);
    if text.ends_with(['。', '.', '：', ':']) || text.contains("://") {
        return None;
    }
    let mut talk = TalkDraft::at(line.body, confidence);
    talk.title = Some(title(context, span, "talk/card", confidence));
    talk.speakers = people;
    talk.kind = line.kind().and_then(|label| Some(Found::new(label.kind?, Proof::text(label.span, &label.rule, Method::Normalised, 0.92))));
    Some(talk)
}
