//! Decks and recordings of a talk: those that its section embeds or calls its own; cited ones stay links.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use recap_document::{LinkForm, Span};
use recap_model::{LinkKind, Method};
use recap_rules::{Candidate, Use};
use recap_text::names::fold;

use crate::context::{ContentLink, Context};
use crate::drafts::TalkDraft;
use crate::finding::{Found, Proof};

/// Decks or recordings of one talk; more stay links.
const MAX_OF_TALK: usize = 50;

/// So many talks share only the recording of the whole event.
const SHARED: usize = 3;

/// A title that a line begins with tells the talk if it has at least so many characters.
const LEAST_TITLE: usize = 6;

/// Fills `slides` and `videos` from the talk's own leaves.
pub fn attach(context: &Context<'_>, talk: &mut TalkDraft) {
    let leaves: Vec<usize> = context.leaves.get(talk.leaves.clone()).unwrap_or_default().to_vec();
    let own: Vec<&ContentLink<'_>> = if leaves.is_empty() {
        context.links_in(talk.span).collect()
    } else {
        leaves.iter().flat_map(|&leaf| context.links_of(leaf)).collect()
    };
    attach_all(context, talk, own);
}

/// Fills them from a span besides the talk's own, such as another cell of its row.
pub fn attach_within(context: &Context<'_>, talk: &mut TalkDraft, span: Span) {
    attach_all(context, talk, context.links_in(span).collect());
}

fn attach_all(context: &Context<'_>, talk: &mut TalkDraft, links: Vec<&ContentLink<'_>>) {
    for link in links {
        let called = called(context, link);
        let kind = match (link.kind, called) {
            (LinkKind::Slides, _) => LinkKind::Slides,
            (LinkKind::Video, Some("slides")) | (LinkKind::Video, _) => LinkKind::Video,
            (LinkKind::Image | LinkKind::Profile | LinkKind::Event | LinkKind::Post | LinkKind::Hashtag, _) => continue,
            (_, Some("slides")) => LinkKind::Slides,
            (_, Some("video")) => LinkKind::Video,
            _ => continue,
        };
        if !is_own(context, link, talk, called.is_some()) {
            continue;
        }
        add(if kind == LinkKind::Slides { &mut talk.slides } else { &mut talk.videos }, link);
    }
}

/// Gives talks the decks and recordings that are listed apart from them under the talk's title (`Title: slides, video`).
pub fn attach_listed(context: &Context<'_>, talks: &mut [TalkDraft]) {
    let titles = Titles::of(talks);
    let taken = taken(context, talks);
    for link in &context.links {
        let Some(position) = context.position(link.block) else { continue };
        let kind = match (link.kind, called(context, link)) {
            (LinkKind::Slides, _) | (LinkKind::Other | LinkKind::Article, Some("slides")) => LinkKind::Slides,
            (LinkKind::Video, _) | (LinkKind::Other | LinkKind::Article, Some("video")) => LinkKind::Video,
            _ => continue,
        };
        let line = line_of(context, link.link.span);
        let begins = line.start == 0 || context.doc.text[..line.start].ends_with('\n');
        if taken[position] || !begins {
            continue;
        }
        let written = fold(context.doc.slice(Span::new(line.start, link.link.span.end.max(line.start))));
        if let Some(i) = titles.longest_at_start(&written) {
            let list = if kind == LinkKind::Slides { &mut talks[i].slides } else { &mut talks[i].videos };
            add(list, link);
        }
    }
}

/// For each position in [`Context::leaves`], whether a talk has it.
pub fn taken(context: &Context<'_>, talks: &[TalkDraft]) -> Vec<bool> {
    // Where talks begin and end, summed up: talks lie within each other.
    let count = context.leaves.len();
    let mut steps = vec![0_i64; count + 1];
    for leaves in talks.iter().map(|t| &t.leaves).filter(|leaves| leaves.start < leaves.end.min(count)) {
        steps[leaves.start] += 1;
        steps[leaves.end.min(count)] -= 1;
    }
    steps
        .iter()
        .scan(0, |open, step| {
            *open += step;
            Some(*open > 0)
        })
        .collect()
}

/// The titles of talks, folded, that tell a talk at a line's start.
struct Titles {
    talks: HashMap<String, usize>,
    /// Their lengths in bytes, the longest first.
    lengths: BTreeSet<Reverse<usize>>,
}

impl Titles {
    fn of(talks: &[TalkDraft]) -> Self {
        let titles = talks.iter().enumerate().filter_map(|(i, t)| Some((fold(&t.title.as_ref()?.value), i)));
        let talks: HashMap<String, usize> = titles.filter(|(title, _)| title.chars().count() >= LEAST_TITLE).collect();
        Self { lengths: talks.keys().map(|title| Reverse(title.len())).collect(), talks }
    }

    /// The talk with the longest title that a line begins with.
    fn longest_at_start(&self, line: &str) -> Option<usize> {
        self.lengths.iter().find_map(|length| self.talks.get(line.get(..length.0)?).copied())
    }
}

/// Takes recordings away that several talks have: they are of the whole event.
pub fn drop_shared(talks: &mut [TalkDraft]) {
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for url in talks.iter().flat_map(|t| &t.videos) {
        *seen.entry(recording(&url.value)).or_default() += 1;
    }
    for talk in talks {
        talk.videos.retain(|url| seen.get(&recording(&url.value)).is_none_or(|&n| n < SHARED));
    }
}

