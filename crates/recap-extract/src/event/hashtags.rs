//! The event's hashtags.

use std::collections::{HashMap, HashSet};

use recap_document::{BlockKind, Span};
use recap_model::{LinkKind, Method};
use recap_rules::Use;
use recap_text::entities::find_entities;
use recap_text::names::fold;

use super::piece::Piece;
use super::scope::Scope;
use crate::context::host_of;
use crate::drafts::{EventDraft, PostDraft};
use crate::finding::{Found, Proof};

/// Leaves that are read for tags.
const MAX_LEAVES: usize = 400;
/// Tags of one paragraph that are looked at: a longer list is not about the event.
const MAX_TAGS: usize = 20;
/// Posts that must share a tag before it is the event's.
const SHARED: usize = 2;

/// Fills in the hashtags: labelled, in the title, told in the text; else the one that most posts share.
pub fn fill(scope: &Scope<'_, '_>, posts: &[PostDraft], draft: &mut EventDraft) {
    let mut found = in_fields(scope);
    for more in [in_title(scope), told(scope)] {
        add(&mut found, more);
    }
    if found.is_empty() {
        found = shared(scope, posts, draft);
    }
    draft.hashtags = found;
}

fn in_fields(scope: &Scope<'_, '_>) -> Vec<Found<String>> {
    let doc = scope.context.doc;
    let mut found = Vec::new();
    for field in scope.values("event.hashtag") {
        let text = doc.slice(field.value);
        let tags = find_entities(text).hashtags;
        for tag in &tags {
            let span = Span::new(field.value.start + tag.start, field.value.start + tag.end);
            add(&mut found, vec![value(&tag.tag, Proof::text(span, &field.rule.id, Method::Verbatim, field.rule.confidence))]);
        }
        let bare = tags.is_empty() && field.index == 0 && text.chars().all(|c| c.is_alphanumeric() || c == '_');
        if bare {
            add(&mut found, vec![Found::verbatim(doc, field.value, field.rule)]);
        }
    }
    for (rule, field) in scope.given("event.hashtag") {
        let tag = field.value.trim_start_matches('#').to_owned();
        add(&mut found, vec![Found::new(tag, Proof::field(field, &rule.id, Method::Normalised, rule.confidence))]);
    }
    found
}

fn in_title(scope: &Scope<'_, '_>) -> Vec<Found<String>> {
    let context = scope.context;
    let title = context.doc.meta.title.iter().map(|t| Piece::field(context.doc, t));
    let heading = context.leaves.iter().take(3).filter(|&&b| matches!(context.doc.blocks[b].kind, BlockKind::Heading(_)));
    let headings = heading.map(|&b| Piece::of(context.doc, context.doc.blocks[b].span));
    let mut found = Vec::new();
    for piece in title.chain(headings) {
        let whole = |end: usize| piece.text.get(end..).is_some_and(|rest| !rest.starts_with([':', '：', '.', '-', '/']));
        for tag in find_entities(piece.text).hashtags.into_iter().filter(|t| whole(t.end) && !is_generic(scope, &t.tag)) {
            let part = piece.part(tag.start..tag.end);
            add(&mut found, vec![part.found("event/tag-in-title", 0.9).map(|_| tag.tag.clone())]);
        }
    }
    found
}

/// Tags that the text calls the event's, that lead to the tag's page, or that stand in a line of their own at the start.
fn told(scope: &Scope<'_, '_>) -> Vec<Found<String>> {
    let context = scope.context;
    let mut found = Vec::new();
    for &block in context.leaves.iter().take(MAX_LEAVES) {
        let text = context.text(block);
        if !text.contains(['#', '＃']) || is_quoted(scope, block) || scope.is_later(block) {
            continue;
        }
        let start = context.doc.blocks[block].span.start;
        for rule in context.asking_for(Use::EventFact, "hashtag", text) {
            for hit in rule.find_all(text).take(4) {
                let Some((from, to, tag)) = hit.group("tag").filter(|(.., tag)| !is_generic(scope, tag)) else { continue };
                let span = Span::new(start + from, start + to);
                context.fire(&rule.id, span);
                add(&mut found, vec![value(tag, Proof::text(span, &rule.id, Method::Verbatim, rule.confidence))]);
            }
        }
        if scope.front.contains(&block) {
            add(&mut found, shown(scope, block));
        }
    }
    found
}

