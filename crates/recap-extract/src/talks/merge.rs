//! One talk of each real one: candidates of several layers that mean the same are joined.

use recap_text::names::fold;

use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::Mention;

/// Titles at least this alike (0 to 1) are one title.
const SAME_TITLE: f64 = 0.82;
/// With the same speaker, titles need less.
const SIMILAR_TITLE: f64 = 0.45;

/// Joins layers, the most trusted first; keeps the order of the document.
pub fn merge(_context: &Context<'_>, layers: Vec<Vec<TalkDraft>>) -> Vec<TalkDraft> {
    let mut talks: Vec<TalkDraft> = Vec::new();
    for layer in layers {
        let known = talks.len();
        for talk in layer {
            // Within one layer only the very same title with the same speakers is one talk.
            match best(&talks[..known], &talk).or_else(|| twice(&talks[known..], &talk).map(|i| known + i)) {
                Some(i) => join(&mut talks[i], talk),
                None => talks.push(talk),
            }
        }
    }
    talks.sort_by_key(|t| (t.span.start, t.span.end));
    talks
}

fn best(talks: &[TalkDraft], talk: &TalkDraft) -> Option<usize> {
    let rated = talks.iter().enumerate().map(|(i, t)| (i, likeness(t, talk)));
    rated.filter(|(_, score)| *score >= 1.0).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i)
}

fn twice(talks: &[TalkDraft], talk: &TalkDraft) -> Option<usize> {
    talks.iter().position(|t| titles_alike(t, talk) >= 0.97 && (shared_speaker(t, talk) || t.speakers.is_empty() || talk.speakers.is_empty()))
}

/// 1 and more: the same talk.
fn likeness(a: &TalkDraft, b: &TalkDraft) -> f64 {
    let title = titles_alike(a, b);
    let shared = shared_speaker(a, b);
    let both_titled = a.title.is_some() && b.title.is_some();
    if both_titled && title >= SAME_TITLE {
        return 1.0 + title + f64::from(u8::from(shared));
    }
    if shared && (!both_titled || title >= SIMILAR_TITLE) {
        return 1.0 + title;
    }
    0.0
}

fn titles_alike(a: &TalkDraft, b: &TalkDraft) -> f64 {
    let spellings = |t: &TalkDraft| t.title.iter().chain(&t.other_titles).map(|f| fold(&f.value)).filter(|s| !s.is_empty()).collect::<Vec<_>>();
    let (left, right) = (spellings(a), spellings(b));
    left.iter().flat_map(|l| right.iter().map(move |r| alike(l, r))).fold(0.0, f64::max)
}

/// Likeness of two folded titles; one that begins with the other (a cut title) counts as nearly the same.
fn alike(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.chars().count() >= 8 && long.contains(short) {
        return 0.9;
    }
    if short.len() * 3 < long.len() || long.len() > 600 { 0.0 } else { strsim::normalized_levenshtein(a, b) }
}

fn shared_speaker(a: &TalkDraft, b: &TalkDraft) -> bool {
    a.speakers.iter().any(|x| b.speakers.iter().any(|y| same(x, y)))
}

fn same(a: &Mention, b: &Mention) -> bool {
    let handles = a.handles.iter().any(|x| b.handles.iter().any(|y| x.value.handle.eq_ignore_ascii_case(&y.value.handle)));
    let names = a.name.as_ref().zip(b.name.as_ref()).is_some_and(|(x, y)| fold(&x.value) == fold(&y.value));
    let crossed = |m: &Mention, n: &Mention| m.name.as_ref().is_some_and(|name| n.handles.iter().any(|h| fold(&h.value.handle) == fold(&name.value)));
    handles || names || crossed(a, b) || crossed(b, a)
}

fn join(talk: &mut TalkDraft, other: TalkDraft) {
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
    talk.slides.extend(other.slides);
    talk.videos.extend(other.videos);
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
