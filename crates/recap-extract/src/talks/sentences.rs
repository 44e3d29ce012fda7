//! Talks that only a sentence tells, and speakers that one tells for the talk above it.

use std::ops::Range;

use recap_document::{BlockKind, MarkKind, Span};
use recap_model::{LinkKind, Method, Role};
use recap_rules::Use;

use super::marked::{MAX_MARKS, Marked};
use super::{Covered, line, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::{Found, Mention, Proof};
use crate::person::{Known, author, halved, name_likeness, trim, whole_line};

/// A title that is a line by itself has at most so many characters.
const MAX_TITLE: usize = 120;

/// Two halves this sure make a name.
const SURE_WHOLE: f64 = 0.6;

/// A rule this sure tells of a talk by itself, not only of a person.
const SURE: f64 = 0.8;

/// Rules of this kind tell whom a sentence is about: the speaker, where it is known that a talk is told.
const LIKELY: &str = "likely";

/// Leaves behind a sentence about the author's own talk in which its deck may stand.
const OWN_DECK: usize = 2;

/// Characters of a sentence before what tells of a talk.
const LEAD: usize = 60;

/// Whom a sentence tells to have spoken.
#[derive(Debug, Default)]
pub struct Told {
    /// The speakers.
    pub people: Vec<Mention>,
    /// The sentence opens what stands under a heading and says that it was a talk (`森田さんの発表です。`).
    pub sure: bool,
}

/// The speaker whom one of the first `near` leaves of a talk names (`…氏による`, `…さんの発表`), or the author (`僕です`).
pub fn speaker_in(context: &Context<'_>, known: &Known, own: Range<usize>, near: usize) -> Told {
    for (index, &leaf) in context.leaves[own].iter().take(near).enumerate() {
        let told = speaker_of(context, known, leaf);
        if !told.people.is_empty() {
            return Told { sure: told.sure && index == 0, ..told };
        }
        let span = context.doc.blocks[leaf].span;
        let text = context.text(leaf);
        if let Some(rule) = context.asking(Use::SelfSpeaker, text).find(|r| r.matches(text)) {
            context.fire(&rule.id, span);
            if let Some(mut me) = author(context) {
                me.role = Role::Speaker;
                return Told { people: vec![me], ..Told::default() };
            }
        }
    }
    Told::default()
}

/// The speaker whom a sentence of one leaf names.
pub fn speaker_of(context: &Context<'_>, known: &Known, leaf: usize) -> Told {
    let span = context.doc.blocks[leaf].span;
    let text = context.text(leaf);
    for rule in context.asking(Use::Sentence, text).filter(|r| r.kind.as_deref() != Some(LIKELY)) {
        let Some(hit) = rule.find(text) else { continue };
        let Some((s, e, _)) = hit.group("speaker") else { continue };
        let place = Span::new(span.start + s, span.start + e);
        let people = with_handle(context, known, place, &hit, |s, e| Span::new(span.start + s, span.start + e));
        if !people.is_empty() {
            context.fire(&rule.id, place);
            return Told { people, sure: rule.confidence >= SURE && opens(&text[..s]) };
        }
    }
    Told::default()
}

/// Where a section is a talk for other reasons: the one whom the first sentence under its heading is about, with an honorific.
pub fn likely(context: &Context<'_>, known: &Known, own: Range<usize>) -> Vec<Mention> {
    let Some(&leaf) = context.leaves.get(own).and_then(|leaves| leaves.first()) else { return Vec::new() };
    let block = &context.doc.blocks[leaf];
    let text = context.text(leaf);
    let sentence = text.split_inclusive(['。', '\n', '｡']).next().unwrap_or(text);
    if block.kind != BlockKind::Paragraph {
        return Vec::new();
    }
    let rules = context.asking(Use::Sentence, sentence).filter(|r| r.kind.as_deref() == Some(LIKELY));
    for rule in rules {
        let mut hits = rule.find_all(sentence).filter_map(|hit| hit.group("speaker").map(|(s, e, _)| (s, e)));
        // Of two it is not known who spoke.
        let (Some((s, e)), None) = (hits.next(), hits.next()) else { continue };
        let place = whole_name(context, known, Span::new(block.span.start + s, block.span.start + e));
        let people = whole_line(context, Some(known), place, Role::Speaker, 0.3).0;
        if !people.is_empty() {
            context.fire(&rule.id, place);
            return people;
        }
    }
    Vec::new()
}

/// Whether several paragraphs begin by saying who gave a talk, and name different people.
pub fn tells_several(context: &Context<'_>, known: &Known, own: Range<usize>) -> bool {
    let told = own.map(|position| speaker_of(context, known, context.leaves[position])).filter(|told| told.sure);
    let mut names = told.filter_map(|told| Some(told.people.first()?.name.as_ref()?.value.clone())).take(MAX_MARKS);
    names.next().is_some_and(|first| names.any(|name| name != first))
}

/// Whether what stands before a finding is the short start of the first sentence.
fn opens(before: &str) -> bool {
    !before.contains(['。', '\n', '!', '！', '?', '？']) && before.chars().count() <= LEAD
}

/// The title that a sentence of the first leaves tells (`「…」というタイトルで`), or a quotation that is a line of its own.
pub fn title_in(context: &Context<'_>, own: Range<usize>, near: usize) -> Option<Span> {
    context.leaves[own].iter().take(near).find_map(|&leaf| {
        let span = context.doc.blocks[leaf].span;
        let text = context.text(leaf);
        for rule in context.asking(Use::Sentence, text) {
            let Some(hit) = rule.find(text) else { continue };
            let Some((s, e, _)) = hit.group("title") else { continue };
            context.fire(&rule.id, span);
            return Some(line::unquote(context.doc, Span::new(span.start + s, span.start + e)));
        }
        let inner = line::unquote(context.doc, span);
        (inner.len() < crate::person::trim(context.doc, span).len() && text.starts_with(['「', '『'])).then_some(inner)
    })
}

/// A first line that is a title by itself: in quotation marks, all bold, or all the words that lead to a deck.
pub fn title_alone(context: &Context<'_>, known: &Known, own: Range<usize>) -> Option<Span> {
    let &leaf = context.leaves.get(own)?.first()?;
    let block = &context.doc.blocks[leaf];
    let span = super::lines(context, leaf).first().map(|line| trim(context.doc, *line))?;
    let text = context.doc.slice(span);
    let fits = (4..=MAX_TITLE).contains(&text.chars().count()) && !text.ends_with([':', '：', '。', '.']) && !text.contains("://");
    if block.kind != BlockKind::Paragraph || !fits {
        return None;
    }
    let within = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    let quoted = line::unquote(context.doc, span);
    let strong = block.marks.iter().any(|m| m.kind == MarkKind::Strong && within(m.span));
    let deck = context.links_of(leaf).any(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video) && within(l.link.span));
    let named = |span: Span| !whole_line(context, Some(known), span, Role::Speaker, 0.45).0.is_empty();
    (quoted != span || (strong || deck) && !says_deck(context, text) && super::below::labelled(context, span).is_none() && !named(span))
        .then_some(quoted)
}

