//! Lists of people: who told something in a list of talks, and what.

use std::collections::HashSet;

use recap_document::Span;
use recap_model::LinkKind;
use recap_rules::Use;

use super::lists::{Item, draft, intro};
use super::{first_lines, line, lines, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::Mention;
use crate::person::Known;

/// Items that are people, with what they told in a nested list: each is a talk, its title the quotation or the deck below.
pub(super) fn by_person(context: &Context<'_>, items: &[Item], expected: bool, (introduced, only): (bool, bool)) -> Option<Vec<TalkDraft>> {
    // Where a sentence says that speakers follow, or nothing but talks stands, names need no honorific.
    let distinct: HashSet<&str> = items.iter().map(|item| context.doc.slice(item.line.body)).collect();
    let likely = introduced && items.len() >= 2 || only && items.len() >= 3;
    let least = if likely && distinct.len() == items.len() { 0.3 } else { 0.9 };
    let person = |item: &Item| item.line.variants.iter().find(|v| v.shape == "who" && v.score >= least).map(|v| v.people.clone());
    let nested = |item: &Item| context.doc.leaves(item.block).count() > 1;
    let people: Vec<(&Item, Vec<Mention>)> = items.iter().filter(|i| nested(i)).filter_map(|i| Some((i, person(i)?))).collect();
    let enough = people.len() * 3 >= items.len() * 2 && people.len() >= if expected { 1 } else { 3 };
    enough.then(|| people.into_iter().map(|(item, people)| person_talk(context, item, people)).collect())
}

fn person_talk(context: &Context<'_>, item: &Item, people: Vec<Mention>) -> TalkDraft {
    let mut talk = draft(context, item, None);
    talk.speakers = people;
    talk.title = context.doc.leaves(item.block).skip(1).take(4).find_map(|leaf| {
        let span = context.doc.blocks[leaf].span;
        let inner = line::unquote(context.doc, span);
        let deck =
            context.links_of(leaf).find(|l| matches!(l.kind, LinkKind::Slides) && context.doc.slice(l.link.span).chars().count() > 4);
        let deck = deck.filter(|l| !context.doc.slice(l.link.span).contains("://")).map(|l| l.link.span);
        let quoted = inner.len() < crate::person::trim(context.doc, span).len();
        quoted.then_some(inner).or(deck).map(|s| title(context, s, "talk/person-item", 0.75))
    });
    if talk.title.is_none() {
        talk.title = only_line(context, item).map(|s| title(context, s, "talk/person-item", 0.7));
    }
    talk
}

/// Items whose second line may be somebody have it for their speaker, where all of them do.
pub(super) fn agree_below(context: &Context<'_>, known: &Known, items: &mut [Item]) {
    let open: Vec<usize> = (0..items.len()).filter(|&i| !items[i].is_break).collect();
    if open.len() < 2 || open.iter().any(|&i| !items[i].below.is_empty() || items[i].line.with_people(0.5).is_some()) {
        return;
    }
    let second = |item: &Item| {
        let rest = context.doc.leaves(item.block).flat_map(|leaf| lines(context, leaf));
        let line = rest.into_iter().find(|line| line.start >= item.line.body.end)?;
        first_lines::people(context, known, line)
    };
    let found: Vec<(usize, Vec<Mention>)> = open.iter().filter_map(|&i| Some((i, second(&items[i])?))).collect();
    let names: HashSet<&str> = found.iter().filter_map(|(_, p)| Some(p.first()?.name.as_ref()?.value.as_str())).collect();
    if found.len() == open.len() && names.len() == found.len() {
        found.into_iter().for_each(|(i, people)| items[i].below = people);
    }
}

/// The one line that a person's item has below the name: what the talk was about.
fn only_line(context: &Context<'_>, item: &Item) -> Option<Span> {
    let mut below = context.doc.leaves(item.block).skip(1);
    let leaf = below.next()?;
    let material = |leaf: usize| {
        let text = context.text(leaf);
        context.links_of(leaf).any(|l| text.contains("://") || text.trim() == context.doc.slice(l.link.span).trim())
    };
    let more = below.find(|&leaf| !material(leaf));
    let span = context.doc.blocks[leaf].span;
    let text = context.doc.slice(span);
    let fits = more.is_none()
        && !is_remark(context, span)
        && (3..=80).contains(&text.chars().count())
        && !text.contains(['。', '\n'])
        && !text.contains("://");
    fits.then(|| line::unquote(context.doc, span))
}

/// Whether a line tells of a talk in a sentence (`…の話でした`): no title is written so.
fn is_remark(context: &Context<'_>, span: Span) -> bool {
    let text = context.doc.slice(span);
    let told = context.asking(Use::EventFact, text).find(|r| r.kind.as_deref() == Some("no-title") && r.matches(text));
    told.inspect(|rule| context.fire(&rule.id, span)).is_some()
}

/// A list of nothing but people behind words that announce talks (`スポンサーLTは次の方々です`): talks without a title.
pub(super) fn only_people(context: &Context<'_>, items: &[Item]) -> Option<Vec<TalkDraft>> {
    let person = |item: &Item| item.line.variants.iter().find(|v| v.shape == "who" && v.score >= 0.9).map(|v| v.people.clone());
    let people: Vec<Vec<Mention>> = items.iter().map_while(person).collect();
    if items.len() < 2 || people.len() < items.len() || items.iter().any(|i| intro(context, i.block).is_none()) {
        return None;
    }
    let talks = items.iter().zip(people).map(|(item, people)| {
        let mut talk = draft(context, item, None);
        (talk.title, talk.speakers) = (None, people);
        talk
    });
    Some(talks.collect())
}
