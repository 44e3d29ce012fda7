//! Cues in words: rules with `use = "cue"`, whose `kind` says where they are looked for.

use std::collections::BTreeMap;

use recap_document::{BlockKind, Field, Place, Span};
use recap_rules::{Found, Rule, Use};

use super::Sign;
use crate::context::Context;
use crate::drafts::NextDraft;

/// Bytes of content that count as the document's beginning.
const LEAD: usize = 2_400;
/// A document of fewer leaves has no end apart from its beginning.
const FEW: usize = 4;
/// Leaves longer than this (bytes) are looked at up to here.
const MAX_LEAF: usize = 4_000;
/// What the first, second and third leaf with a cue add to its weight; more add nothing.
const REPEATS: [f64; 3] = [1.0, 0.5, 0.25];

/// The cues of the title, the tags, the beginning and the whole text.
pub fn read(context: &Context<'_>, next: &[NextDraft]) -> Vec<Sign> {
    let rules: Vec<&Rule> = context.rules.of(Use::Cue, context.language).collect();
    let of = |kind: &str| rules.iter().copied().filter(|r| r.kind.as_deref().unwrap_or("text") == kind).collect::<Vec<_>>();
    let mut signs = Vec::new();
    let titles = titles(context);
    let asking = titles.iter().flat_map(|(text, _)| context.asking_for(Use::Cue, "title", text)).map(|r| &r.rule().id).collect::<Vec<_>>();
    for rule in of("title").into_iter().filter(|rule| asking.contains(&&rule.id)) {
        signs.extend(titles.iter().find_map(|(text, span)| sign(rule, text, *span)));
    }
    for rule in of("tag") {
        signs.extend(context.doc.meta.tags.iter().find_map(|tag| sign(rule, &tag.value, tag.place.span())));
    }
    let lead = lead(context);
    // A report that tells when to meet next is no announcement.
    let now: Vec<usize> = beginning_of(context, lead).iter().copied().filter(|&leaf| !is_later(context, leaf, next)).collect();
    signs.extend(in_leaves(context, "lead", lead, 1).into_iter().filter(|(_, weight, _)| *weight >= 0.0));
    signs.extend(in_leaves(context, "lead", &now, 1).into_iter().filter(|(_, weight, _)| *weight < 0.0));
    signs.extend(in_leaves(context, "text", &context.leaves, REPEATS.len()));
    signs
}

/// Whether a leaf tells of a later event, beside one that is told of.
fn is_later(context: &Context<'_>, leaf: usize, next: &[NextDraft]) -> bool {
    let span = context.doc.blocks[leaf].span;
    let section = context.position(leaf).map(|position| &context.sections[context.section_at(position)]);
    section.is_some_and(|s| s.kind.as_deref().is_some_and(|k| k.starts_with("next"))) || next.iter().any(|n| span.contains(n.span))
}

/// What a document is called: by its metadata and by its first heading.
fn titles<'a>(context: &Context<'a>) -> Vec<(&'a str, Span)> {
    let meta = context.doc.meta.title.as_ref().map(|f: &Field| (f.value.as_str(), f.place.span()));
    let heading = context.leaves.iter().take(4).find(|&&b| matches!(context.doc.blocks[b].kind, BlockKind::Heading(_)));
    let first = heading.map(|&b| (context.text(b), context.doc.blocks[b].span));
    meta.into_iter().chain(first).collect()
}

/// The leaves at the beginning.
fn lead<'c>(context: &'c Context<'_>) -> &'c [usize] {
    let Some(start) = context.leaves.first().map(|&b| context.doc.blocks[b].span.start) else { return &[] };
    let count = context.leaves.partition_point(|&b| context.doc.blocks[b].span.start < start + LEAD);
    &context.leaves[..count]
}

/// Of the leaves at the beginning those that are not the document's end as well, where a report says what comes next.
fn beginning_of<'l>(context: &Context<'_>, lead: &'l [usize]) -> &'l [usize] {
    let all = context.leaves.len();
    if all < FEW { lead } else { &lead[..lead.len().min(all - all / 3)] }
}

fn in_leaves(context: &Context<'_>, kind: &str, leaves: &[usize], most: usize) -> Vec<Sign> {
    let mut hits: BTreeMap<&str, usize> = BTreeMap::new();
    let mut signs = Vec::new();
    for &leaf in leaves {
        let block = &context.doc.blocks[leaf];
        if block.kind == BlockKind::Code {
            continue;
        }
        let text = beginning(context.text(leaf));
        for rule in context.asking(Use::Cue, text).filter(|r| r.kind.as_deref().unwrap_or("text") == kind) {
            let hits = hits.entry(&rule.rule().id).or_default();
            if *hits < most
                && let Some((id, weight, span)) = rule.find(text).map(|found| weighed(&found, block.span))
            {
                signs.push((id, weight * REPEATS[*hits], span));
                *hits += 1;
            }
        }
    }
    signs
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_LEAF);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn sign(rule: &Rule, text: &str, at: Span) -> Option<Sign> {
    rule.find(text).map(|found| weighed(&found, at))
}

fn weighed(found: &Found<'_, '_>, at: Span) -> Sign {
    let place = Place::Text(Span::new(at.start + found.start, at.start + found.end)).span();
    (found.rule.id.clone(), found.rule.weight, if at.contains(place) { place } else { at })
}