/// A place with the half of the name that stands before it: rules take a space for a word's start (`くも社から森田 光さん`).
fn whole_name(context: &Context<'_>, known: &Known, place: Span) -> Span {
    let before = &context.doc.text[..place.start];
    let name = crate::person::without_honorific(context, place);
    let half = before.strip_suffix([' ', '\u{3000}']).and_then(|text| {
        let line = text.rsplit('\n').next().unwrap_or(text);
        halved(line.get(line.ceil_char_boundary(line.len().saturating_sub(60))..)?, context.doc.slice(name))
    });
    let Some(half) = half else { return place };
    let gap = before.len() - before.trim_end_matches([' ', '\u{3000}']).len();
    let start = place.start - gap - half.len();
    let whole = context.doc.slice(Span::new(start, name.end));
    if name_likeness(context, Some(known), whole) >= SURE_WHOLE { Span::new(start, place.end) } else { place }
}

/// The people at a place, with the account and the company that the sentence gives; `at` tells where a stretch of the text that was read stands.
fn with_handle(
    context: &Context<'_>,
    known: &Known,
    place: Span,
    hit: &recap_rules::Found<'_, '_>,
    at: impl Fn(usize, usize) -> Span,
) -> Vec<Mention> {
    let place = whole_name(context, known, place);
    // Of `Kumo's Mara Lindqvist` the linked words are the name.
    let mut linked = context.links_in(place).filter(|l| l.handle.is_some() && l.link.span.end == place.end);
    let place = linked.next().filter(|_| linked.next().is_none()).map_or(place, |l| l.link.span);
    let mut people = whole_line(context, Some(known), place, Role::Speaker, 0.5).0;
    let [one] = people.as_mut_slice() else { return people };
    if let Some((s, e, _)) = hit.group("handle").filter(|_| one.handles.is_empty()) {
        one.handles.push(crate::person::at_handle(context.doc, at(s, e), &hit.rule.id, hit.rule.confidence));
    }
    let company = hit.group("org").and_then(|(s, e, _)| crate::person::affiliation(context, trim(context.doc, at(s, e))));
    one.affiliation = one.affiliation.take().or(company).or_else(|| crate::person::company_before(context, place));
    people
}

