//! Talks that only a deck tells: its title for the talk's, its account or the line above for the speaker.

use std::collections::HashSet;

use recap_document::{BlockKind, LinkForm, Span};
use recap_model::{LinkKind, Method, Role};
use recap_text::names::fold;

use super::line;
use super::material::{stands_alone, taken};
use super::{lines, title};
use crate::context::{ContentLink, Context};
use crate::drafts::TalkDraft;
use crate::finding::{Found, Mention, Proof};
use crate::person::{Known, whole_line};

/// Leaves above a deck in which its speaker is looked for.
const ABOVE: usize = 2;

/// Finds talks by decks that no talk has yet. A single deck without a named speaker is no talk.
pub fn find(context: &Context<'_>, known: &Known, talks: &[TalkDraft]) -> Vec<TalkDraft> {
    let mut found: Vec<TalkDraft> = Vec::new();
    let taken = taken(context, talks);
    let attached: HashSet<&str> = talks.iter().flat_map(|t| &t.slides).map(|s| s.value.as_str()).collect();
    for link in context.links.iter().filter(|l| l.kind == LinkKind::Slides && l.link.form == LinkForm::Anchor) {
        let Some(position) = context.position(link.block) else { continue };
        let section = &context.sections[context.section_at(position)];
        if taken[position]
            || attached.contains(link.url.as_str())
            || matches!(section.kind.as_deref(), Some("references" | "links" | "author" | "next" | "about"))
            || !captions(context, link)
        {
            continue;
        }
        if let Some(talk) = shown(context, known, link, position) {
            found.push(talk);
        }
    }
    found
}

/// A link whose text is the deck's title: alone in its line, or the caption that players bring (`title from account`).
fn captions(context: &Context<'_>, link: &ContentLink<'_>) -> bool {
    let text = context.doc.slice(link.link.span);
    text.chars().count() >= 5 && !text.contains("://") && (stands_alone(context, link) || account(context, link).is_some())
}

/// The account's name behind the deck's in a player's caption.
fn account(context: &Context<'_>, link: &ContentLink<'_>) -> Option<Mention> {
    let leaf = context.doc.blocks[link.block].span;
    let next = context.links_in(Span::new(link.link.span.end, leaf.end)).next()?;
    let between = context.doc.slice(Span::new(link.link.span.end, next.link.span.start));
    let is_caption = matches!(between.trim(), "from" | "by" | "from:") && next.kind == LinkKind::Profile;
    let mut people = if is_caption { whole_line(context, None, next.link.span, Role::Speaker, 0.3).0 } else { Vec::new() };
    (people.len() == 1).then(|| people.remove(0))
}

fn shown(context: &Context<'_>, known: &Known, link: &ContentLink<'_>, position: usize) -> Option<TalkDraft> {
    let above = above(context, known, position, link);
    let people = if above.is_empty() { account(context, link).into_iter().collect() } else { above };
    // `[title by who](deck)`
    let caption = line::read(context, known, link.link.span);
    let told = caption.with_people(0.7).filter(|v| people.is_empty() && v.title.is_some() && !v.is_doubtful() && !v.is_weak());
    let people = told.map_or(people, |v| v.people.clone());
    if people.is_empty() {
        return None;
    }
    let span = told.and_then(|v| v.title).unwrap_or_else(|| line::unquote(context.doc, link.link.span));
    let mut talk = TalkDraft::at(span, 0.7);
    talk.title = Some(title(context, span, "talk/deck", 0.75));
    talk.speakers = people;
    talk.kind = super::lists::above(context, span);
    let quote = link.link.raw.as_deref().unwrap_or(&link.link.url);
    talk.slides = vec![Found::new(
        link.url.clone(),
        Proof { method: Method::Normalised, ..Proof::attribute("href", quote, link.link.span, link.rule, 0.9) },
    )];
    Some(talk)
}

/// The person whom the line right above a deck ends with or is.
fn above(context: &Context<'_>, known: &Known, position: usize, link: &ContentLink<'_>) -> Vec<Mention> {
    let own = lines(context, link.block).into_iter().filter(|l| l.end <= link.link.span.start);
    let before = (1..=ABOVE).filter_map(|back| context.leaves.get(position.checked_sub(back)?).copied());
    let before = before.take_while(|&leaf| context.doc.blocks[leaf].kind == BlockKind::Paragraph);
    let mut all: Vec<Span> = own.collect();
    all.reverse();
    all.extend(before.flat_map(|leaf| lines(context, leaf).into_iter().rev()));
    let short = all.into_iter().filter(|l| !context.doc.slice(*l).trim().is_empty()).take(2);
    for span in short.filter(|l| context.doc.slice(*l).chars().count() <= 40) {
        let people = whole_line(context, Some(known), span, Role::Speaker, 0.75).0;
        if !people.is_empty() && people.iter().all(|p| p.name.as_ref().is_none_or(|n| fold(&n.value).chars().count() <= 20)) {
            return people;
        }
    }
    Vec::new()
}
