//! Which talks of different parts are one.

use std::collections::{BTreeMap, BTreeSet};

use recap_model::{Person, Recap, Talk, TalkKind};
use recap_text::names::fold;
use recap_text::urls::resource_key;

use super::At;
use crate::blank;

/// Talks that are one, each group with at most one talk of a part unless a part tells it twice; in the order of the parts.
pub type Groups = Vec<Vec<At>>;

/// Groups with more members in a bucket than this are not compared by it: such a title or deck says nothing.
const MOST: usize = 64;

/// What talks are compared by.
struct Features {
    at: At,
    kind: TalkKind,
    title: String,
    decks: BTreeSet<String>,
    names: BTreeSet<String>,
    handles: BTreeSet<String>,
    /// Whether the speakers gave only this talk of their part.
    only: bool,
}

/// Aligns the talks of all parts.
pub fn align(members: &[&Recap]) -> Groups {
    let talks: Vec<Features> = members.iter().enumerate().flat_map(|(part, recap)| features(part, recap)).collect();
    let mut edges: Vec<(u32, usize, usize)> = candidates(&talks)
        .into_iter()
        .filter_map(|(a, b)| Some((likeness(&talks[a], &talks[b])?, a, b)))
        .map(|(score, a, b)| (1000 - score, a, b))
        .collect();
    edges.sort_unstable();
    let mut groups: Vec<Vec<usize>> = (0..talks.len()).map(|i| vec![i]).collect();
    let mut group_of: Vec<usize> = (0..talks.len()).collect();
    for (_, a, b) in edges {
        let (into, from) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
        if into != from && joinable(&talks, &groups[into], &groups[from]) {
            let moved = std::mem::take(&mut groups[from]);
            moved.iter().for_each(|&talk| group_of[talk] = into);
            groups[into].extend(moved);
        }
    }
    groups
        .into_iter()
        .filter(|g| !g.is_empty())
        .map(|mut group| {
            group.sort_unstable();
            group.into_iter().map(|i| talks[i].at).collect()
        })
        .collect()
}

fn features(part: usize, recap: &Recap) -> Vec<Features> {
    let people: BTreeMap<&str, &Person> = recap.people.iter().map(|p| (p.id.as_str(), p)).collect();
    let mut given: BTreeMap<&str, usize> = BTreeMap::new();
    recap.talks.iter().flat_map(|t| &t.speakers).for_each(|id| *given.entry(id).or_default() += 1);
    let one = |(i, talk): (usize, &Talk)| {
        let speakers: Vec<&&Person> = talk.speakers.iter().filter_map(|id| people.get(id.as_str())).collect();
        let names = speakers.iter().flat_map(|p| p.name.iter().chain(&p.aliases)).map(|name| super::super::people::name_key(name));
        let handles = speakers.iter().flat_map(|p| blank::accounts(p)).map(|h| fold(&h.handle));
        Features {
            at: (part, i),
            kind: talk.kind,
            title: talk.title.as_deref().map(fold).unwrap_or_default(),
            decks: talk.slides.iter().chain(&talk.videos).filter_map(|url| resource_key(url)).collect(),
            names: names.filter(|n| !n.is_empty()).collect(),
            handles: handles.filter(|h| !h.is_empty()).collect(),
            only: !talk.speakers.is_empty() && talk.speakers.iter().all(|id| given.get(id.as_str()) == Some(&1)),
        }
    };
    recap.talks.iter().enumerate().map(one).collect()
}

/// Pairs that share a deck, a title, the beginning or end of a title, or a speaker.
fn candidates(talks: &[Features]) -> BTreeSet<(usize, usize)> {
    let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, talk) in talks.iter().enumerate() {
        for key in keys(talk) {
            buckets.entry(key).or_default().push(i);
        }
    }
    let mut pairs = BTreeSet::new();
    for bucket in buckets.values().filter(|b| b.len() <= MOST) {
        for (n, &a) in bucket.iter().enumerate() {
            pairs.extend(bucket.iter().skip(n + 1).filter(|&&b| b != a).map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs
}

fn keys(talk: &Features) -> BTreeSet<String> {
    let title: Vec<char> = talk.title.chars().collect();
    let mut keys: BTreeSet<String> = talk.decks.iter().map(|deck| format!("d {deck}")).collect();
    keys.extend(talk.names.iter().chain(&talk.handles).map(|who| format!("w {who}")));
    // Every run of six characters: titles are cut, reworded and mistyped.
    keys.extend(title.windows(6).map(|run| format!("t {}", run.iter().collect::<String>())));
    if !title.is_empty() {
        keys.insert(format!("= {}", talk.title));
    }
    keys
}

/// How sure two talks are one, up to 1000; none where they are two.
fn likeness(a: &Features, b: &Features) -> Option<u32> {
    let deck = !a.decks.is_disjoint(&b.decks);
    let who = !a.names.is_disjoint(&b.names)
        || !a.handles.is_disjoint(&b.handles)
        || !a.names.is_disjoint(&b.handles)
        || !a.handles.is_disjoint(&b.names);
    let has_speaker = |talk: &Features| !talk.names.is_empty() || !talk.handles.is_empty();
    let strangers = !who && has_speaker(a) && has_speaker(b);
    let titles = same_title(&a.title, &b.title);
    if a.at.0 == b.at.0 {
        // One part tells a talk twice only with the same title and nothing against it.
        return (titles == Some(1000) && !strangers && a.title.chars().count() >= 8).then_some(1000);
    }
    match (titles, deck, who) {
        (Some(score), true, _) => Some(score.max(950)),
        (Some(score), false, true) => Some(score.min(980)),
        (Some(1000), false, false) if !strangers => Some(940),
        (Some(score), false, false) if !strangers && score >= 880 => Some(score.min(930)),
        (Some(1000), false, false) if a.title.chars().count() >= 12 && a.kind == b.kind => Some(700),
        (None, true, _) if !strangers => Some(900),
        (None, false, true) if a.only && b.only && fits(a, b) => Some(800),
        _ => None,
    }
}

/// Whether a speaker's only talk here and there may be one under two titles.
fn fits(a: &Features, b: &Features) -> bool {
    let both = [a.kind, b.kind];
    a.kind == b.kind || both.contains(&TalkKind::Talk) && !both.contains(&TalkKind::Lightning) || a.title.is_empty() || b.title.is_empty()
}

/// How alike two titles are, 1000 for the same; none where they are not.
fn same_title(a: &str, b: &str) -> Option<u32> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return None;
    }
    if short == long {
        return Some(1000);
    }
    let characters = short.chars().count();
    if characters >= 10 && (long.starts_with(short) || long.ends_with(short)) {
        return Some(900);
    }
    let likeness = strsim::normalized_levenshtein(cut(short), cut(long));
    // Percent, so that the score is the same number on every machine.
    let score = (likeness * 1000.0) as u32;
    (characters >= 6 && score >= 800).then_some(score.min(990))
}

/// Titles are compared by their first 200 characters.
fn cut(title: &str) -> &str {
    title.char_indices().nth(200).map_or(title, |(end, _)| title.get(..end).unwrap_or(title))
}

/// At most one talk of a part in a group, unless a part tells it twice under one title.
fn joinable(talks: &[Features], a: &[usize], b: &[usize]) -> bool {
    let parts: BTreeMap<usize, &str> = a.iter().map(|&i| (talks[i].at.0, talks[i].title.as_str())).collect();
    b.iter().all(|&i| parts.get(&talks[i].at.0).is_none_or(|title| *title == talks[i].title && !title.is_empty()))
}
