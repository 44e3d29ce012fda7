//! Talks that only a sentence tells, and speakers that one tells for the talk above it.

use std::ops::Range;

use recap_document::{BlockKind, LinkForm, MarkKind, Span};
use recap_model::{LinkKind, Method, Role};
use recap_rules::Use;

use super::{line, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::{Found, Mention, Proof};
use crate::person::{Known, author, trim, whole_line};

/// Emphasised or linked words that may be a title have at least so many words.
const TITLE_WORDS: usize = 3;
/// Emphasised and linked words of one paragraph that are looked at.
const MAX_MARKS: usize = 40;

/// The speaker whom one of the first `near` leaves of a talk names (`…氏による`, `…さんの発表`), or the author (`僕です`).
pub fn speaker_in(context: &Context<'_>, known: &Known, own: Range<usize>, near: usize) -> Vec<Mention> {
    for &leaf in context.leaves[own].iter().take(near) {
        let people = speaker_of(context, known, leaf);
        if !people.is_empty() {
            return people;
        }
        let span = context.doc.blocks[leaf].span;
        let text = context.text(leaf);
        if let Some(rule) = context.asking(Use::SelfSpeaker, text).find(|r| r.matches(text)) {
            context.fire(&rule.id, span);
            if let Some(mut me) = author(context) {
                me.role = Role::Speaker;
                return vec![me];
            }
        }
    }
    Vec::new()
}

/// The speaker whom a sentence of one leaf names.
pub fn speaker_of(context: &Context<'_>, known: &Known, leaf: usize) -> Vec<Mention> {
    let span = context.doc.blocks[leaf].span;
    let text = context.text(leaf);
    for rule in context.asking(Use::Sentence, text) {
        let Some(hit) = rule.find(text) else { continue };
        let Some((s, e, _)) = hit.group("speaker") else { continue };
        let place = Span::new(span.start + s, span.start + e);
        let people = with_handle(context, known, place, &hit, span);
        if !people.is_empty() {
            context.fire(&rule.id, place);
            return people;
        }
    }
    Vec::new()
}

fn with_handle(context: &Context<'_>, known: &Known, place: Span, hit: &recap_rules::Found<'_, '_>, leaf: Span) -> Vec<Mention> {
    // Of `Kumo's Mara Lindqvist` the linked words are the name.
    let mut linked = context.links_in(place).filter(|l| l.handle.is_some() && l.link.span.end == place.end);
    let place = linked.next().filter(|_| linked.next().is_none()).map_or(place, |l| l.link.span);
    let mut people = whole_line(context, Some(known), place, Role::Speaker, 0.5).0;
    if let ([one], Some((s, e, _))) = (people.as_mut_slice(), hit.group("handle"))
        && one.handles.is_empty()
    {
        one.handles.push(crate::person::at_handle(
            context.doc,
            Span::new(leaf.start + s, leaf.start + e),
            &hit.rule.id,
            hit.rule.confidence,
        ));
    }
    people
}

/// Talks told in running text, outside of those that are known.
pub fn find(context: &Context<'_>, known: &Known, talks: &[TalkDraft]) -> Vec<TalkDraft> {
    let mut found = Vec::new();
    for (position, &leaf) in context.leaves.iter().enumerate() {
        if context.doc.blocks[leaf].kind == BlockKind::Code || talks.iter().any(|t| t.leaves.contains(&position)) {
            continue;
        }
        let section = &context.sections[context.section_at(position)];
        if matches!(section.kind.as_deref(), Some("next" | "references" | "author")) {
            continue;
        }
        found.extend(led_by_title(context, known, position, leaf));
        found.extend(told(context, known, position, leaf));
    }
    found
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
    for rule in context.asking(Use::Sentence, sentence) {
        let Some(hit) = rule.find(sentence) else { continue };
        let Some((s, e, _)) = hit.group("speaker") else { continue };
        let people = with_handle(context, known, Span::new(rest.start + s, rest.start + e), &hit, rest);
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
            let speakers = match (hit.group("speaker"), rule.kind.as_deref()) {
                (Some((s, e, _)), _) => with_handle(context, known, marked.span(s, e), &hit, context.doc.blocks[leaf].span),
                (None, Some("self")) => author(context).map(|me| Mention { role: Role::Speaker, ..me }).into_iter().collect(),
                (None, _) => Vec::new(),
            };
            let untold = speakers.is_empty() && !matches!(rule.kind.as_deref(), Some("self" | "title"));
            if untold || title_span.is_empty() {
                continue;
            }
            context.fire(&rule.id, span);
            let mut talk = TalkDraft::at(span, rule.confidence);
            talk.title = Some(title(context, title_span, &rule.id, rule.confidence));
            talk.speakers = speakers;
            let kind = rule.kind.as_deref().and_then(line::talk_kind);
            talk.kind = kind.map(|k| Found::new(k, Proof::text(span, &rule.id, Method::Derived, rule.confidence)));
            talk.leaves = position..position + 1;
            found.push(talk);
        }
    }
    found
}

/// A leaf's text in which emphasised and linked words stand in quotation marks, as titles do in sentences.
struct Marked {
    text: String,
    start: usize,
    /// Offsets of the marks that were put in.
    added: Vec<usize>,
}

impl Marked {
    fn of(context: &Context<'_>, leaf: usize) -> Self {
        let block = &context.doc.blocks[leaf];
        let marks = block.marks.iter().filter(|m| m.kind == MarkKind::Emphasis || m.kind == MarkKind::Strong).map(|m| m.span);
        let links =
            context.links_of(leaf).filter(|l| !matches!(l.kind, LinkKind::Profile | LinkKind::Event) && l.link.form == LinkForm::Anchor);
        let titled = |span: &Span| {
            let words = context.doc.slice(*span);
            block.span.contains(*span) && words.split_whitespace().count() >= TITLE_WORDS && !words.contains(['"', '“', '”', '\n'])
        };
        let mut spans: Vec<Span> = marks.chain(links.map(|l| l.link.span)).filter(titled).take(MAX_MARKS).collect();
        spans.sort_by_key(|s| (s.start, s.end));
        let mut marked = Self { text: String::new(), start: block.span.start, added: Vec::new() };
        let mut at = block.span.start;
        for span in spans {
            let before = context.doc.text[..span.start].chars().next_back();
            if span.start < at || matches!(before, Some('"' | '“' | '«' | '„' | '「' | '\'')) {
                continue;
            }
            marked.text.push_str(context.doc.slice(Span::new(at, span.start)));
            marked.quote('“');
            marked.text.push_str(context.doc.slice(span));
            marked.quote('”');
            at = span.end;
        }
        marked.text.push_str(context.doc.slice(Span::new(at, block.span.end)));
        marked
    }

    fn quote(&mut self, sign: char) {
        self.added.push(self.text.len());
        self.text.push(sign);
    }

    /// Where a stretch of the text stands in the document.
    fn span(&self, from: usize, to: usize) -> Span {
        let place = |at: usize| self.start + at - self.added.iter().filter(|&&q| q < at).map(|_| '“'.len_utf8()).sum::<usize>();
        Span::new(place(from), place(to))
    }
}
