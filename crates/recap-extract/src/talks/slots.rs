//! Talks in slots whose parts only the style sheet sets apart: under a line that is a time, or in like parts of a page beside
//! each other, a line has the title and another one the speakers, as in the cell of a timetable.

use recap_document::{BlockKind, Region, Span};
use recap_model::Method;

use super::clock::is_time;
use super::line;
use super::tables::{LIKELY, MOSTLY, cell, is_break, slot_talk};
use super::{Covered, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::event::fields;
use crate::finding::{Found, Proof};
use crate::person::Known;

/// Leaves of one slot; what follows is about something else.
const MOST_LEAVES: usize = 6;
/// Fewer slots are no programme.
const LEAST: usize = 2;

/// Finds talks in slots outside of what is covered.
pub fn find(context: &Context<'_>, known: &Known, covered: &[TalkDraft]) -> Vec<TalkDraft> {
    let taken = Covered::by(context, covered);
    let mut runs = timed(context, &taken);
    runs.extend(timed_leaves(context, &taken));
    runs.extend(grouped(context, &taken));
    runs.extend(defined(context, &taken));
    let mut talks: Vec<TalkDraft> = Vec::new();
    for run in runs.into_iter().filter(|run| run.len() >= LEAST) {
        talks.extend(programme(context, known, &run));
    }
    talks
}

/// A slot: the positions of its leaves, without that of the time.
type Slot = std::ops::Range<usize>;

fn is_open(context: &Context<'_>, taken: &Covered, position: usize) -> bool {
    let leaf = context.leaves[position];
    let listed = context.doc.ancestors(leaf).any(|b| matches!(context.doc.blocks[b].kind, BlockKind::Cell { .. } | BlockKind::Item));
    let kind = context.sections[context.section_at(position)].kind.as_deref();
    !taken.holds(position) && !listed && !matches!(kind, Some("next" | "references" | "author" | "social" | "staff" | "qa" | "sponsor"))
}

/// Runs of slots that a time begins each.
fn timed(context: &Context<'_>, taken: &Covered) -> Vec<Vec<Slot>> {
    let begins = |p: &usize| is_time(context.text(context.leaves[*p])) && is_open(context, taken, *p);
    let starts: Vec<usize> = (0..context.leaves.len()).filter(begins).collect();
    let mut runs: Vec<Vec<Slot>> = Vec::new();
    let mut longest = 0;
    for (nth, &start) in starts.iter().enumerate() {
        let next = starts.get(nth + 1).copied().filter(|next| next - start <= MOST_LEAVES + 1);
        // Nothing ends the last slot but that it is like the others, or a heading.
        let end = next.unwrap_or_else(|| (start + 1 + longest.clamp(2, MOST_LEAVES)).min(context.leaves.len()));
        let heading = |p: &usize| next.is_none() && matches!(context.doc.blocks[context.leaves[*p]].kind, BlockKind::Heading(_));
        let end = (start + 1..end).find(heading).unwrap_or(end);
        let follows = runs.last().and_then(|run| run.last()).is_some_and(|last| last.end == start);
        if !follows {
            runs.push(Vec::new());
            longest = 0;
        }
        longest = longest.max(end - start - 1);
        if let Some(run) = runs.last_mut() {
            run.push(start + 1..end);
        }
    }
    runs
}

/// Runs of leaves whose first line is a time each, with title and speakers in the lines below.
fn timed_leaves(context: &Context<'_>, taken: &Covered) -> Vec<Vec<Slot>> {
    let mut runs: Vec<Vec<Slot>> = Vec::new();
    for position in (0..context.leaves.len()).filter(|&p| is_open(context, taken, p)) {
        let text = context.text(context.leaves[position]);
        if text.lines().count() < 2 || !text.lines().next().is_some_and(is_time) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.end == position) => run.push(position..position + 1),
            _ => runs.push(std::iter::once(position..position + 1).collect()),
        }
    }
    runs
}

/// Runs of divisions beside each other that are called the same and hold a few lines each, in a part about talks.
fn grouped(context: &Context<'_>, taken: &Covered) -> Vec<Vec<Slot>> {
    let mut runs: Vec<(Option<usize>, &str, Vec<Slot>)> = Vec::new();
    for (index, block) in context.doc.blocks.iter().enumerate() {
        let Some(class) = block.attr("class").filter(|_| block.kind == BlockKind::Section(Region::Group)) else { continue };
        let Some(slot) = slot_of(context, taken, index).filter(|slot| is_programme(context, class, slot.start)) else { continue };
        match runs.last_mut() {
            Some((parent, called, run)) if *parent == block.parent && *called == class => run.push(slot),
            _ => runs.push((block.parent, class, vec![slot])),
        }
    }
    runs.into_iter().map(|(_, _, run)| run).collect()
}

