//! Decks and recordings of a talk: those that its section embeds or calls its own; cited ones stay links.

use recap_document::{LinkForm, Span};
use recap_model::{LinkKind, Method};
use recap_rules::{Candidate, Use};
use recap_text::names::fold;

use crate::context::{ContentLink, Context};
use crate::drafts::TalkDraft;
use crate::finding::{Found, Proof};

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
    let titles: Vec<String> = talks.iter().map(|t| t.title.as_ref().map_or_else(String::new, |f| fold(&f.value))).collect();
    for link in &context.links {
        let Some(position) = context.position(link.block) else { continue };
        let kind = match (link.kind, called(context, link)) {
            (LinkKind::Slides, _) | (LinkKind::Other | LinkKind::Article, Some("slides")) => LinkKind::Slides,
            (LinkKind::Video, _) | (LinkKind::Other | LinkKind::Article, Some("video")) => LinkKind::Video,
            _ => continue,
        };
        if talks.iter().any(|t| t.leaves.contains(&position)) {
            continue;
        }
        let line = line_of(context, link.link.span);
        let written = fold(context.doc.slice(Span::new(line.start, link.link.span.end.max(line.start))));
        let leads = |title: &str| title.chars().count() >= LEAST_TITLE && written.starts_with(title);
        let best = (0..titles.len()).filter(|&i| leads(&titles[i])).max_by_key(|&i| titles[i].len());
        if let Some(i) = best {
            let list = if kind == LinkKind::Slides { &mut talks[i].slides } else { &mut talks[i].videos };
            add(list, link);
        }
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
        if !list.iter().any(|known| recap_text::urls::same_resource(&known.value, &other.value)) {
            list.push(other);
        }
    }
}

fn add(list: &mut Vec<Found<String>>, link: &ContentLink<'_>) {
    if !list.iter().any(|known| recap_text::urls::same_resource(&known.value, &link.url)) {
        list.push(found(link));
    }
}

fn found(link: &ContentLink<'_>) -> Found<String> {
    let proof = if link.link.form == LinkForm::Bare {
        Proof::text(link.link.span, link.rule, Method::Normalised, 0.9)
    } else {
        Proof::attribute(&link.link.attribute, link.link.raw.as_deref().unwrap_or(&link.link.url), link.link.span, link.rule, 0.9)
    };
    Found::new(link.url.clone(), proof)
}

/// Bytes before a link that are read: more than 24 characters in any script.
const NEAR_BYTES: usize = 120;

/// What the link's own text or the words before it in its line call it: `slides` or `video`.
pub fn called<'r>(context: &'r Context<'_>, link: &ContentLink<'_>) -> Option<&'r str> {
    let line = line_of(context, link.link.span);
    let before = context.doc.slice(Span::new(line.start, link.link.span.start.max(line.start)));
    // No more than the words that may name it: a paragraph may have links without end.
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR_BYTES))..];
    let before = before.rsplit(['.', '。', '!', '！', '?', '？']).next().unwrap_or(before);
    let text = context.doc.slice(link.link.span);
    let both = Span::new(link.link.span.start - before.len(), link.link.span.end);
    context.asking(Use::LinkText, context.doc.slice(both)).map(Candidate::rule).find_map(|rule| {
        let yes = rule.matches(text) || (before.chars().count() <= 24 && rule.matches(before));
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

/// The line that a span stands in.
fn line_of(context: &Context<'_>, span: Span) -> Span {
    let text = &context.doc.text;
    let start = text.get(..span.start).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
    let end = text.get(span.end..).and_then(|t| t.find('\n')).map_or(text.len(), |n| span.end + n);
    Span::new(start, end)
}
