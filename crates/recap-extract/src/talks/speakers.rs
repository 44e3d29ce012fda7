//! Talks in the cards of a page's speakers: under each person's name the title of what they give.

use recap_document::{BlockKind, MarkKind, Span};
use recap_model::{LinkKind, Role};

use super::{line, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::event::fields;
use crate::finding::Mention;
use crate::person::{Known, linked_handle, whole_line};

/// How sure a heading must be a person's name.
const PERSON: f64 = 0.55;
/// Fewer cards are no list of speakers.
const LEAST: usize = 2;
/// A title is not longer, in characters.
const MAX_TITLE: usize = 140;

/// The talks of the sections that present speakers.
pub fn find(context: &Context<'_>, known: &Known) -> Vec<TalkDraft> {
    let presents = |s: &usize| context.sections[*s].kind.as_deref() == Some("speakers");
    (0..context.sections.len()).filter(presents).flat_map(|section| of_section(context, known, section)).collect()
}

fn of_section(context: &Context<'_>, known: &Known, section: usize) -> Vec<TalkDraft> {
    let cards: Vec<usize> =
        (section + 1..context.sections.len()).take_while(|&s| context.sections[s].level > context.sections[section].level).collect();
    let cards = cards.into_iter().filter(|&s| context.sections[s].parent == Some(section));
    let people: Vec<(usize, Vec<Mention>)> = cards.filter_map(|s| Some((s, person(context, known, s)?))).collect();
    if people.len() < LEAST {
        return Vec::new();
    }
    people.into_iter().filter_map(|(card, people)| talk(context, known, card, people)).collect()
}

/// The person whom a card's heading names, with the accounts in the card.
fn person(context: &Context<'_>, known: &Known, card: usize) -> Option<Vec<Mention>> {
    let heading = context.sections[card].heading?;
    let mut people = whole_line(context, Some(known), context.doc.blocks[heading].span, Role::Speaker, PERSON).0;
    if let [one] = people.as_mut_slice() {
        let outline = &context.sections[card];
        let links = context.leaves[outline.own.start..outline.end].iter().take(6).flat_map(|&leaf| context.links_of(leaf));
        let accounts = links.filter(|l| l.kind == LinkKind::Profile).filter_map(linked_handle);
        for account in accounts.take(4) {
            if !one.handles.iter().any(|h| h.value == account.value) {
                one.handles.push(account);
            }
        }
    }
    (!people.is_empty()).then_some(people)
}

/// The title in a card: its own heading, else a short line set off by quotes or by what it is called.
fn talk(context: &Context<'_>, known: &Known, card: usize, people: Vec<Mention>) -> Option<TalkDraft> {
    let outline = &context.sections[card];
    let (start, end) = (outline.own.start, outline.end);
    let span = context.leaves[start..end].iter().find_map(|&leaf| {
        let block = &context.doc.blocks[leaf];
        let text = context.text(leaf);
        let whole = Span::new(block.span.start, block.span.start + text.len());
        let inner = line::unquote(context.doc, whole);
        let called = || block.attr("class").is_some_and(|c| c.contains("title") || c.contains("talk"));
        let quoted = text.starts_with(['「', '『', '"', '“', '«', '‘']) && inner != whole;
        let bold = || block.marks.iter().any(|m| m.kind == MarkKind::Strong && m.span.contains(whole));
        let set_off = matches!(block.kind, BlockKind::Heading(_)) || quoted || called() || bold();
        let fits =
            (4..=MAX_TITLE).contains(&text.chars().count()) && text.contains(char::is_whitespace) && fields::label(context, text).is_none();
        let nobody = || whole_line(context, Some(known), whole, Role::Speaker, 0.7).0.is_empty();
        (set_off && fits && nobody()).then_some(inner)
    })?;
    let heading = context.doc.blocks[outline.heading?].span;
    let mut talk = TalkDraft::at(Span::new(heading.start, span.end), 0.8);
    talk.title = Some(title(context, span, "talk/speaker-card", 0.8));
    talk.speakers = people;
    talk.leaves = start.saturating_sub(1)..end;
    Some(talk)
}

/// Whether the element of a leaf below a heading is called after the talk's speakers: `session__speakers`.
pub fn is_called(context: &Context<'_>, heading: Option<usize>, leaf: usize) -> bool {
    // An element around the heading is no part below it.
    let below = |b: &usize| heading.is_some_and(|heading| *b > heading);
    let called = |b: usize| {
        let class = context.doc.blocks[b].attr("class").unwrap_or_default().to_ascii_lowercase();
        class.split_ascii_whitespace().any(|c| (c.contains("speaker") || c.contains("presenter")) && !c.contains("speakerdeck"))
    };
    std::iter::once(leaf).chain(context.doc.ancestors(leaf)).take_while(below).take(3).any(called)
}
