//! Talks: candidates by heading, list, table, sentence and record; one talk of each real one.

mod accounts;
mod below;
mod cards;
mod clock;
mod decks;
mod fields;
mod first_lines;
mod headings;
mod keys;
mod labels;
mod line;
mod list_people;
mod lists;
mod marked;
mod marks;
mod material;
mod merge;
mod own_deck;
mod quote;
mod runs;
mod section;
mod sentences;
mod shapes;
mod single;
mod slots;
mod speakers;
mod tables;
mod turns;

pub use labels::is_panel;
pub use line::{Lines, talk_kind};
pub use own_deck::first_slide;
use recap_document::Span;
use recap_model::{Method, TalkKind};
use recap_rules::Use;

use crate::context::Context;
use crate::drafts::{EventDraft, TalkDraft};
use crate::finding::{Found, Proof};
use crate::person::Known;
use crate::records::Records;

/// A link of so many lines is more than a title that was wrapped.
const CARD: usize = 3;
/// A heading of less confidence is a talk by its neighbours alone.
const LIKELY: f64 = 0.35;

/// The talks in the document's order.
pub fn find(context: &Context<'_>, known: &Known, records: &Records, event: &EventDraft) -> Vec<TalkDraft> {
    if context.doc.meta.is_deck {
        return own_deck::find(context, known).into_iter().collect();
    }
    let page = records.is_event_page() && !records.is_data();
    let mut lists = lists::find(context, known);
    let fields = fields::find(context, known);
    let shown = cards::find(context, known, &[]);
    let mut headings = headings::find(context, known, &lists, &shown);
    cards::end_at_forms(context, known, &mut headings);
    if page {
        // Its other headings are about tickets, places and people; several with a speaker below are a programme.
        headings.retain(|t| {
            is_told(t, 0.5) && t.title.as_ref().is_some_and(|title| crate::event::fields::label(context, &title.value).is_none())
        });
        let least = if headings.len() >= 2 { 0.5 } else { 0.7 };
        headings.retain(|t| is_told(t, least));
    }
    lists.retain(|t| !headings.iter().any(|h| h.confidence >= LIKELY && h.leaves.contains(&t.leaves.start)));
    let sure = headings.iter().filter(|h| h.confidence >= LIKELY);
    let covered: Vec<TalkDraft> = sure.chain(&fields).chain(&lists).cloned().collect();
    let mut tables = tables::find(context, known);
    let mut cards = tables::outside(context, cards::find(context, known, &covered), &tables);
    // A heading that only its neighbours make a talk is none where a paragraph or an item under it tells one, with its speaker.
    let tells = |h: &TalkDraft, t: &TalkDraft| h.leaves.contains(&t.leaves.start) && !t.speakers.is_empty();
    headings.retain(|h| h.confidence >= LIKELY || !cards.iter().chain(&lists).any(|t| tells(h, t)));
    lists.retain(|t| !headings.iter().any(|h| h.leaves.contains(&t.leaves.start)));
    cards.retain(|c| !headings.iter().any(|h| h.leaves.contains(&c.leaves.start)));
    let covered =
        |tables: &[TalkDraft]| headings.iter().chain(&fields).chain(&lists).chain(&cards).chain(tables).cloned().collect::<Vec<_>>();
    tables.extend(slots::find(context, known, &covered(&tables)));
    let covered = covered(&tables);
    cards.extend(runs::find(context, known, &covered));
    let speakers = speakers::find(context, known);
    if page {
        return programme(context, known, event, records, vec![headings, cards, lists, tables, speakers]);
    }
    let mut talks = merge::merge(context, vec![records.talks.clone(), headings, fields, cards, lists, tables, speakers]);
    let told = sentences::find(context, known, &talks);
    talks = merge::merge(context, vec![talks, told]);
    talks = merge::merge(context, vec![talks.clone(), single::find(context, known, &talks).into_iter().collect()]);
    let shown = decks::find(context, known, &talks);
    talks = merge::merge(context, vec![talks, shown]);
    for talk in &mut talks {
        material::attach(context, talk);
    }
    material::attach_listed(context, &mut talks);
    material::drop_shared(&mut talks);
    talks.retain(|talk| records.keeps(context, talk));
    imply_kind(context, event, &mut talks);
    talks
}

