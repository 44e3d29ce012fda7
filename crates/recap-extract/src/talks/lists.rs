//! Talks in lists: one item a talk, the speaker and the deck in the same line or in a nested list.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use recap_document::{BlockKind, Span};
use recap_model::{LinkKind, Method, Role};
use recap_rules::Use;

use super::below::labelled;
use super::line::{self, Line, Variant};
use super::list_people::{agree_below, by_person, only_people};
use super::{lines, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::{Found, Mention, Proof};
use crate::person::{Known, whole_line};

/// Fewer characters that lead to a deck are no title.
const TITLE: usize = 6;

/// An item and what it may announce.
pub(super) struct Item {
    pub(super) block: usize,
    pub(super) line: Rc<Line>,
    pub(super) below: Vec<Mention>,
    has_deck: bool,
    has_slides: bool,
    /// The words of the line that lead to a deck or recording, if they are more than what it is called.
    linked: Option<Span>,
    pub(super) is_break: bool,
    /// It is marked as an answer, or stands in the first room (`A1`): its neighbours tell.
    is_slot: bool,
    /// A pause; what stands in a list below it passes the time.
    is_pause: bool,
}

/// Finds talks in lists.
pub fn find(context: &Context<'_>, known: &Known) -> Vec<TalkDraft> {
    let mut talks: Vec<TalkDraft> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for index in 0..context.doc.blocks.len() {
        let is_list = matches!(context.doc.blocks[index].kind, BlockKind::List { .. });
        let is_note = taken.iter().rev().take(64).any(|range| range.contains(&index));
        if is_list && !is_note && is_content(context, index) {
            // Lists inside an item that is a talk are its notes.
            let (found, notes) = talks_of(context, known, index);
            talks.extend(found);
            taken.extend(notes);
        }
    }
    talks
}

fn is_content(context: &Context<'_>, list: usize) -> bool {
    context.doc.leaves(list).next().is_some_and(|leaf| context.position(leaf).is_some())
}

/// The talks of a list, and the block ranges of the items that they took.
fn talks_of(context: &Context<'_>, known: &Known, list: usize) -> (Vec<TalkDraft>, Vec<Range<usize>>) {
    let mut items: Vec<Item> = context
        .doc
        .children(list)
        .filter(|&b| context.doc.blocks[b].kind == BlockKind::Item)
        .filter_map(|b| item(context, known, b))
        .collect();
    let section_index = context.section_of_offset(context.doc.blocks[list].span.start);
    let section = &context.sections[section_index];
    let kind = section.kind.as_deref();
    // On an event's own page, what it is about is its programme.
    let about = kind == Some("about") && !context.is_event_page;
    if about
        || matches!(
            kind,
            Some(
                "closing"
                    | "impressions"
                    | "next"
                    | "references"
                    | "author"
                    | "social"
                    | "staff"
                    | "links"
                    | "venue"
                    | "access"
                    | "sponsor"
                    | "qa"
            )
        )
    {
        return (Vec::new(), Vec::new());
    }
    let introduced = introduced(context, list);
    let timed = items.iter().filter(|i| i.line.time.is_some()).count();
    let expected = matches!(kind, Some("talks" | "lightning" | "timetable" | "keynote" | "schedule" | "workshop" | "panel"))
        || (timed >= 2 && timed * 3 >= items.len() * 2)
        || introduced
        || super::section::kind_for_all(context, section_index).is_some();
    // Without a question, an answer's mark in a programme is a slot's.
    let asked = !expected || items.iter().any(|item| line::is_question(context, item.line.body));
    items.iter_mut().filter(|item| item.is_slot && asked).for_each(|item| item.is_break = true);
    let range = |item: &Item| item.block..context.doc.blocks[item.block].next;
    let only = matches!(kind, Some("lightning" | "timetable")) || introduced || timed >= 3 && timed * 3 >= items.len() * 2;
    if let Some(talks) = by_person(context, &items, expected, (introduced, only)).or_else(|| only_people(context, &items)) {
        return (talks, items.iter().map(range).collect());
    }
    let pauses = items.iter().filter(|i| i.is_pause).map(range).collect();
    let votes = votes(&items);
    if expected {
        agree_below(context, known, &mut items);
    }
    // Where nothing but talks stands, likely names that all stand in the same place are the speakers.
    let slots = items.iter().filter(|i| !i.is_break).count();
    let chosen: Vec<Option<Variant>> = items.iter().map(|item| choose(item, &votes, slots, (expected, only))).collect();
    if is_dialogue(&chosen) {
        return (Vec::new(), pauses);
    }
    let strong = items.iter().zip(&chosen).filter(|(item, variant)| is_strong(item, variant.as_ref(), expected)).count();
    let proven = items.iter().zip(&chosen).filter(|(item, variant)| is_proven(item, variant.as_ref(), expected)).count();
    let open = items.iter().filter(|i| !i.is_break).count();
    let enough = if expected { strong >= 1 && strong * 3 >= open } else { strong >= 2 && strong * 2 >= open && proven * 2 >= strong };
    if !enough {
        // Notes in between do not hide a line that tells of a talk by itself, nor a deck one that is alone in its slot.
        let shown = |item: &Item| expected && open == 1 && !item.is_break && item.line.time.is_some() && item.has_deck;
        let plain = items.iter().zip(chosen).filter(|(item, variant)| is_plain(item, variant.as_ref(), expected) || shown(item));
        let (talks, notes): (Vec<_>, Vec<_>) = plain.map(|(item, variant)| (draft(context, item, variant), range(item))).unzip();
        return (talks, [notes, pauses].concat());
    }
    let strong = items.iter().zip(chosen).filter(|(item, variant)| is_strong(item, variant.as_ref(), expected));
    let (talks, notes): (Vec<_>, Vec<_>) = strong.map(|(item, variant)| (draft(context, item, variant), range(item))).unzip();
    (talks, [notes, pauses].concat())
}

/// Whether few people take turns in the items, each named first: what they say are no titles.
fn is_dialogue(chosen: &[Option<Variant>]) -> bool {
    let turns = chosen.iter().flatten().filter(|v| v.shape.starts_with("who title") || v.shape == "who quote");
    let voices: Vec<&str> = turns.filter_map(|v| Some(v.people.first()?.name.as_ref()?.value.as_str())).collect();
    let distinct: HashSet<&str> = voices.iter().copied().collect();
    voices.len() >= 3 && distinct.len() * 2 <= voices.len() + 1 || voices.len() >= 2 && distinct.len() == 1
}

/// A line that needs no neighbours: a quoted title or a label with a person beyond doubt.
fn is_plain(item: &Item, variant: Option<&Variant>, expected: bool) -> bool {
    let sure = |v: &Variant| v.score >= 0.9 && v.shape.contains("who") && (v.shape.contains("quote") || item.line.kind().is_some());
    is_strong(item, variant, expected) && variant.is_some_and(sure)
}

/// Whether the paragraph right before a list says that talks or their speakers follow.
fn introduced(context: &Context<'_>, list: usize) -> bool {
    let position = context.doc.leaves(list).find_map(|leaf| context.position(leaf));
    let Some(before) = position.and_then(|p| p.checked_sub(1)).map(|p| context.leaves[p]) else { return false };
    let text = context.text(before);
    let last = text.trim_end().rsplit(['。', '\n']).find(|s| !s.trim().is_empty()).unwrap_or(text);
    let mut rules = context.rules.of(Use::Cue, context.language).filter(|r| r.kind.as_deref() == Some("programme"));
    context.doc.blocks[before].kind == BlockKind::Paragraph
        && last.chars().count() <= 60
        && rules.any(|r| {
            let yes = r.matches(last);
            if yes {
                context.fire(&r.id, context.doc.blocks[before].span);
            }
            yes
        })
}

/// A line that something more than a likely name marks as a talk: a time, a kind, a deck, an account, an honorific.
fn is_proven(item: &Item, variant: Option<&Variant>, expected: bool) -> bool {
    let marked = item.line.time.is_some() || item.line.kind().is_some() || item.has_deck;
    let sure = |v: &Variant| v.score >= 0.8 || v.shape.contains("quote") || v.people.iter().any(|p| !p.handles.is_empty());
    !item.is_break && is_strong(item, variant, expected) && (marked || variant.is_some_and(sure) || !item.below.is_empty())
}

/// A line that names a speaker, or a quoted or labelled title with a deck; where talks are expected, a title that leads to its deck.
fn is_strong(item: &Item, variant: Option<&Variant>, expected: bool) -> bool {
    let is_deck =
        |linked: Span| expected && item.has_slides && linked.start <= item.line.body.start + 4 && linked.end + 4 >= item.line.body.end;
    let marked =
        item.line.kind().is_some() || item.line.variants.iter().any(|v| v.shape.contains("quote")) || item.linked.is_some_and(is_deck);
    !item.is_break && (variant.is_some_and(|v| v.title.is_some()) || !item.below.is_empty() || (marked && item.has_deck))
}

fn item(context: &Context<'_>, known: &Known, block: usize) -> Option<Item> {
    let first = context.doc.leaves(block).next()?;
    context.position(first)?;
    let all = lines(context, first);
    let line_span = *all.first()?;
    if context.doc.slice(line_span).chars().count() > 240 {
        return None;
    }
    let text = context.doc.slice(line_span);
    let is_pause = context.asking(Use::Break, text).any(|r| r.matches(text));
    let asks = line::is_question(context, line_span);
    let is_break = holds_items(context, block) || is_pause || asks || labelled(context, line_span).is_some();
    let is_slot = line::is_answer(context, line_span);
    let mut line = line::read(context, known, line_span);
    // A slot whose time stands alone has its title in the line below.
    if line.time.is_some() && line.body.is_empty() {
        let inner = context.doc.leaves(block).skip(1).find_map(|leaf| lines(context, leaf).first().copied());
        let inner = all.get(1).copied().or(inner).filter(|s| context.doc.slice(*s).chars().count() <= 240);
        if let Some(span) = inner {
            line = Rc::new(Line { time: line.time, ..(*line::read(context, known, span)).clone() });
        }
    }
    let rest = all.iter().skip(1).copied().chain(context.doc.leaves(block).skip(1).flat_map(|leaf| lines(context, leaf)));
    let has_deck = context.links_in(context.doc.blocks[block].span).any(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video));
    let below = below(context, known, rest.take(6), if has_deck { 0.6 } else { 0.9 });
    let mut material = context.links_in(line_span).filter(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video)).map(|l| l.link.span);
    let linked = material.find(|&s| is_title(context, context.doc.slice(s)));
    let has_slides = context.links_in(line_span).any(|l| l.kind == LinkKind::Slides);
    Some(Item { block, line, below, has_deck, has_slides, linked, is_break, is_slot, is_pause })
}

