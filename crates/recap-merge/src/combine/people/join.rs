//! Which persons of different parts are one.

use std::collections::{BTreeMap, BTreeSet};

use recap_model::{Person, Recap};
use recap_text::names::fold;

use crate::blank;
use crate::combine::talks::Groups as Talks;
use crate::decisions::PeopleDecisions;

/// Persons that are one, in the order of the parts, and the ids they have in the merged recap.
pub struct Groups {
    groups: Vec<Vec<(usize, usize)>>,
    /// For each part: id there -> here.
    ids: Vec<BTreeMap<String, String>>,
}

impl Groups {
    /// The groups: index of the part and index of the person in it.
    pub fn iter(&self) -> impl Iterator<Item = &Vec<(usize, usize)>> {
        self.groups.iter()
    }

    /// The id here of somebody in a part.
    pub fn id(&self, part: usize, old: &str) -> Option<&String> {
        self.ids[part].get(old)
    }

    /// The id here; what is no id of a person stays as it is.
    pub fn id_or(&self, part: usize, old: &str) -> String {
        self.id(part, old).cloned().unwrap_or_else(|| old.to_owned())
    }
}

/// A name for comparing: words of Latin names in any order, everything else folded.
pub fn name_key(name: &str) -> String {
    if !name.is_ascii() && !name.chars().all(|c| !c.is_alphabetic() || is_latin(c)) {
        return fold(name);
    }
    let mut words: Vec<String> = name.split(|c: char| c.is_whitespace() || c == ',').map(fold).filter(|w| !w.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Joins the people of all parts: by account, by the whole name, and as the only speaker of one talk where the one part
/// knows a name and the other an account.
pub fn join(members: &[&Recap], talks: &Talks, decided: &PeopleDecisions) -> Groups {
    let people: Vec<(usize, usize, &Person)> =
        members.iter().enumerate().flat_map(|(part, m)| m.people.iter().enumerate().map(move |(i, p)| (part, i, p))).collect();
    let mut union = Union::new(&people);
    union.decide(decided);
    union.by_keys(accounts);
    union.by_keys(|person| person.name.iter().chain(&person.aliases).map(|n| name_key(n)).filter(|n| !n.is_empty()).collect());
    let index: BTreeMap<(usize, &str), usize> = people.iter().enumerate().map(|(n, (part, _, p))| ((*part, p.id.as_str()), n)).collect();
    for group in talks {
        let speakers = |&(part, talk): &(usize, usize)| match members[part].talks[talk].speakers.as_slice() {
            [only] => index.get(&(part, only.as_str())).copied(),
            _ => None,
        };
        let lone: Vec<usize> = group.iter().filter_map(speakers).collect();
        lone.windows(2).for_each(|pair| union.complete(pair[0], pair[1]));
    }
    union.finish(members.len())
}

/// The accounts of a person, `network:id`.
fn accounts(person: &Person) -> BTreeSet<String> {
    blank::accounts(person).map(|h| format!("{}:{}", h.platform, h.handle.to_lowercase())).collect()
}

struct Union<'a> {
    people: &'a [(usize, usize, &'a Person)],
    group_of: Vec<usize>,
    groups: Vec<Vec<usize>>,
    /// Accounts and names that people keep apart.
    apart: Vec<(String, String)>,
}