/// The talks of an event's own page: its programme. Its other headings are about tickets, places and people, and nobody
/// has told of anything yet.
fn programme(
    context: &Context<'_>,
    known: &Known,
    event: &EventDraft,
    records: &Records,
    mut layers: Vec<Vec<TalkDraft>>,
) -> Vec<TalkDraft> {
    if let Some(cards) = layers.get_mut(1) {
        cards.retain(|t| is_told(t, 0.8));
    }
    layers.insert(0, records.talks.clone());
    let mut talks = merge::merge(context, layers);
    let mut sentences = sentences::find(context, known, &talks);
    sentences.retain(|t| is_told(t, 0.75));
    talks = merge::merge(context, vec![talks, sentences]);
    talks = merge::merge(context, vec![talks.clone(), single::find(context, known, &talks).into_iter().collect()]);
    for talk in &mut talks {
        material::attach(context, talk);
    }
    material::attach_listed(context, &mut talks);
    talks.retain(|talk| records.keeps(context, talk));
    imply_kind(context, event, &mut talks);
    talks
}

/// Which leaves talks take, by their positions.
struct Covered(Vec<bool>);

impl Covered {
    fn by<'t>(context: &Context<'_>, talks: impl IntoIterator<Item = &'t TalkDraft>) -> Self {
        let mut covered = vec![false; context.leaves.len()];
        for talk in talks {
            let end = talk.leaves.end.min(covered.len());
            if let Some(taken) = covered.get_mut(talk.leaves.start..end) {
                taken.fill(true);
            }
        }
        Self(covered)
    }

    fn holds(&self, position: usize) -> bool {
        self.0.get(position).is_some_and(|taken| *taken)
    }
}

/// Whether a talk has a title and a speaker and is sure enough.
fn is_told(talk: &TalkDraft, least: f64) -> bool {
    !talk.speakers.is_empty() && talk.title.is_some() && talk.confidence >= least
}

/// An event that is all lightning talks makes every talk one.
fn imply_kind(context: &Context<'_>, event: &EventDraft, talks: &mut [TalkDraft]) {
    let title = context.doc.meta.title.as_ref().map(|f| f.value.clone()).unwrap_or_default();
    let name = event.name.as_ref().map(|n| n.value.clone()).unwrap_or_default();
    let whole = [name, title].into_iter().find_map(|text| {
        let rule = context.rules.of(Use::Cue, context.language).find(|r| r.kind.as_deref() == Some("all-lightning") && r.matches(&text))?;
        Some(rule)
    });
    let Some(rule) = whole else { return };
    for talk in talks.iter_mut().filter(|t| t.kind.as_ref().is_none_or(|k| k.value == TalkKind::Talk)) {
        context.fire(&rule.id, talk.span);
        talk.kind = Some(Found::new(TalkKind::Lightning, Proof::text(talk.span, &rule.id, Method::Derived, rule.confidence)));
    }
}

/// The lines of a leaf. A link's text that was wrapped is one line.
fn lines(context: &Context<'_>, leaf: usize) -> Vec<Span> {
    let block = &context.doc.blocks[leaf];
    // A card, of which all is one link, has its parts on lines of their own.
    let card = |link: &Span| link.contains(block.span) && context.doc.slice(block.span).lines().count() >= CARD;
    let mut links = block.links.iter().map(|l| l.span).filter(|l| !card(l)).peekable();
    let mut start = block.span.start;
    let mut out: Vec<Span> = Vec::new();
    let mut joins = false;
    for line in context.doc.slice(block.span).split('\n') {
        let end = start + line.len();
        match out.last_mut() {
            Some(last) if joins => last.end = end,
            _ => out.push(Span::new(start, end)),
        }
        while links.next_if(|l| l.end <= end).is_some() {}
        joins = links.peek().is_some_and(|l| l.start < end && l.end > end);
        start = end + 1;
    }
    out
}

/// A title's finding.
fn title(context: &Context<'_>, span: Span, rule: &str, confidence: f64) -> Found<String> {
    Found::spoken(context.doc, span, rule, confidence)
}
