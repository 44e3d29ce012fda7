//! One talk of each real one: candidates of several layers that mean the same are joined.

use std::collections::BTreeSet;

use recap_text::names::fold;

use super::keys::{Index, Keys, Title, Who};
use super::material;
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::Mention;

/// Titles at least this alike (0 to 1) are one title.
const SAME_TITLE: f64 = 0.82;
/// With the same speaker, titles need less.
const SIMILAR_TITLE: f64 = 0.45;

/// Pairs of talks whose titles are compared letter by letter; where there are more, only talks with a title or a speaker in
/// common are.
const MAX_PAIRS: usize = 100_000;

/// Joins layers, the most trusted first; keeps the order of the document.
pub fn merge(context: &Context<'_>, layers: Vec<Vec<TalkDraft>>) -> Vec<TalkDraft> {
    let mut talks: Vec<(TalkDraft, Keys)> = Vec::new();
    let mut index = Index::default();
    for layer in layers {
        let known = talks.len();
        let few = known.saturating_mul(layer.len()) <= MAX_PAIRS;
        for talk in layer {
            let keys = Keys::of(&talk);
            let found = if few { best(&talks, 0..known, &keys) } else { best(&talks, index.near(&keys, known).into_iter(), &keys) };
            // Within one layer only the very same title with the same speakers is one talk.
            match found.or_else(|| twice(&talks, index.with_title(&keys, known), &keys)) {
                Some(i) => {
                    let (kept, kept_keys) = &mut talks[i];
                    join(context, kept, talk);
                    *kept_keys = Keys::of(kept);
                    index.add(i, kept_keys);
                }
                None => {
                    index.add(talks.len(), &keys);
                    talks.push((talk, keys));
                }
            }
        }
    }
    let mut talks: Vec<TalkDraft> = talks.into_iter().map(|(talk, _)| talk).collect();
    talks.sort_by_key(|t| (t.span.start, t.span.end));
    talks
}

fn best(talks: &[(TalkDraft, Keys)], among: impl Iterator<Item = usize>, talk: &Keys) -> Option<usize> {
    let rated = among.map(|i| (i, likeness(&talks[i].1, talk)));
    rated.filter(|(_, score)| *score >= 1.0).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i)
}

fn twice(talks: &[(TalkDraft, Keys)], among: BTreeSet<usize>, talk: &Keys) -> Option<usize> {
    let fits = |keys: &Keys| keys.speakers.is_empty() || talk.speakers.is_empty() || keys.share_speaker(talk);
    among.into_iter().find(|&i| talks[i].1.share_title(talk) && fits(&talks[i].1))
}

/// 1 and more: the same talk.
fn likeness(a: &Keys, b: &Keys) -> f64 {
    let shared = a.share_speaker(b);
    let both_titled = a.titled && b.titled;
    let title = titles_alike(a, b, if shared { SIMILAR_TITLE } else { SAME_TITLE });
    if both_titled && title >= SAME_TITLE {
        return 1.0 + title + f64::from(u8::from(shared));
    }
    if shared && (!both_titled || title >= SIMILAR_TITLE) {
        return 1.0 + title;
    }
    0.0
}

fn titles_alike(a: &Keys, b: &Keys, least: f64) -> f64 {
    a.titles.iter().flat_map(|l| b.titles.iter().map(move |r| alike(l, r, least))).fold(0.0, f64::max)
}

/// Likeness of two folded titles, 0 where it is below `least`; one that holds the other (a cut title) counts as nearly the same.
fn alike(a: &Title, b: &Title, least: f64) -> f64 {
    if a.folded == b.folded {
        return 1.0;
    }
    let (short, long) = if a.length < b.length { (a, b) } else { (b, a) };
    if short.length >= 8 && long.folded.contains(&short.folded) {
        return 0.9;
    }
    // The edit distance is at least the difference in length.
    if (short.length as f64) < least * long.length as f64 || long.length > 200 {
        return 0.0;
    }
    strsim::normalized_levenshtein(&a.folded, &b.folded)
}

fn same(a: &Mention, b: &Mention) -> bool {
    Who::of(a).is(&Who::of(b))
}

fn join(context: &Context<'_>, talk: &mut TalkDraft, mut other: TalkDraft) {
    // What stands by the other one would be out of reach later.
    if !talk.leaves.is_empty() && !other.leaves.is_empty() && talk.leaves != other.leaves {
        material::attach(context, &mut other);
    }
    match (&talk.title, other.title) {
        (None, title) => talk.title = title,
        (Some(known), Some(title)) if fold(&known.value) != fold(&title.value) => talk.other_titles.push(title),
        (Some(_), Some(title)) => {
            if let Some(known) = talk.title.as_mut() {
                known.proofs.extend(title.proofs);
            }
        }
        _ => {}
    }
    talk.other_titles.extend(other.other_titles);
    talk.kind = talk.kind.take().or(other.kind);
    if talk.speakers.is_empty() {
        talk.speakers = other.speakers;
    } else {
        add_handles(&mut talk.speakers, other.speakers);
    }
    talk.start = talk.start.take().or(other.start);
    talk.end = talk.end.take().or(other.end);
    material::add_all(&mut talk.slides, other.slides);
    material::add_all(&mut talk.videos, other.videos);
    if talk.leaves.is_empty() {
        (talk.leaves, talk.span) = (other.leaves, if other.span.is_empty() { talk.span } else { other.span });
    }
    talk.confidence = talk.confidence.max(other.confidence);
}

fn add_handles(speakers: &mut [Mention], others: Vec<Mention>) {
    for other in others {
        if let Some(known) = speakers.iter_mut().find(|s| same(s, &other)) {
            if known.handles.is_empty() {
                known.handles = other.handles;
            }
            known.name = known.name.take().or(other.name);
            known.affiliation = known.affiliation.take().or(other.affiliation);
        }
    }
}