impl<'a> Union<'a> {
    fn new(people: &'a [(usize, usize, &'a Person)]) -> Self {
        Self { people, group_of: (0..people.len()).collect(), groups: (0..people.len()).map(|i| vec![i]).collect(), apart: Vec::new() }
    }

    /// Heeds what people decided about accounts.
    fn decide(&mut self, decided: &PeopleDecisions) {
        self.apart = decided.different_pairs().map(|(a, b)| (a.to_lowercase(), b.to_lowercase())).collect();
        for (a, b) in decided.same_pairs() {
            let of = |key: &str| {
                (0..self.people.len()).filter(|&i| accounts(self.people[i].2).contains(&key.to_lowercase())).collect::<Vec<_>>()
            };
            let all: Vec<usize> = of(a).into_iter().chain(of(b)).collect();
            all.windows(2).for_each(|pair| self.force(pair[0], pair[1]));
        }
    }

    /// Whether people keep two groups apart.
    fn decided_apart(&self, a: usize, b: usize) -> bool {
        let of = |group: usize| -> BTreeSet<String> { self.groups[group].iter().flat_map(|&i| accounts(self.people[i].2)).collect() };
        !self.apart.is_empty() && {
            let (a, b) = (of(a), of(b));
            self.apart.iter().any(|(x, y)| (a.contains(x) && b.contains(y)) || (a.contains(y) && b.contains(x)))
        }
    }

    /// Joins everybody who shares a key.
    fn by_keys(&mut self, keys: impl Fn(&Person) -> BTreeSet<String>) {
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for (i, (_, _, person)) in self.people.iter().enumerate() {
            for key in keys(person) {
                let other = *first.entry(key).or_insert(i);
                self.unite(other, i);
            }
        }
    }

    /// Joins two lone speakers of one talk: name here and account there, or names in two scripts.
    fn complete(&mut self, a: usize, b: usize) {
        let (x, y) = (self.people[a].2, self.people[b].2);
        let half = |p: &Person, q: &Person| p.name.is_none() && q.handles.is_empty();
        let scripts = |p: &Person| p.name.as_deref().is_some_and(|n| n.chars().all(|c| !c.is_alphabetic() || is_latin(c)));
        let two_scripts =
            x.name.is_some() && y.name.is_some() && scripts(x) != scripts(y) && (x.handles.is_empty() || y.handles.is_empty());
        if half(x, y) || half(y, x) || two_scripts || shortened(x, y) {
            self.unite(a, b);
        }
    }

    /// Joins two groups, unless their accounts on one network differ.
    fn unite(&mut self, a: usize, b: usize) {
        let (into, from) = (self.group_of[a].min(self.group_of[b]), self.group_of[a].max(self.group_of[b]));
        if into != from && !self.contradict(into, from) && !self.decided_apart(into, from) {
            self.move_all(into, from);
        }
    }

    /// Joins two groups because people say so.
    fn force(&mut self, a: usize, b: usize) {
        let (into, from) = (self.group_of[a].min(self.group_of[b]), self.group_of[a].max(self.group_of[b]));
        if into != from && !self.decided_apart(into, from) {
            self.move_all(into, from);
        }
    }

    fn move_all(&mut self, into: usize, from: usize) {
        let moved = std::mem::take(&mut self.groups[from]);
        moved.iter().for_each(|&i| self.group_of[i] = into);
        self.groups[into].extend(moved);
    }

    /// Accounts on one network that have nothing in common: two persons of one name.
    fn contradict(&self, a: usize, b: usize) -> bool {
        let accounts = |group: usize| {
            let mut by_network: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
            for handle in self.groups[group].iter().flat_map(|&i| blank::accounts(self.people[i].2)) {
                by_network.entry(&handle.platform).or_default().insert(handle.handle.to_lowercase());
            }
            by_network
        };
        let (a, b) = (accounts(a), accounts(b));
        a.iter().any(|(network, own)| b.get(network).is_some_and(|other| own.is_disjoint(other)))
    }

    fn finish(self, parts: usize) -> Groups {
        let mut ids = vec![BTreeMap::new(); parts];
        let mut groups = Vec::new();
        for mut group in self.groups.into_iter().filter(|g| !g.is_empty()) {
            group.sort_unstable();
            let id = format!("p{}", groups.len() + 1);
            for &i in &group {
                let (part, _, person) = &self.people[i];
                ids[*part].insert(person.id.clone(), id.clone());
            }
            groups.push(group.iter().map(|&i| (self.people[i].0, self.people[i].1)).collect());
        }
        Groups { groups, ids }
    }
}

/// `Yusuke M.` and `Yusuke Miyazaki`: every word of the one begins a word of the other.
fn shortened(a: &Person, b: &Person) -> bool {
    let (Some(a), Some(b)) = (a.name.as_deref(), b.name.as_deref()) else { return false };
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(fold).filter(|w| !w.is_empty()).collect() };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.concat().len() <= b.concat().len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && short.iter().all(|w| long.iter().any(|l| l.starts_with(w.as_str())))
}
