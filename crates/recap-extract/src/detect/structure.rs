//! Signs that need no words: decks, event pages, accounts in headings, parts that only events have.

use std::collections::BTreeSet;

use recap_document::{BlockKind, Span};
use recap_model::LinkKind;
use recap_rules::Use;
use recap_text::dates::{DateContext, Precision, find_dates};

use super::{Sign, Told};
use crate::context::Context;
use crate::drafts::{EventDraft, TalkDraft};

/// What parts of an event weigh when a section is about them, and the most that all of them weigh.
const SECTIONS: &[(&str, f64)] = &[
    ("keynote", 1.0),
    ("lightning", 1.0),
    ("social", 0.8),
    ("timetable", 0.9),
    ("panel", 0.7),
    ("discussion", 0.5),
    ("speakers", 0.7),
    ("venue", 0.6),
    ("sponsor", 0.6),
    ("opening", 0.6),
    ("slides", 0.6),
    ("talks", 0.5),
    ("impressions", 0.3),
    ("staff", 0.4),
    ("qa", 0.3),
    ("workshop", 0.3),
];
const MOST_OF_SECTIONS: f64 = 3.0;
/// What labelled day and place of the event weigh.
const EVENT_FIELDS: f64 = 4.4;
/// What it weighs that a document is a deck and names its event.
const DECK: f64 = 2.2;
/// What its name, its day with the hour and its place weigh.
const HOUR_AND_PLACE: f64 = 1.6;
/// Shares of code leaves, and what they weigh: manuals have many, notes of talks few.
const CODE: [(f64, f64); 2] = [(0.25, -1.8), (0.1, -0.9)];
/// A line that lists something rather than tells it has at most so many bytes.
const SHORT: usize = 120;
/// Below so many leaves the share of code says nothing.
const ENOUGH_LEAVES: usize = 12;

/// The signs in the structure.
pub fn read(context: &Context<'_>, told: &Told<'_>) -> Vec<Sign> {
    let Told { event, talks, posts, .. } = *told;
    let mut signs = Vec::new();
    let links = |kind: LinkKind| context.links.iter().filter(|l| l.kind == kind).map(|l| (&l.url, l.link.span)).collect::<BTreeSet<_>>();
    by_number(&mut signs, "structure/decks", &[(1, 0.8), (3, 1.6), (5, 2.2)], links(LinkKind::Slides).len());
    by_number(&mut signs, "structure/videos", &[(1, 0.3), (3, 0.7)], links(LinkKind::Video).len());
    by_number(&mut signs, "structure/event-links", &[(1, 0.9)], links(LinkKind::Event).len());
    by_number(&mut signs, "structure/posts", &[(1, 0.3), (3, 0.8)], posts.len());
    by_number(&mut signs, "structure/people-in-headings", &[(1, 0.6), (2, 1.2), (4, 1.8)], people_in_headings(context));
    by_number(&mut signs, "structure/labels", &[(1, 0.6), (2, 1.2), (4, 1.8)], labels(context));
    by_number(&mut signs, "structure/talks-with-speakers", &[(1, 0.5), (2, 1.1), (4, 1.8)], given(talks).count());
    by_number(&mut signs, "structure/talks-kept", &[(1, 0.4), (2, 1.0), (4, 1.6)], given(talks).filter(|t| is_kept(t)).count());
    by_number(&mut signs, "structure/people-in-short-lines", &[(2, 0.7), (4, 1.3)], people_in_short_lines(context));
    signs.extend(dateline(context));
    if event.name.is_some() && event.start.is_some() {
        signs.push(("structure/name-and-date".to_owned(), 0.3, Span::default()));
    }
    signs.extend(event_fields(context, told).or_else(|| announced(event)));
    signs.extend(sections(context));
    signs.extend(deck(context, event));
    signs.extend(code(context));
    signs
}

/// A field that gives the event's day, with its place or its programme: the head of an event's page, or of notes.
fn event_fields(context: &Context<'_>, told: &Told<'_>) -> Option<Sign> {
    let event = told.event;
    let day = event.start.as_ref().filter(|s| s.value.len() >= 10 && event.name.is_some())?;
    let first = day.proofs.first()?;
    context.rules.of(Use::Field, context.language).find(|r| r.id == first.rule)?;
    let placed = event.venue.is_some() || event.address.is_some() || event.mode.is_some();
    (placed || given(told.talks).next().is_some()).then(|| ("structure/event-fields".to_owned(), EVENT_FIELDS, first.place.span()))
}

/// Name, day with the hour, and place of an event, however they are written: an announcement, or the head of a report.
fn announced(event: &EventDraft) -> Option<Sign> {
    let start = event.start.as_ref().filter(|s| s.value.len() > 10 && event.name.is_some())?;
    let placed = event.venue.is_some() || event.address.is_some();
    placed
        .then(|| ("structure/hour-and-place".to_owned(), HOUR_AND_PLACE, start.proofs.first().map_or(Span::default(), |p| p.place.span())))
}