/// Terms with what they are defined by, in a part about talks: `<dt>Title</dt><dd>Name</dd>`.
fn defined(context: &Context<'_>, taken: &Covered) -> Vec<Vec<Slot>> {
    let lists = (0..context.doc.blocks.len()).filter(|&b| matches!(context.doc.blocks[b].kind, BlockKind::List { .. }));
    let slots = |list: usize| {
        let mut slots: Vec<Slot> = Vec::new();
        for item in context.doc.children(list) {
            let Some(first) = context.doc.leaves(item).next().and_then(|leaf| context.position(leaf)) else { continue };
            let end = first + context.doc.leaves(item).count();
            match (context.doc.blocks[item].attr("role"), slots.last_mut()) {
                (Some("term"), _) => slots.push(first..end),
                (Some("definition"), Some(slot)) if slot.end == first => slot.end = end,
                _ => return Vec::new(),
            }
        }
        let free = |slot: &Slot| (2..=MOST_LEAVES).contains(&slot.len()) && slot.clone().all(|p| !taken.holds(p));
        let told = slots.first().is_some_and(|slot| is_programme(context, "", slot.start)) && slots.iter().all(free);
        if told { slots } else { Vec::new() }
    };
    lists.map(slots).collect()
}

fn slot_of(context: &Context<'_>, taken: &Covered, block: usize) -> Option<Slot> {
    let mut leaves = context.doc.leaves(block).take(MOST_LEAVES + 1);
    let first = context.position(leaves.next()?)?;
    let count = 1 + leaves.count();
    let slot = first..(first + count).min(context.leaves.len());
    let heading = |p: usize| matches!(context.doc.blocks[context.leaves[p]].kind, BlockKind::Heading(_));
    ((2..=MOST_LEAVES).contains(&count) && !slot.clone().any(|p| heading(p) || !is_open(context, taken, p))).then_some(slot)
}

/// Whether a part of the page is about talks, by its section or by what it is called.
fn is_programme(context: &Context<'_>, class: &str, position: usize) -> bool {
    const WORDS: &[&str] = &["talk", "session", "lecture", "presentation", "slot", "agenda", "schedule", "program"];
    let kind = context.sections[context.section_at(position)].kind.as_deref();
    matches!(kind, Some("talks" | "lightning" | "timetable" | "schedule" | "keynote" | "workshop"))
        || WORDS.iter().any(|word| class.to_ascii_lowercase().contains(word))
}

/// The talks of a run, if most of its slots name their speakers.
fn programme(context: &Context<'_>, known: &Known, run: &[Slot]) -> Vec<TalkDraft> {
    let span = |slot: &Slot| -> Option<Span> {
        let (first, last) = (*context.leaves.get(slot.start)?, *context.leaves.get(slot.end.checked_sub(1)?)?);
        let (start, text) = (context.doc.blocks[first].span.start, context.text(first));
        let time = text.split_once('\n').filter(|(line, _)| is_time(line)).map_or(0, |(line, _)| line.len() + 1);
        Some(Span::new(start + time, context.doc.blocks[last].span.end))
    };
    let title_of =
        |slot: &Slot| span(slot).map(|s| Span::new(s.start, s.start + context.doc.slice(s).lines().next().unwrap_or_default().len()));
    let open: Vec<&Slot> = run
        .iter()
        .filter(|slot| {
            !slot.is_empty()
                && title_of(slot).is_some_and(|t| !is_break(context, t) && fields::label(context, context.doc.slice(t)).is_none())
        })
        .collect();
    let read = |slot: &Slot, least: f64| one_line(context, known, slot).or_else(|| told(context, known, span(slot)?, least));
    let sure = open.iter().filter(|slot| read(slot, LIKELY).is_some()).count();
    if sure < LEAST || (sure as f64) < open.len() as f64 * MOSTLY {
        return Vec::new();
    }
    let talks = open.into_iter().filter_map(|slot| {
        let mut talk = read(slot, 0.2)?;
        talk.leaves = slot.clone();
        Some(talk)
    });
    talks.collect()
}

fn told(context: &Context<'_>, known: &Known, cell: Span, least: f64) -> Option<TalkDraft> {
    Some(slot_talk(context, known, cell, cell::read(context, known, cell, least)?))
}

/// The talk of a slot whose one line has title and speaker.
fn one_line(context: &Context<'_>, known: &Known, slot: &Slot) -> Option<TalkDraft> {
    let &leaf = context.leaves.get(slot.start).filter(|_| slot.len() == 1)?;
    let span = context.doc.blocks[leaf].span;
    if context.text(leaf).contains('\n') {
        return None;
    }
    let line = line::read(context, known, span);
    let variant = line.with_people(0.6).filter(|v| v.title.is_some())?;
    let mut talk = TalkDraft::at(span, 0.85);
    talk.title = variant.title.map(|s| title(context, s, "talk/timetable", 0.88));
    talk.speakers.clone_from(&variant.people);
    talk.kind = line.kind().and_then(|l| Some(Found::new(l.kind?, Proof::text(l.span, &l.rule, Method::Normalised, 0.9))));
    Some(talk)
}
