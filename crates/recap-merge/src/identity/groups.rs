//! Parts joined to events, as long as nothing contradicts.

use std::collections::{BTreeMap, BTreeSet};

use super::label::{Edition, Editions};
use super::profile::Profile;

/// What the parts of a group say. A part that tells of two events may fit both, so they are not taken together: each that
/// differs stands by itself, and none may contradict one of another group.
#[derive(Debug, Default)]
struct Together {
    members: Vec<usize>,
    editions: BTreeSet<Edition>,
    places: BTreeSet<String>,
    pages: BTreeSet<Pages>,
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
pub struct Groups {
    group_of: Vec<usize>,
    groups: Vec<Together>,
    /// Pairs of parts that people keep apart.
    apart: Vec<(usize, usize)>,
}

impl Groups {
    /// Every part by itself.
    pub fn new(profiles: &[Profile]) -> Self {
        let alone = |(i, p): (usize, &Profile)| Together {
            members: vec![i],
            editions: BTreeSet::from([p.edition.clone()]),
            places: p.places.clone(),
            pages: Pages::of(p).into_iter().collect(),
        };
        Self { group_of: (0..profiles.len()).collect(), groups: profiles.iter().enumerate().map(alone).collect(), apart: Vec::new() }
    }

    /// The group of a part.
    pub fn of(&self, part: usize) -> usize {
        self.group_of[part]
    }

    /// Joins the groups of two parts, unless they contradict each other.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.group_of[a], self.group_of[b]);
        if a != b && !contradict(&self.groups[a], &self.groups[b]) && !self.kept_apart(a, b) {
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
        let (into, from) = if self.groups[a].members.len() >= self.groups[b].members.len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.groups[from]);
        moved.members.iter().for_each(|&part| self.group_of[part] = into);
        let group = &mut self.groups[into];
        group.editions.extend(moved.editions);
        group.places.extend(moved.places);
        group.pages.extend(moved.pages);
        group.members.extend(moved.members);
    }

    /// The groups, each in order, by their first part.
    pub fn finish(self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self.groups.into_iter().map(|g| g.members).filter(|m| !m.is_empty()).collect();
        groups.iter_mut().for_each(|group| group.sort_unstable());
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