/// An address without the place in the recording that it leads to.
fn recording(url: &str) -> String {
    url.split(['#']).next().unwrap_or(url).to_owned()
}

/// The addresses that a field of a talk (`Slides: …`) holds.
pub fn addresses(context: &Context<'_>, value: Span) -> Vec<Found<String>> {
    context.links_in(value).filter(|l| l.link.form != LinkForm::Image).map(found).collect()
}

/// Adds what is not there yet.
pub fn add_all(list: &mut Vec<Found<String>>, others: Vec<Found<String>>) {
    for other in others {
        if is_new(list, &other.value) {
            list.push(other);
        }
    }
}

fn add(list: &mut Vec<Found<String>>, link: &ContentLink<'_>) {
    if is_new(list, &link.url) {
        list.push(found(link));
    }
}

/// Whether a deck or recording is not in the list, and the list is one of a talk's.
fn is_new(list: &[Found<String>], url: &str) -> bool {
    list.len() < MAX_OF_TALK && !list.iter().any(|known| recap_text::urls::same_resource(&known.value, url))
}

fn found(link: &ContentLink<'_>) -> Found<String> {
    let proof = if link.link.form == LinkForm::Bare {
        Proof::text(link.link.span, link.rule, Method::Normalised, 0.9)
    } else {
        Proof::attribute(&link.link.attribute, link.link.raw.as_deref().unwrap_or(&link.link.url), link.link.span, link.rule, 0.9)
    };
    Found::new(link.url.clone(), proof)
}

/// Bytes before and behind a link that are its line at most.
const REACH: usize = 2_000;
/// Characters of words before a link that may name it, at most.
const NEAR: usize = 24;
/// Bytes before a link that are read: more than a label and a title in any script.
const NEAR_BYTES: usize = 240;

/// What the link's own text or the words before it in its line call it: `slides` or `video`.
pub fn called<'r>(context: &'r Context<'_>, link: &ContentLink<'_>) -> Option<&'r str> {
    let line = line_of(context, link.link.span);
    let before = context.doc.slice(Span::new(line.start, link.link.span.start.max(line.start)));
    // No more than the words that may name it: a paragraph may have links without end.
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR_BYTES))..];
    let before = before.rsplit(['.', '。', '!', '！', '?', '？']).next().unwrap_or(before);
    let text = context.doc.slice(link.link.span);
    // `Slides: the title https://…`
    let label = before.split_once([':', '：']).map(|(label, _)| label);
    let near = |words: &&str| words.chars().count() <= NEAR;
    let both = Span::new(link.link.span.start - before.len(), link.link.span.end);
    context.asking(Use::LinkText, context.doc.slice(both)).map(Candidate::rule).find_map(|rule| {
        let yes = rule.matches(text) || [Some(before), label].into_iter().flatten().filter(near).any(|words| rule.matches(words));
        yes.then(|| {
            context.fire(&rule.id, link.link.span);
            rule.kind.as_deref()
        })?
    })
}

/// Whether a link leads to a talk's page on an event's site.
pub fn leads_to_talk(context: &Context<'_>, link: &ContentLink<'_>) -> bool {
    let pages = context.rules.of(Use::EventFact, context.language).filter(|r| r.kind.as_deref() == Some("url-talk"));
    let found = pages.into_iter().find(|r| link.kind == LinkKind::Other && r.matches(&link.url));
    found.inspect(|rule| context.fire(&rule.id, link.link.span)).is_some()
}

/// Whether a deck or recording stands by itself: embedded, behind a picture, or alone in its line.
pub fn stands_alone(context: &Context<'_>, link: &ContentLink<'_>) -> bool {
    if link.link.form == LinkForm::Embed || link.link.span.is_empty() {
        return true;
    }
    stands_alone_at(context, link.link.span)
}

/// Whether hardly anything else stands in the line of a span.
pub fn stands_alone_at(context: &Context<'_>, span: Span) -> bool {
    let around = context.doc.slice(line_of(context, span)).chars().count().saturating_sub(context.doc.slice(span).chars().count());
    around <= 8
}

/// The talk's own, not a cited one: embedded, alone in its line, called so, or with the talk's title for its text.
fn is_own(context: &Context<'_>, link: &ContentLink<'_>, talk: &TalkDraft, called: bool) -> bool {
    if called {
        return true;
    }
    let alone = stands_alone(context, link);
    let titled = talk.title.as_ref().is_some_and(|t| {
        let (a, b) = (fold(&t.value), fold(context.doc.slice(link.link.span)));
        a == b || (a.chars().count() > 5 && b.contains(&a)) || (b.chars().count() > 5 && a.contains(&b))
    });
    let in_heading = talk.span.contains(link.link.span);
    alone || titled || in_heading
}

/// The line that a span stands in, as far as it reaches: a line may have links without end.
fn line_of(context: &Context<'_>, span: Span) -> Span {
    let text = &context.doc.text;
    let from = text.ceil_char_boundary(span.start.saturating_sub(REACH));
    let to = text.floor_char_boundary((span.end + REACH).min(text.len()));
    let start = text.get(from..span.start).and_then(|t| t.rfind('\n')).map_or(from, |n| from + n + 1);
    let end = text.get(span.end..to).and_then(|t| t.find('\n')).map_or(to, |n| span.end + n);
    Span::new(start.min(span.start), end.max(span.end))
}
