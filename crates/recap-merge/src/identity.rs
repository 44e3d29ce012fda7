//! Which recaps tell of one event.
//!
//! Every part gets a profile. Keys that two tellings of one event are likely to share put profiles into buckets, only
//! profiles of one bucket are compared, and what is the same is joined, the surest pairs first, as long as nothing in the
//! two groups contradicts. So the cost is near-linear, and the result depends on the set of parts alone.

mod blocks;
mod compare;
mod few;
mod groups;
mod label;
mod lexicon;
mod material;
mod profile;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use recap_model::Recap;

use crate::decisions::{EventDecision, Likeness};
use compare::Verdict;
use profile::Profile;

/// Parts by event.
#[derive(Debug, Default)]
pub struct Clusters {
    /// Indices of the parts of each event, in order; the groups by their first part.
    pub groups: Vec<Vec<usize>>,
    /// Pairs of parts that may tell of one event, and why that is not sure.
    pub doubtful: Vec<(usize, usize, String)>,
}

/// Most pairs that are handed on for review of each part.
const MOST_DOUBTS: usize = 3;

/// What parts are compared by, in their order.
#[derive(Default)]
pub struct Profiles {
    profiles: Vec<Profile>,
    /// The hashes of their keys, each with its part.
    keys: Vec<(u64, u32)>,
}

impl Profiles {
    /// Adds a part.
    pub fn add(&mut self, part: &Recap) {
        let (profile, keys) = Profile::of(part);
        let number = u32::try_from(self.profiles.len()).unwrap_or(u32::MAX);
        self.keys.extend(keys.iter().map(|key| (few::mark(key), number)));
        self.profiles.push(profile);
    }

    /// Puts them into another order: where each part goes. Of those that go to one place one stays.
    pub fn order(&mut self, places: &[usize]) {
        let place = |part: usize| u32::try_from(places[part]).unwrap_or(u32::MAX);
        self.profiles.iter_mut().enumerate().for_each(|(part, profile)| profile.place = place(part));
        self.profiles.sort_unstable_by_key(|profile| profile.place);
        self.profiles.dedup_by_key(|profile| profile.place);
        self.keys.iter_mut().for_each(|(_, part)| *part = place(*part as usize));
    }
}

/// Finds the events of parts, by whose index people decided about pairs.
pub fn clusters(parts: Profiles, decided: &[(usize, usize, Likeness)]) -> Clusters {
    let Profiles { profiles, keys } = parts;
    let mut same = Vec::new();
    let mut tagged = BTreeMap::<usize, Vec<usize>>::new();
    let mut doubtful = Vec::new();
    blocks::pairs(keys, |a, b| match compare::compare(&profiles[a], &profiles[b]) {
        Verdict::Same(score) => same.push((1000 - score, a, b)),
        Verdict::Tagged => {
            let (post, event) = if profiles[a].is_post { (a, b) } else { (b, a) };
            tagged.entry(post).or_default().push(event);
        }
        Verdict::Doubtful(reason) => doubtful.push((a, b, reason)),
        Verdict::Other => {}
    });
    same.sort_unstable();
    let mut groups = groups::Groups::new(&profiles);
    let (one, two): (Vec<_>, Vec<_>) = decided.iter().partition(|(.., likeness)| *likeness == Likeness::Same);
    two.iter().for_each(|(a, b, _)| groups.keep_apart(*a, *b));
    one.iter().for_each(|(a, b, _)| groups.join_decided(*a, *b));
    doubtful.retain(|(a, b, _)| !two.iter().any(|(x, y, _)| (x, y) == (a, b) || (y, x) == (a, b)));
    for (_, a, b) in &same {
        groups.join(*a, *b);
    }
    for (post, events) in tagged {
        join_posts(&mut groups, post, &events, &mut doubtful);
    }
    let doubtful = waiting(&groups, doubtful);
    Clusters { groups: groups.finish(), doubtful }
}

/// What people decided about pairs of sources that are there; the sources' keys, each with its part.
pub fn decided_pairs<'s>(sources: impl Iterator<Item = (Cow<'s, str>, usize)>, decided: &[EventDecision]) -> Vec<(usize, usize, Likeness)> {
    if decided.is_empty() {
        return Vec::new();
    }
    let mut index = BTreeMap::new();
    sources.for_each(|(source, part)| _ = index.entry(source).or_insert(part));
    decided.iter().filter_map(|d| Some((*index.get(d.a.as_str())?, *index.get(d.b.as_str())?, d.decision))).collect()
}

/// Keys of which two recaps of one event are likely to share one. What shares none is never merged, so a store can ask it
/// for the recaps that a new one must be merged with.
pub fn keys(recap: &Recap) -> Vec<String> {
    let parts: Vec<&Recap> = if recap.parts.is_empty() { vec![recap] } else { recap.parts.iter().collect() };
    let all: BTreeSet<String> = parts.into_iter().flat_map(|part| Profile::of(part).1).collect();
    all.into_iter().collect()
}

/// Joins posts to the event with their hashtag; where two events have it, that is for people to say.
fn join_posts(groups: &mut groups::Groups, post: usize, events: &[usize], doubtful: &mut Vec<(usize, usize, String)>) {
    let all: BTreeSet<usize> = events.iter().map(|&event| groups.of(event)).collect();
    if all.len() == 1 {
        events.iter().take(1).for_each(|&event| groups.join(post, event));
    } else {
        let pair = |&event: &usize| (post.min(event), post.max(event), "several events have the hashtag of these posts".to_owned());
        doubtful.extend(events.iter().map(pair));
    }
}

/// Doubtful pairs of groups that stayed apart, once for two groups, a few for each part.
fn waiting(groups: &groups::Groups, mut pairs: Vec<(usize, usize, String)>) -> Vec<(usize, usize, String)> {
    pairs.sort();
    let mut seen = BTreeSet::new();
    let mut told = BTreeMap::<usize, usize>::new();
    pairs.retain(|(a, b, _)| {
        let (x, y) = (groups.of(*a), groups.of(*b));
        let count = told.entry(*a).or_default();
        let wanted = x != y && *count < MOST_DOUBTS && seen.insert((x.min(y), x.max(y)));
        *count += usize::from(wanted);
        wanted
    });
    pairs
}
