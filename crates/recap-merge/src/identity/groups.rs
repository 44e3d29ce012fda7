//! Parts joined to events, as long as nothing contradicts.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::few::Few;
use super::label::{Edition, Editions};
use super::profile::Profile;

/// What the parts of a group say. A part that tells of two events may fit both, so they are not taken together: each that
/// differs stands by itself, and none may contradict one of another group.
#[derive(Debug, Clone)]
struct Together {
    members: Vec<usize>,
    editions: Few<Edition>,
    places: Few<Box<str>>,
    pages: Few<Pages>,
}

impl Together {
    fn alone(part: usize, profile: &Profile) -> Self {
        Self {
            members: vec![part],
            editions: [profile.edition.clone()].into_iter().collect(),
            places: profile.places.clone(),
            pages: Pages::of(profile).into_iter().collect(),
        }
    }
}

/// Pages of platforms that a part names, with its days and what it calls the event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Pages {
    ids: BTreeMap<&'static str, BTreeSet<String>>,
    days: Option<(i64, i64)>,
    names: BTreeSet<String>,
}

impl Pages {
    fn of(profile: &Profile) -> Option<Self> {
        let names = profile.names.iter().map(|name| name.compact.clone()).collect();
        (!profile.pages.is_empty()).then(|| Self { ids: profile.pages.clone(), days: profile.days, names })
    }

    /// Two pages of one platform, unless they are of one name on one day.
    fn contradict(&self, other: &Self) -> bool {
        let mut both = self.ids.iter().filter_map(|(platform, ids)| Some((ids, other.ids.get(platform)?))).peekable();
        let same_day = self.days.zip(other.days).is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1);
        both.peek().is_some() && both.all(|(a, b)| a.is_disjoint(b)) && (!same_day || self.names.is_disjoint(&other.names))
    }
}

/// Groups that grow.
pub struct Groups<'p> {
    profiles: &'p [Profile],
    group_of: Vec<usize>,
    /// Those of several parts; most parts stay alone.
    groups: HashMap<usize, Together>,
    /// Pairs of parts that people keep apart.
    apart: Vec<(usize, usize)>,
}

impl<'p> Groups<'p> {
    /// Every part by itself.
    pub fn new(profiles: &'p [Profile]) -> Self {
        Self { profiles, group_of: (0..profiles.len()).collect(), groups: HashMap::new(), apart: Vec::new() }
    }

    fn get(&self, group: usize) -> Cow<'_, Together> {
        self.groups.get(&group).map_or_else(|| Cow::Owned(Together::alone(group, &self.profiles[group])), Cow::Borrowed)
    }

    fn take(&mut self, group: usize) -> Together {
        self.groups.remove(&group).unwrap_or_else(|| Together::alone(group, &self.profiles[group]))
    }

    /// The group of a part.
    pub fn of(&self, part: usize) -> usize {
        self.group_of[part]
    }

    /// Joins the groups of two parts, unless they contradict each other.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.group_of[a], self.group_of[b]);
        if a != b && !contradict(&self.get(a), &self.get(b)) && !self.kept_apart(a, b) {
            self.unite(a, b);
        }
    }

    /// Joins the groups of two parts because people say so.
    pub fn join_decided(&mut self, a: usize, b: usize) {
        let (a, b) = (self.group_of[a], self.group_of[b]);
        if a != b && !self.kept_apart(a, b) {
            self.unite(a, b);
        }
    }

    /// Two parts never come into one group.
    pub fn keep_apart(&mut self, a: usize, b: usize) {
        self.apart.push((a, b));
    }

    fn kept_apart(&self, a: usize, b: usize) -> bool {
        let groups = |(x, y): &(usize, usize)| (self.group_of[*x], self.group_of[*y]);
        self.apart.iter().map(groups).any(|pair| pair == (a, b) || pair == (b, a))
    }

    fn unite(&mut self, a: usize, b: usize) {
        // The smaller group moves, so that joining many costs little.
        let (a, b) = (self.take(a), self.take(b));
        let (mut group, moved) = if a.members.len() >= b.members.len() { (a, b) } else { (b, a) };
        let into = self.group_of[group.members[0]];
        moved.members.iter().for_each(|&part| self.group_of[part] = into);
        group.editions.extend(moved.editions.iter().cloned());
        group.places.extend(moved.places.iter().cloned());
        group.pages.extend(moved.pages.iter().cloned());
        group.members.extend(moved.members);
        self.groups.insert(into, group);
    }

    /// The groups, each in order, by their first part.
    pub fn finish(mut self) -> Vec<Vec<usize>> {
        let alone = |part: usize, group: usize| part == group && !self.groups.contains_key(&group);
        let lone: Vec<usize> =
            self.group_of.iter().enumerate().filter(|(part, group)| alone(*part, **group)).map(|(part, _)| part).collect();
        let mut groups: Vec<Vec<usize>> = self.groups.drain().map(|(_, group)| group.members).collect();
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.extend(lone.into_iter().map(|part| vec![part]));
        groups.sort_unstable();
        groups
    }
}

/// Another edition, another page or another town.
fn contradict(a: &Together, b: &Together) -> bool {
    a.editions.iter().any(|x| b.editions.iter().any(|y| x.compare(y) == Editions::Different))
        || a.pages.iter().any(|x| b.pages.iter().any(|y| x.contradict(y)))
        || (!a.places.is_empty() && !b.places.is_empty() && a.places.is_disjoint(&b.places))
}