/// Talks told in running text, outside of those that are known.
pub fn find(context: &Context<'_>, known: &Known, talks: &[TalkDraft]) -> Vec<TalkDraft> {
    let mut found = Vec::new();
    let mut untitled: Vec<(TalkDraft, bool)> = Vec::new();
    let taken = Covered::by(context, talks);
    for (position, &leaf) in context.leaves.iter().enumerate() {
        let kind = &context.doc.blocks[leaf].kind;
        if *kind == BlockKind::Code || taken.holds(position) {
            continue;
        }
        let section = &context.sections[context.section_at(position)];
        if matches!(section.kind.as_deref(), Some("next" | "references" | "author")) {
            continue;
        }
        let before = found.len();
        found.extend(led_by_title(context, known, position, leaf));
        found.extend(told(context, known, position, leaf));
        if found.len() == before && *kind == BlockKind::Paragraph && may_tell(section.kind.as_deref()) {
            untitled.extend(spoken(context, known, position, leaf));
        }
    }
    reach(context, &taken, &mut found);
    // One sentence about somebody's talk may be a remark; several are the course of the evening.
    let several = untitled.iter().filter(|(talk, _)| talk.confidence >= SURE).count() >= 2;
    found.extend(untitled.into_iter().filter(|(talk, shown)| *shown || several && talk.confidence >= SURE).map(|(talk, _)| talk));
    found
}

/// Leaves behind a talk's sentence in which its decks and recordings may stand.
const REACH: usize = 8;

/// Gives talks that only a sentence tells the leaves behind it up to their decks and recordings: what stands before the next
/// heading, rule or talk is about this one.
fn reach(context: &Context<'_>, taken: &Covered, found: &mut [TalkDraft]) {
    let begins: Vec<usize> = found.iter().map(|t| t.leaves.start).collect();
    let shows = |position: usize| {
        let mut links = context.links_of(context.leaves[position]);
        links.any(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video) && super::material::stands_alone(context, l))
    };
    for (i, talk) in found.iter_mut().enumerate() {
        let alone = begins.iter().filter(|&&begin| begin == begins[i]).count() == 1;
        if !alone || talk.leaves.clone().any(&shows) {
            continue;
        }
        let kind = |position: usize| context.doc.blocks[context.leaves[position]].kind;
        let ends = |position: &usize| {
            matches!(kind(*position), BlockKind::Heading(_) | BlockKind::Rule) || taken.holds(*position) || begins.contains(position)
        };
        let behind = (talk.leaves.end..context.leaves.len().min(talk.leaves.end + REACH)).take_while(|p| !ends(p));
        let behind: Vec<usize> = behind.collect();
        let Some(first) = behind.iter().position(|&p| shows(p)) else { continue };
        let run = behind[first..].iter().take_while(|&&p| shows(p)).count();
        talk.leaves.end += first + run;
    }
}

