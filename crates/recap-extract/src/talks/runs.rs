//! Talks in paragraphs that follow each other, one a line: `19:00 Title, Speaker`, `Title - Speaker (@account)`.

use recap_document::BlockKind;
use recap_model::Method;
use recap_rules::Use;

use super::line::{self, Line, Variant};
use super::{Covered, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::{Found, Proof};
use crate::person::Known;

/// Lengths of a line, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=160;
/// Fewer lines are no programme.
const LEAST: usize = 2;
/// Leaves from one line to the next one: a pause or a remark may stand between them.
const STEP: usize = 3;

/// Finds runs of such lines outside of what is covered.
pub fn find(context: &Context<'_>, known: &Known, covered: &[TalkDraft]) -> Vec<TalkDraft> {
    let mut talks: Vec<TalkDraft> = Vec::new();
    let mut run: Vec<TalkDraft> = Vec::new();
    let taken = Covered::by(context, covered);
    for position in (0..context.leaves.len()).filter(|&p| !taken.holds(p)) {
        let Some(talk) = slot(context, known, position) else { continue };
        if run.last().is_some_and(|last| !follows(context, last.leaves.start, position)) {
            close(&mut run, &mut talks);
        }
        run.push(talk);
    }
    close(&mut run, &mut talks);
    talks
}

/// Ends a run: it counts if it is one.
fn close(run: &mut Vec<TalkDraft>, talks: &mut Vec<TalkDraft>) {
    let ended = std::mem::take(run);
    if ended.len() >= LEAST {
        talks.extend(ended);
    }
}

/// Whether two leaves stand near each other in the same element.
fn follows(context: &Context<'_>, first: usize, second: usize) -> bool {
    let parent = |position: usize| context.doc.blocks[context.leaves[position]].parent;
    second - first <= STEP && parent(first) == parent(second)
}

/// The talk that a paragraph of one line is, by its time, its speaker's account or its quotation marks.
fn slot(context: &Context<'_>, known: &Known, position: usize) -> Option<TalkDraft> {
    let leaf = context.leaves[position];
    let block = &context.doc.blocks[leaf];
    let text = context.text(leaf);
    let listed = context.doc.ancestors(leaf).any(|b| matches!(context.doc.blocks[b].kind, BlockKind::Item | BlockKind::Cell { .. }));
    let lined =
        LENGTH.contains(&text.chars().count()) && !text.contains('\n') && !text.ends_with(['.', '。', '!', '！', '?', '？', ':', '：']);
    if block.kind != BlockKind::Paragraph || listed || !lined || is_elsewhere(context, position) {
        return None;
    }
    if context.asking(Use::Break, text).any(|r| r.matches(text)) {
        return None;
    }
    let line = line::read(context, known, block.span);
    let variant = line.with_people(0.6).filter(|v| v.title.is_some() && is_marked(&line, v))?;
    let mut talk = TalkDraft::at(line.body, 0.8);
    talk.title = variant.title.map(|s| title(context, s, "talk/line", 0.8));
    talk.speakers.clone_from(&variant.people);
    talk.kind = line.kind().and_then(|l| Some(Found::new(l.kind?, Proof::text(l.span, &l.rule, Method::Normalised, 0.9))));
    talk.leaves = position..position + 1;
    Some(talk)
}

/// Whether more than its words make a line a talk's. A name in front of a quotation says it, as in a dialogue.
fn is_marked(line: &Line, variant: &Variant) -> bool {
    let quoted = variant.shape.contains("quote");
    let title_first = variant.title.zip(variant.people.first()).is_some_and(|(title, person)| title.start < person.span.start);
    let accounts = variant.people.iter().all(|p| !p.handles.is_empty());
    line.time.is_some() || (quoted && title_first) || (!quoted && accounts)
}

/// Whether a leaf stands in a part of the document that is about something else.
fn is_elsewhere(context: &Context<'_>, position: usize) -> bool {
    let kind = context.sections[context.section_at(position)].kind.as_deref();
    matches!(kind, Some("next" | "references" | "author" | "social" | "staff" | "qa" | "impressions" | "closing" | "links" | "sponsor"))
}