/// Tags of a paragraph at the start that are links to the tag's page, or all that stands there.
fn shown(scope: &Scope<'_, '_>, block: usize) -> Vec<Found<String>> {
    let context = scope.context;
    let text = context.text(block);
    let start = context.doc.blocks[block].span.start;
    let bare = is_tags_only(text);
    let mut found = Vec::new();
    for tag in find_entities(text).hashtags.into_iter().take(MAX_TAGS).filter(|t| !is_generic(scope, &t.tag)) {
        let span = Span::new(start + tag.start, start + tag.end);
        let meets = |at: Span| at.contains(span) || span.contains(at);
        let page = context.links_of(block).any(|l| l.kind == LinkKind::Hashtag && meets(l.link.span));
        if page || bare {
            let (rule, confidence) = if page { ("event/tag-page", 0.85) } else { ("event/tag-line", 0.8) };
            found.push(value(&tag.tag, Proof::text(span, rule, Method::Verbatim, confidence)));
        }
    }
    found
}

/// The tag that at least half of the posts have.
fn shared(scope: &Scope<'_, '_>, posts: &[PostDraft], draft: &EventDraft) -> Vec<Found<String>> {
    let mut counted: Vec<(&Found<String>, usize)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for post in posts {
        let mut seen: HashSet<String> = HashSet::new();
        for tag in post.hashtags.iter().filter(|t| !is_generic(scope, &t.value)) {
            let key = tag.value.to_lowercase();
            if !seen.insert(key.clone()) {
                continue;
            }
            let place = *places.entry(key).or_insert(counted.len());
            match counted.get_mut(place) {
                Some((_, count)) => *count += 1,
                None => counted.push((tag, 1)),
            }
        }
    }
    let with_text = posts.iter().filter(|p| p.text.is_some()).count();
    let most = counted.iter().map(|(_, n)| *n).max().unwrap_or_default();
    let enough = |tag: &str, count: usize| (count >= SHARED && 2 * count >= with_text) || (count > 0 && is_of_name(tag, draft));
    let chosen = counted.into_iter().filter(|(tag, n)| *n == most && enough(&tag.value, *n)).take(1);
    chosen.map(|(tag, _)| by_posts(tag)).collect()
}

/// Whether a tag is made from the event's name, or is the name of its group at the event host.
fn is_of_name(tag: &str, draft: &EventDraft) -> bool {
    let tag = fold(tag);
    let hosts = draft.urls.iter().map(|u| host_of(&u.value)).filter_map(|h| h.split('.').next().map(fold));
    let names = [&draft.name, &draft.series].into_iter().flatten().map(|n| fold(&n.value));
    let long = |key: &String| key.chars().count() >= 4;
    let joined = |key: String| tag == key || (long(&key) && long(&tag) && (tag.starts_with(&key) || key.starts_with(&tag)));
    hosts.chain(names).any(joined)
}

/// Whether a block is part of a quotation.
fn is_quoted(scope: &Scope<'_, '_>, block: usize) -> bool {
    let doc = scope.context.doc;
    doc.ancestors(block).any(|b| doc.blocks[b].kind == BlockKind::Quote)
}

fn is_generic(scope: &Scope<'_, '_>, tag: &str) -> bool {
    scope.context.says(Use::EventFact, "hashtag-not", tag)
}

fn by_posts(tag: &Found<String>) -> Found<String> {
    let proofs = tag.proofs.iter().cloned().map(|p| Proof { rule: "event/tag-of-posts".to_owned(), confidence: 0.75, ..p }).collect();
    Found { value: tag.value.clone(), proofs }
}

/// Whether a text is nothing but tags.
fn is_tags_only(text: &str) -> bool {
    text.split_whitespace().all(|word| word.starts_with(['#', '＃'])) && !text.trim().is_empty()
}

fn value(tag: &str, proof: Proof) -> Found<String> {
    Found::new(tag.to_owned(), proof)
}

fn add(all: &mut Vec<Found<String>>, more: Vec<Found<String>>) {
    for tag in more {
        if !all.iter().any(|known| known.value.to_lowercase() == tag.value.to_lowercase()) {
            all.push(tag);
        }
    }
}