/// Whether a section's paragraphs may tell of talks that have no title.
fn may_tell(kind: Option<&str>) -> bool {
    !matches!(
        kind,
        Some(
            "closing"
                | "impressions"
                | "social"
                | "intro"
                | "staff"
                | "about"
                | "venue"
                | "access"
                | "hiring"
                | "qa"
                | "food"
                | "opening"
                | "links"
        )
    )
}

/// A paragraph whose first sentence says who spoke, without a title (`最初は森田さんのお話。`), and whether a deck follows.
fn spoken(context: &Context<'_>, known: &Known, position: usize, leaf: usize) -> Option<(TalkDraft, bool)> {
    let span = context.doc.blocks[leaf].span;
    let text = context.text(leaf);
    let sentence = text.split_inclusive(['。', '\n', '｡']).next().unwrap_or(text);
    for rule in context.asking(Use::Sentence, sentence).filter(|r| r.kind.as_deref() != Some(LIKELY)) {
        let Some(hit) = rule.find(sentence) else { continue };
        let Some((s, e, _)) = hit.group("speaker").filter(|(s, ..)| opens(&text[..*s])) else { continue };
        let at = |s: usize, e: usize| Span::new(span.start + s, span.start + e);
        let people = with_handle(context, known, at(s, e), &hit, at);
        if people.is_empty() {
            continue;
        }
        context.fire(&rule.id, span);
        let mut talk = TalkDraft::at(span, rule.confidence);
        talk.speakers = people;
        talk.leaves = position..position + 1;
        let deck = |leaf: usize| context.links_of(leaf).find(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video));
        let next = context.leaves.get(position + 1).copied().filter(|&n| !matches!(context.doc.blocks[n].kind, BlockKind::Heading(_)));
        let own = deck(leaf).or_else(|| next.and_then(deck));
        if own.is_some_and(|l| l.block != leaf) {
            talk.leaves.end += 1;
        }
        let caption = own.map(|l| l.link.span).filter(|&s| {
            let text = context.doc.slice(s);
            let behind = (span.start + e..=span.start + e + 12).contains(&s.start);
            text.chars().count() > 5
                && !text.contains("://")
                && !says_deck(context, text)
                && (behind || super::material::stands_alone_at(context, s))
        });
        talk.title = caption.map(|s| title(context, line::unquote(context.doc, s), "talk/deck", 0.75));
        return Some((talk, own.is_some()));
    }
    None
}

/// Whether a short link only says that a deck is behind it: `こちらのスライド`.
fn says_deck(context: &Context<'_>, text: &str) -> bool {
    text.chars().count() <= 12 && context.asking(Use::LinkText, text).any(|r| r.matches(text))
}

