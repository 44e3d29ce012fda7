//! One talk of each real one: candidates of several layers that mean the same are joined.

use recap_text::names::fold;

use super::material;
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::Mention;

/// Titles at least this alike (0 to 1) are one title.
const SAME_TITLE: f64 = 0.82;
/// With the same speaker, titles need less.
const SIMILAR_TITLE: f64 = 0.45;

/// Joins layers, the most trusted first; keeps the order of the document.
pub fn merge(context: &Context<'_>, layers: Vec<Vec<TalkDraft>>) -> Vec<TalkDraft> {
    let mut talks: Vec<(TalkDraft, Keys)> = Vec::new();
    for layer in layers {
        let known = talks.len();
        for talk in layer {
            let keys = Keys::of(&talk);
            // Within one layer only the very same title with the same speakers is one talk.
            match best(&talks[..known], &keys).or_else(|| twice(&talks[known..], &keys).map(|i| known + i)) {
                Some(i) => {
                    let (kept, kept_keys) = &mut talks[i];
                    join(context, kept, talk);
                    *kept_keys = Keys::of(kept);
                }
                None => talks.push((talk, keys)),
            }
        }
    }
    let mut talks: Vec<TalkDraft> = talks.into_iter().map(|(talk, _)| talk).collect();
    talks.sort_by_key(|t| (t.span.start, t.span.end));
    talks
}

/// What talks are compared by, folded once.
struct Keys {
    titled: bool,
    titles: Vec<Title>,
    speakers: Vec<Who>,
}

struct Title {
    folded: String,
    /// Characters.
    length: usize,
}

struct Who {
    name: Option<String>,
    /// In lower case, and folded as names are.
    handles: Vec<(String, String)>,
}

impl Keys {
    fn of(talk: &TalkDraft) -> Self {
        let folded = talk.title.iter().chain(&talk.other_titles).map(|f| fold(&f.value)).filter(|s| !s.is_empty());
        let titles = folded.map(|folded| Title { length: folded.chars().count(), folded }).collect();
        Self { titled: talk.title.is_some(), titles, speakers: talk.speakers.iter().map(Who::of).collect() }
    }
}

impl Who {
    fn of(mention: &Mention) -> Self {
        let handles = mention.handles.iter().map(|h| (h.value.handle.to_lowercase(), fold(&h.value.handle))).collect();
        Self { name: mention.name.as_ref().map(|n| fold(&n.value)).filter(|n| !n.is_empty()), handles }
    }

    fn is(&self, other: &Self) -> bool {
        let crossed = |a: &Self, b: &Self| a.name.as_ref().is_some_and(|name| b.handles.iter().any(|(_, folded)| folded == name));
        let handles = self.handles.iter().any(|(handle, _)| other.handles.iter().any(|(h, _)| h == handle));
        handles || (self.name.is_some() && self.name == other.name) || crossed(self, other) || crossed(other, self)
    }
}

fn best(talks: &[(TalkDraft, Keys)], talk: &Keys) -> Option<usize> {
    let rated = talks.iter().enumerate().map(|(i, (_, keys))| (i, likeness(keys, talk)));
    rated.filter(|(_, score)| *score >= 1.0).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i)
}

fn twice(talks: &[(TalkDraft, Keys)], talk: &Keys) -> Option<usize> {
    let same_title = |keys: &Keys| keys.titles.iter().any(|a| talk.titles.iter().any(|b| a.folded == b.folded));
    talks
        .iter()
        .position(|(_, keys)| same_title(keys) && (keys.speakers.is_empty() || talk.speakers.is_empty() || shared_speaker(keys, talk)))
}

/// 1 and more: the same talk.
fn likeness(a: &Keys, b: &Keys) -> f64 {
    let shared = shared_speaker(a, b);
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

fn shared_speaker(a: &Keys, b: &Keys) -> bool {
    a.speakers.iter().any(|x| b.speakers.iter().any(|y| x.is(y)))
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