/// Whether the words of a link to a deck are more than what the deck is called.
fn is_title(context: &Context<'_>, text: &str) -> bool {
    let called = || context.asking(Use::LinkText, text).any(|r| r.matches(text));
    text.chars().count() >= TITLE && !text.contains("://") && !called()
}

/// Whether an item holds a list of items that have lists themselves: a heading in a list's clothes.
fn holds_items(context: &Context<'_>, block: usize) -> bool {
    let is_list = |b: &usize| matches!(context.doc.blocks[*b].kind, BlockKind::List { .. });
    let inner: Vec<usize> = context.doc.children(block).filter(is_list).flat_map(|list| context.doc.children(list)).collect();
    let deep = inner.iter().filter(|&&item| context.doc.children(item).any(|b| is_list(&b))).count();
    let first = context.doc.leaves(block).next().map(|leaf| context.doc.blocks[leaf].span);
    (deep >= 2 && deep * 2 > inner.len()) || (inner.len() >= 2 && first.is_some_and(|span| line::bare_label(context, span).is_some()))
}

fn below(context: &Context<'_>, known: &Known, lines: impl Iterator<Item = Span>, least: f64) -> Vec<Mention> {
    for span in lines {
        let people = match labelled(context, span) {
            Some((kind, value)) if kind == "talk.speaker" => whole_line(context, Some(known), value, Role::Speaker, 0.2).0,
            Some(_) => continue,
            None => whole_line(context, Some(known), span, Role::Speaker, least).0,
        };
        if !people.is_empty() {
            return people;
        }
    }
    Vec::new()
}