/// A paragraph that opens with an emphasised title, its speaker told in the words right behind.
fn led_by_title(context: &Context<'_>, known: &Known, position: usize, leaf: usize) -> Option<TalkDraft> {
    let block = &context.doc.blocks[leaf];
    let mark = block.marks.iter().find(|m| m.span.start == block.span.start && m.span.end < block.span.end)?;
    let title_span = line::unquote(context.doc, mark.span);
    let words = context.doc.slice(title_span);
    if words.chars().count() < 6
        || words.ends_with([':', '：', '.', '。'])
        || !whole_line(context, Some(known), title_span, Role::Speaker, 0.45).0.is_empty()
    {
        return None;
    }
    let rest = Span::new(mark.span.end, block.span.end);
    let text = context.doc.slice(rest);
    let sentence = text.find(['。', '\n']).or_else(|| text.find(". ")).map_or(text, |n| &text[..n]);
    for rule in context.asking(Use::Sentence, sentence).filter(|r| r.kind.as_deref() != Some(LIKELY)) {
        let Some(hit) = rule.find(sentence) else { continue };
        let Some((s, e, _)) = hit.group("speaker") else { continue };
        let at = |s: usize, e: usize| Span::new(rest.start + s, rest.start + e);
        let people = with_handle(context, known, at(s, e), &hit, at);
        if !people.is_empty() {
            context.fire(&rule.id, rest);
            let mut talk = TalkDraft::at(mark.span, 0.8);
            talk.title = Some(title(context, title_span, "talk/emphasised-lead", 0.85));
            talk.speakers = people;
            talk.leaves = position..position + 1;
            return Some(talk);
        }
    }
    None
}

/// The talk that one of the first `near` leaves tells with title and speaker; nothing where they tell several.
pub fn told_in(context: &Context<'_>, known: &Known, own: Range<usize>, near: usize) -> Option<TalkDraft> {
    let leaves = own.clone().take(near);
    let mut found: Vec<TalkDraft> = leaves.flat_map(|position| told(context, known, position, context.leaves[position])).collect();
    (found.len() == 1).then(|| found.remove(0))
}

fn told(context: &Context<'_>, known: &Known, position: usize, leaf: usize) -> Vec<TalkDraft> {
    let marked = Marked::of(context, leaf);
    let mut found: Vec<TalkDraft> = Vec::new();
    for rule in context.asking(Use::Sentence, &marked.text) {
        for hit in rule.find_all(&marked.text) {
            let Some((ts, te, _)) = hit.group("title").or_else(|| hit.group("title2")) else { continue };
            let span = marked.span(hit.start, hit.end);
            if found.iter().any(|t| t.span.start < span.end && span.start < t.span.end) {
                continue;
            }
            let title_span = line::unquote(context.doc, trim(context.doc, marked.span(ts, te)));
            let me = hit.group("self").is_some() || rule.kind.as_deref() == Some("self");
            let speakers = match hit.group("speaker") {
                Some((s, e, _)) => with_handle(context, known, marked.span(s, e), &hit, |s, e| marked.span(s, e)),
                None if me => author(context).map(|one| Mention { role: Role::Speaker, ..one }).into_iter().collect(),
                None => Vec::new(),
            };
            let untold = speakers.is_empty() && !me && rule.kind.as_deref() != Some("title");
            if untold || title_span.is_empty() {
                continue;
            }
            context.fire(&rule.id, span);
            let mut talk = TalkDraft::at(span, rule.confidence);
            talk.title = Some(title(context, title_span, &rule.id, rule.confidence));
            talk.speakers = speakers;
            let kind = rule.kind.as_deref().and_then(line::talk_kind);
            talk.kind = kind.map(|k| Found::new(k, Proof::text(span, &rule.id, Method::Derived, rule.confidence)));
            talk.leaves = position..position + 1 + if me { up_to_deck(context, position) } else { 0 };
            found.push(talk);
        }
    }
    found
}

/// How many leaves behind the one in which authors tell of their own talk reach to its deck.
fn up_to_deck(context: &Context<'_>, position: usize) -> usize {
    let behind = context.leaves[position + 1..].iter().take(OWN_DECK);
    let mut own = behind.take_while(|&&leaf| !matches!(context.doc.blocks[leaf].kind, BlockKind::Heading(_)));
    own.position(|&leaf| context.links_of(leaf).any(|l| l.kind == LinkKind::Slides)).map_or(0, |at| at + 1)
}
