//! Recaps of single documents in, one recap per event out.
//!
//! A merged recap is a pure view of its parts, the recaps of single sources, which it carries. Merging takes every input
//! apart, finds which parts tell of one event, and builds each event's recap anew from its parts in a fixed order. So the
//! order of inputs and of merges cannot matter, and merging again changes nothing. No I/O, no clock, no randomness.

mod blank;
mod combine;
mod decisions;
mod directory;
mod doubt;
mod edit;
mod identity;
mod ids;
mod lookups;
mod outline;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use recap_model::Recap;
use serde::{Deserialize, Serialize};

pub use decisions::{
    Action, DecisionError, Decisions, EventDecision, Likeness, OVERRIDES, Override, PEOPLE, PeopleDecision, PeopleDecisions, REVIEW,
    SUPPRESS, Suppress, Suppressed, apply_overrides, apply_suppress, named_in, overrides_file, resolve, stable_key,
};
pub use directory::{Account, Appearance, Directory, Entry, directory};
pub use doubt::doubtful;
pub use identity::keys;
use identity::{Profiles, decided_pairs};
pub use ids::{is_id, known_ids, source_key};
pub use lookups::{Told, complete};
pub use outline::{Named, Outlines};

/// What merging gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// One recap per event, by id.
    pub recaps: Vec<Recap>,
    /// Old id -> the id that the event has now.
    pub redirects: BTreeMap<String, String>,
    /// What a person should look at, in a fixed order.
    pub reviews: Vec<Review>,
}

/// Something doubtful that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Review {
    /// Two sources that may tell of one event; they were not merged.
    Pair {
        /// Id of the recap with the one.
        a: String,
        /// Id of the recap with the other.
        b: String,
        /// The sources ([`source_key`]), for a decision about them.
        sources: (String, String),
        /// What speaks for it and against it.
        reason: String,
    },
    /// A value that no rule is sure of, or that sources contradict.
    Value {
        /// Id of the event.
        event: String,
        /// Its key, as corrections name it.
        key: String,
        /// The value, as JSON.
        value: String,
        /// What other sources say, as JSON.
        rivals: Vec<String>,
        /// Where it comes from.
        quotes: Vec<String>,
        /// Why it is doubtful.
        reason: String,
    },
    /// A correction that does not fit any more; it was not applied.
    Stale {
        /// Id of the event.
        event: String,
        /// The correction's key.
        key: String,
        /// Why.
        reason: String,
    },
}

impl Review {
    /// A short name that stays the same as long as the doubt does.
    pub fn id(&self) -> String {
        let key = match self {
            Self::Pair { sources: (a, b), .. } => format!("pair {a} {b}"),
            Self::Value { event, key, value, .. } => format!("value {event} {key} {value}"),
            Self::Stale { event, key, .. } => format!("stale {event} {key}"),
        };
        format!("{:08x}", ids::fnv(key.as_bytes()) & 0xffff_ffff)
    }
}

/// Merges recaps: of single documents, merged ones, or both. Everything in the result depends on the set of their parts
/// and the decisions alone.
pub fn merge(recaps: Vec<Recap>, decisions: &Decisions) -> Merged {
    let mut parts = parts::all(recaps);
    parts.iter_mut().for_each(|part| apply_suppress(part, &decisions.suppress));
    let clusters = clusters(&parts, decisions);
    let keys = |&(a, b, _): &(usize, usize, String)| [a, b].map(|part| parts[part].sources.first().map(source_key).unwrap_or_default());
    let keys: Vec<[String; 2]> = clusters.doubtful.iter().map(keys).collect();
    let mut recaps: Vec<Recap> = clusters.groups.iter().map(|group| members(&mut parts, group, decisions)).collect();
    let redirects = ids::assign(&mut recaps, decisions);
    let mut reviews = pairs(&clusters, keys, &recaps);
    for recap in &mut recaps {
        reviews.extend(correct(recap, decisions));
    }
    reviews.sort();
    recaps.sort_by(|a, b| a.id.cmp(&b.id));
    Merged { recaps, redirects, reviews }
}

fn clusters(parts: &[Recap], decisions: &Decisions) -> identity::Clusters {
    if parts.len() < 2 {
        return identity::Clusters { groups: parts.iter().map(|_| vec![0]).collect(), doubtful: Vec::new() };
    }
    let mut profiles = Profiles::default();
    parts.iter().for_each(|part| profiles.add(part));
    let sources = parts.iter().enumerate().flat_map(|(i, part)| part.sources.iter().map(move |s| (source_key(s).into(), i)));
    identity::clusters(profiles, &decided_pairs(sources, &decisions.events))
}

/// The recap of a group; a lone part is it.
fn members(parts: &mut [Recap], group: &[usize], decisions: &Decisions) -> Recap {
    if let [lone] = group {
        return std::mem::take(&mut parts[*lone]);
    }
    let members: Vec<&Recap> = group.iter().map(|&i| &parts[i]).collect();
    combine::combine(&members, &decisions.people)
}

/// Pairs that wait; `keys` are those of their sources.
fn pairs(clusters: &identity::Clusters, keys: Vec<[String; 2]>, recaps: &[Recap]) -> Vec<Review> {
    let mut home = BTreeMap::new();
    for (group, members) in clusters.groups.iter().enumerate() {
        home.extend(members.iter().map(|&part| (part, group)));
    }
    let pair = |((a, b, reason), [x, y]): (&(usize, usize, String), [String; 2])| Review::Pair {
        a: recaps[home[a]].id.clone(),
        b: recaps[home[b]].id.clone(),
        sources: (x, y),
        reason: reason.clone(),
    };
    clusters.doubtful.iter().zip(keys).map(pair).collect()
}

/// Applies the corrections of an event, under whichever of its ids they were filed.
fn correct(recap: &mut Recap, decisions: &Decisions) -> Vec<Review> {
    let ids: BTreeSet<&String> = recap.redirects.iter().chain([&recap.id]).collect();
    let all: Vec<Override> = ids.into_iter().filter_map(|id| decisions.overrides.get(id)).flatten().cloned().collect();
    if all.is_empty() {
        return Vec::new();
    }
    if recap.parts.is_empty() {
        let came = recap.clone();
        parts::remember(recap, &[&came]);
    }
    apply_overrides(recap, &all)
}