/// The weight of the highest step that the number reaches.
fn by_number(signs: &mut Vec<Sign>, rule: &str, steps: &[(usize, f64)], number: usize) {
    if let Some((_, weight)) = steps.iter().rev().find(|(least, _)| number >= *least) {
        signs.push((rule.to_owned(), *weight, Span::default()));
    }
}

/// Talks that somebody gave, as far as they are sure.
fn given(talks: &[TalkDraft]) -> impl Iterator<Item = &TalkDraft> {
    talks.iter().filter(|t| t.confidence >= 0.5 && t.title.is_some() && t.speakers.iter().any(|s| s.is_somebody()))
}

/// Whether a talk's deck or recording is there: it was given.
fn is_kept(talk: &TalkDraft) -> bool {
    !talk.slides.is_empty() || !talk.videos.is_empty()
}

/// Headings that name an account or link to a profile.
fn people_in_headings(context: &Context<'_>) -> usize {
    // The first heading is the document's title.
    context.sections.iter().filter_map(|s| s.heading).skip(1).filter(|&block| names_account(context, block)).count()
}

/// Whether a block names an account (`@name`) or links to a profile.
fn names_account(context: &Context<'_>, block: usize) -> bool {
    let text = context.text(block);
    let handle = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let account = text.char_indices().any(|(at, c)| {
        matches!(c, '@' | '＠') && handle(&text[at + c.len_utf8()..]) && !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
    });
    account || context.links_of(block).any(|l| l.kind == LinkKind::Profile)
}

/// Short lines that are a name with an account, as speakers are listed.
fn people_in_short_lines(context: &Context<'_>) -> usize {
    let short = |block: usize| context.doc.blocks[block].kind == BlockKind::Paragraph && context.doc.blocks[block].span.len() <= SHORT;
    context.leaves.iter().filter(|&&block| short(block) && names_account(context, block)).take(8).count()
}

/// A short line with a day near the beginning: when the event was. A document's own date stands in its front matter.
fn dateline(context: &Context<'_>) -> Option<Sign> {
    let cx = DateContext { reference: context.reference, lang: Some(context.language) };
    let near = context.leaves.iter().take(8).filter(|&&b| context.doc.blocks[b].span.len() <= SHORT);
    near.flat_map(|&b| find_dates(context.text(b), &cx).into_iter().map(move |d| (b, d)))
        .find(|(_, date)| date.precision >= Precision::Day)
        .map(|(b, _)| ("structure/dateline".to_owned(), 0.7, context.doc.blocks[b].span))
}

/// Headings with the label of a talk (`LT1`, `Keynote:`).
fn labels(context: &Context<'_>) -> usize {
    let labelled = |block: usize| {
        let text = context.text(block);
        context.asking(Use::Label, text).any(|r| r.find(text).is_some_and(|f| f.start == 0))
    };
    context.sections.iter().filter_map(|s| s.heading).skip(1).filter(|&block| labelled(block)).count()
}

/// A deck that names its event, with its day or edition: what is left of a talk that was given there.
fn deck(context: &Context<'_>, event: &EventDraft) -> Option<Sign> {
    let named = event.name.is_some() && (event.start.is_some() || event.edition.is_some());
    (context.doc.meta.is_deck && named).then(|| ("structure/deck-of-event".to_owned(), DECK, Span::default()))
}

fn sections(context: &Context<'_>) -> Vec<Sign> {
    let mut left = MOST_OF_SECTIONS;
    let mut seen = BTreeSet::new();
    let mut signs = Vec::new();
    for section in &context.sections {
        let Some((kind, weight)) = section.kind.as_deref().and_then(|kind| SECTIONS.iter().find(|(k, _)| *k == kind)) else { continue };
        if !seen.insert(*kind) || left <= 0.0 {
            continue;
        }
        let span = section.heading.map_or(Span::default(), |b| context.doc.blocks[b].span);
        signs.push((format!("structure/section-{kind}"), weight.min(left), span));
        left -= weight;
    }
    signs
}

fn code(context: &Context<'_>) -> Option<Sign> {
    let leaves = context.leaves.len();
    if leaves < ENOUGH_LEAVES {
        return None;
    }
    let code = context.leaves.iter().filter(|&&b| context.doc.blocks[b].kind == BlockKind::Code).count();
    #[expect(clippy::cast_precision_loss, reason = "numbers of blocks are far below 2^52")]
    let share = code as f64 / leaves as f64;
    CODE.iter().find(|(least, _)| share >= *least).map(|(_, weight)| ("structure/code".to_owned(), *weight, Span::default()))
}