/// What the items of a list say together for one shape.
#[derive(Default, Clone, Copy)]
struct Vote {
    sum: f64,
    best: f64,
    /// Items that can be read in it.
    count: usize,
}

fn votes(items: &[Item]) -> HashMap<String, Vote> {
    let mut votes: HashMap<String, Vote> = HashMap::new();
    for item in items {
        let mut seen: Vec<&str> = Vec::new();
        for variant in item.line.variants.iter().filter(|v| !v.people.is_empty() && v.title.is_some()) {
            if !seen.contains(&variant.shape.as_str()) {
                seen.push(&variant.shape);
                let vote = votes.entry(variant.shape.clone()).or_default();
                *vote = Vote { sum: vote.sum + variant.score, best: vote.best.max(variant.score), count: vote.count + 1 };
            }
        }
    }
    votes
}

/// The reading of an item; `expected` says that talks may stand here, `only` that nothing else does.
fn choose(item: &Item, votes: &HashMap<String, Vote>, items: usize, (expected, only): (bool, bool)) -> Option<Variant> {
    let least = if expected { 0.55 } else { 0.65 };
    let vote = |v: &Variant| votes.get(&v.shape).copied().unwrap_or_default();
    // The words that lead to the deck are the title, so the rest is the speaker.
    let linked = |v: &Variant| v.title.zip(item.linked).is_some_and(|(title, linked)| title.contains(linked) || linked.contains(title));
    let in_place = |v: &Variant| only && vote(v).count >= 3 && vote(v).count * 5 >= items * 4;
    let rated = |v: &Variant| {
        let Vote { sum, count, best } = vote(v);
        let uniform = if count >= 2 && count * 5 >= items * 4 { 0.15 } else { 0.0 };
        // A name that is sure makes those in the same place of its neighbours likely.
        let led = if v.is_doubtful() && (best >= line::SURE_FIRST || in_place(v)) && uniform > 0.0 { 0.15 } else { 0.0 };
        v.score + ((sum - v.score) * 0.12).min(0.35) + uniform + led + if linked(v) { 0.25 } else { 0.0 }
    };
    let told = |v: &&Variant| {
        let alone = v.is_doubtful() && vote(v).best < line::SURE_FIRST && !linked(v) && !in_place(v);
        !alone && (!v.is_weak() || item.has_deck || item.line.kind().is_some())
    };
    let people = item.line.variants.iter().filter(told).filter(|v| !v.people.is_empty() && v.title.is_some() && rated(v) >= least);
    people.max_by(|a, b| rated(a).total_cmp(&rated(b))).cloned()
}

pub(super) fn draft(context: &Context<'_>, item: &Item, variant: Option<Variant>) -> TalkDraft {
    let span = context.doc.blocks[item.block].span;
    let mut talk = TalkDraft::at(item.line.body, 0.8);
    let (title_span, people) = match variant {
        Some(variant) => (variant.title, variant.people),
        None => {
            let quote = item.line.variants.iter().find(|v| v.people.is_empty() && v.shape.contains("quote")).and_then(|v| v.title);
            (quote.or_else(|| item.line.plain_title()), item.below.clone())
        }
    };
    talk.title = title_span.map(|s| title(context, s, "talk/list-item", 0.85));
    talk.speakers = people;
    let label = item.line.kind();
    let own = label.and_then(|l| Some(Found::new(l.kind?, Proof::text(l.span, &l.rule, Method::Normalised, 0.92))));
    talk.kind = own.or_else(|| outer_item(context, item.block)).or_else(|| intro(context, item.block)).or_else(|| above(context, span));
    let first = context.doc.leaves(item.block).find_map(|leaf| context.position(leaf)).unwrap_or(0);
    let last = context.doc.leaves(item.block).filter_map(|leaf| context.position(leaf)).last().unwrap_or(first);
    talk.leaves = first..last + 1;
    talk
}

/// The kind that an item around the list tells (`LT` with the talks nested in it).
fn outer_item(context: &Context<'_>, block: usize) -> Option<Found<recap_model::TalkKind>> {
    let outer = context.doc.ancestors(block).find(|&b| context.doc.blocks[b].kind == BlockKind::Item)?;
    let first = context.doc.leaves(outer).next()?;
    let label = line::bare_label(context, context.doc.blocks[first].span)?;
    Some(Found::new(label.kind?, Proof::text(label.span, &label.rule, Method::Derived, 0.88)))
}

/// The kind that the paragraph right before the list tells (`Lightning demos, five minutes each:`).
pub(super) fn intro(context: &Context<'_>, block: usize) -> Option<Found<recap_model::TalkKind>> {
    let list = context.doc.blocks[block].parent?;
    let position = context.doc.leaves(list).find_map(|leaf| context.position(leaf))?;
    let before = *context.leaves.get(position.checked_sub(1)?)?;
    let span = context.doc.blocks[before].span;
    let short = context.doc.blocks[before].kind == BlockKind::Paragraph && context.text(before).chars().count() <= 80;
    let label = line::leading_label(context, span).filter(|l| l.kind.is_some_and(|k| k != recap_model::TalkKind::Talk));
    let label = label.or_else(|| line::announced(context, span)).filter(|_| short)?;
    Some(Found::new(label.kind?, Proof::text(label.span, &label.rule, Method::Derived, 0.85)))
}

/// The kind that the sections above tell.
pub(super) fn above(context: &Context<'_>, span: Span) -> Option<Found<recap_model::TalkKind>> {
    let mut section = Some(context.section_of_offset(span.start));
    while let Some(index) = section {
        let outline = &context.sections[index];
        if let (Some(kind), Some(heading)) = (super::section::kind_for_all(context, index), outline.heading) {
            return Some(Found::new(kind, Proof::text(context.doc.blocks[heading].span, "talk/parent-heading", Method::Derived, 0.85)));
        }
        section = outline.parent;
    }
    None
}
