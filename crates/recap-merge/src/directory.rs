//! People across events.
//!
//! One person by an account, by a decision, or by a name together with other evidence: an affiliation, a series, somebody
//! they spoke beside. Never by a name alone. Two accounts on one network are two persons unless people say otherwise.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use recap_model::{Person, Recap, Role};
use recap_text::names::fold;
use serde::Serialize;

use crate::blank;
use crate::combine::name_key;
use crate::decisions::PeopleDecisions;

/// Everybody in the recaps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Directory {
    /// By key.
    pub people: Vec<Entry>,
    /// Decisions that contradict each other, and names in decisions that nobody has; a sentence each.
    pub problems: Vec<String>,
    /// People of one name whom nothing else joins: keys of two.
    pub doubtful: Vec<(String, String)>,
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What names them in decisions and commands: an account, else an event and the name there.
    pub key: String,
    /// The name that most events give.
    pub name: Option<String>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Accounts and the events that give them.
    pub handles: Vec<Account>,
    /// As written.
    pub affiliations: Vec<String>,
    /// Where they had a part.
    pub events: Vec<Appearance>,
}

/// An account and where it was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Account {
    /// `twitter`, `github` …
    pub platform: String,
    /// Without `@`, as written.
    pub handle: String,
    /// Ids of events.
    pub seen: Vec<String>,
}

/// A part in an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Appearance {
    /// The event's id.
    pub event: String,
    /// Its first day.
    pub start: Option<String>,
    /// The person's id there.
    pub person: String,
    /// Parts.
    pub roles: Vec<Role>,
    /// Titles of talks given.
    pub talks: Vec<String>,
}

/// Most people of one name that are compared with each other.
const MOST: usize = 200;

/// Somebody in one event.
struct Here<'r> {
    recap: &'r Recap,
    person: &'r Person,
    keys: BTreeSet<String>,
    /// What a name needs beside it: affiliation, series, accounts and names of co-speakers.
    context: BTreeSet<String>,
}

/// Finds everybody in recaps.
pub fn directory(recaps: &[Recap], decisions: &PeopleDecisions) -> Directory {
    let here: Vec<Here<'_>> = recaps.iter().flat_map(|recap| recap.people.iter().map(move |person| Here::new(recap, person))).collect();
    let mut union = Union::new(&here);
    let mut problems = union.decide(decisions);
    union.by_accounts();
    let doubtful = union.by_names();
    problems.sort();
    let mut people: Vec<(Vec<usize>, Entry)> = union.groups().into_iter().map(|g| (g.clone(), entry(&here, &g))).collect();
    people.sort_by(|(_, a), (_, b)| a.key.cmp(&b.key));
    let mut key_of = vec![String::new(); here.len()];
    people.iter().for_each(|(group, entry)| group.iter().for_each(|&i| key_of[i].clone_from(&entry.key)));
    let mut doubtful: Vec<(String, String)> =
        doubtful.into_iter().map(|(a, b)| (key_of[a].clone(), key_of[b].clone())).filter(|(a, b)| a != b).collect();
    doubtful.iter_mut().filter(|(a, b)| a > b).for_each(|pair| std::mem::swap(&mut pair.0, &mut pair.1));
    doubtful.sort();
    doubtful.dedup();
    Directory { people: people.into_iter().map(|(_, entry)| entry).collect(), problems, doubtful }
}

impl Directory {
    /// The person whom a key names: an account, an event and a name.
    pub fn find(&self, recaps: &[Recap], key: &str) -> Option<&Entry> {
        let wanted = normal(key);
        let own = |entry: &&Entry| {
            let accounts = entry
                .handles
                .iter()
                .filter(|h| !blank::is_blank(&h.handle))
                .any(|h| normal(&account_key(&h.platform, &h.handle)) == wanted);
            accounts
                || normal(&entry.key) == wanted
                || entry.events.iter().any(|e| names_in(recaps, &e.event, entry).any(|k| normal(&k) == wanted))
        };
        self.people.iter().find(own)
    }
}

fn names_in<'a>(recaps: &'a [Recap], event: &'a str, entry: &'a Entry) -> impl Iterator<Item = String> + 'a {
    let here = recaps.iter().filter(move |r| r.id == event);
    here.flat_map(move |_| entry.name.iter().chain(&entry.aliases).map(move |name| format!("{event}/{name}")))
}

fn account_key(platform: &str, handle: &str) -> String {
    format!("{platform}:{}", handle.to_lowercase())
}

/// Keys are compared without regard to case and width.
fn normal(key: &str) -> String {
    match key.split_once('/') {
        Some((event, name)) if !event.contains(':') => format!("{event}/{}", name_key(name)),
        _ => key.trim_start_matches('@').to_lowercase(),
    }
}

impl<'r> Here<'r> {
    fn new(recap: &'r Recap, person: &'r Person) -> Self {
        let accounts = blank::accounts(person).map(|h| account_key(&h.platform, &h.handle));
        let names = person.name.iter().chain(&person.aliases).map(|name| normal(&format!("{}/{name}", recap.id)));
        let beside =
            recap.talks.iter().filter(|t| t.speakers.contains(&person.id)).flat_map(|t| &t.speakers).filter(|id| **id != person.id);
        let beside = beside
            .filter_map(|id| recap.people.iter().find(|p| p.id == *id))
            .flat_map(|p| blank::accounts(p).map(|h| account_key(&h.platform, &h.handle)).chain(p.name.as_deref().map(name_key)));
        let context = beside
            .map(|who| format!("beside {who}"))
            .chain(person.affiliation.as_deref().map(|a| format!("at {}", fold(a))))
            .chain(recap.event.series.as_deref().map(|s| format!("in {}", fold(s))))
            .chain([format!("of {}", recap.id)]);
        Self { recap, person, keys: accounts.chain(names).collect(), context: context.collect() }
    }

    fn names(&self) -> BTreeSet<String> {
        self.person.name.iter().chain(&self.person.aliases).map(|name| name_key(name)).filter(|name| !name.is_empty()).collect()
    }

    fn accounts(&self) -> impl Iterator<Item = (String, String)> + '_ {
        blank::accounts(self.person).map(|h| (h.platform.clone(), h.handle.to_lowercase()))
    }
}

struct Union<'h, 'r> {
    here: &'h [Here<'r>],
    group_of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Groups of people that decisions keep apart, by their first members.
    apart: Vec<(Vec<usize>, Vec<usize>)>,
}

impl<'h, 'r> Union<'h, 'r> {
    fn new(here: &'h [Here<'r>]) -> Self {
        Self { here, group_of: (0..here.len()).collect(), members: (0..here.len()).map(|i| vec![i]).collect(), apart: Vec::new() }
    }

    /// Joins whom people say to be one, and notes who is not. A decision that would join people who are kept apart is not
    /// heeded and reported; cycles of `same` do no harm.
    fn decide(&mut self, decisions: &PeopleDecisions) -> Vec<String> {
        let mut index: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, person) in self.here.iter().enumerate() {
            person.keys.iter().for_each(|key| index.entry(key).or_default().push(i));
        }
        let of = |key: &str| index.get(normal(key).as_str()).cloned().unwrap_or_default();
        let mut problems = BTreeSet::new();
        for key in decisions.same.iter().chain(&decisions.different).flat_map(|d| &d.people).filter(|key| of(key).is_empty()) {
            problems.insert(format!("nobody is called {key} in any event"));
        }
        self.apart = decisions.different_pairs().map(|(a, b)| (of(a), of(b))).collect();
        let mut pairs: Vec<(&str, &str)> = decisions.same_pairs().collect();
        pairs.sort_unstable();
        for (a, b) in pairs {
            let all: Vec<usize> = of(a).into_iter().chain(of(b)).collect();
            let joined = all.windows(2).all(|pair| self.unite(pair[0], pair[1]));
            if !joined {
                problems.insert(format!("{a} and {b} are said to be the same, and by another decision different; they stay apart"));
            }
        }
        problems.into_iter().collect()
    }

    fn by_accounts(&mut self) {
        let mut first: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (i, person) in self.here.iter().enumerate() {
            for account in person.accounts() {
                let other = *first.entry(account).or_insert(i);
                self.unite(other, i);
            }
        }
    }

    /// Joins people of one name who have something else in common; those who have not are doubtful.
    fn by_names(&mut self) -> Vec<(usize, usize)> {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, person) in self.here.iter().enumerate() {
            person.names().into_iter().for_each(|name| by_name.entry(name).or_default().push(i));
        }
        let mut doubtful = Vec::new();
        for same in by_name.values() {
            for (n, &a) in same.iter().enumerate() {
                for &b in same.iter().skip(n + 1).take(MOST) {
                    if self.contradict(a, b) {
                        continue;
                    }
                    if self.here[a].context.is_disjoint(&self.here[b].context) {
                        doubtful.push((a, b));
                    } else {
                        self.unite(a, b);
                    }
                }
            }
        }
        doubtful.retain(|(a, b)| self.group_of[*a] != self.group_of[*b]);
        doubtful
    }

    /// Whether two groups have accounts on one network and none in common.
    fn contradict(&self, a: usize, b: usize) -> bool {
        let accounts = |i: usize| -> BTreeMap<String, BTreeSet<String>> {
            let mut by_network: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let all = self.members[self.group_of[i]].iter().flat_map(|&m| self.here[m].accounts());
            all.for_each(|(network, id)| _ = by_network.entry(network).or_default().insert(id));
            by_network
        };
        let (a, b) = (accounts(a), accounts(b));
        a.iter().any(|(network, own)| b.get(network).is_some_and(|other| own.is_disjoint(other)))
    }

    /// Joins two groups; not where a decision keeps them apart, which it tells.
    fn unite(&mut self, a: usize, b: usize) -> bool {
        let (into, from) = (self.group_of[a].min(self.group_of[b]), self.group_of[a].max(self.group_of[b]));
        if into == from {
            return true;
        }
        let groups = |all: &[usize]| all.iter().map(|&i| self.group_of[i]).collect::<BTreeSet<_>>();
        let kept = self.apart.iter().any(|(x, y)| {
            let (x, y) = (groups(x), groups(y));
            (x.contains(&into) && y.contains(&from)) || (x.contains(&from) && y.contains(&into))
        });
        if kept {
            return false;
        }
        let moved = std::mem::take(&mut self.members[from]);
        moved.iter().for_each(|&i| self.group_of[i] = into);
        self.members[into].extend(moved);
        true
    }

    fn groups(self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self.members.into_iter().filter(|g| !g.is_empty()).collect();
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups
    }
}

fn entry(here: &[Here<'_>], group: &[usize]) -> Entry {
    let all: Vec<&Here<'_>> = group.iter().map(|&i| &here[i]).collect();
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    all.iter().flat_map(|h| &h.person.name).for_each(|name| *counts.entry(name).or_default() += 1);
    let name = counts.iter().max_by(|(a, n), (b, m)| n.cmp(m).then(b.cmp(a))).map(|(name, _)| (*name).clone());
    let spellings: BTreeSet<&String> = all.iter().flat_map(|h| h.person.name.iter().chain(&h.person.aliases)).collect();
    let handles = accounts(&all);
    let affiliations: BTreeSet<&String> = all.iter().flat_map(|h| &h.person.affiliation).collect();
    let own = handles.iter().filter(|h| !blank::is_blank(&h.handle)).map(|h| account_key(&h.platform, &h.handle));
    let account = own.min_by_key(|key| (!key.starts_with("twitter:"), key.clone()));
    let by_name = || all.iter().map(|h| format!("{}/{}", h.recap.id, h.person.name.as_deref().unwrap_or_default())).min();
    Entry {
        key: account.or_else(by_name).unwrap_or_default(),
        aliases: spellings.into_iter().filter(|s| Some(*s) != name.as_ref()).cloned().collect(),
        name,
        handles,
        affiliations: affiliations.into_iter().cloned().collect(),
        events: appearances(&all),
    }
}

fn accounts(all: &[&Here<'_>]) -> Vec<Account> {
    let mut by_key: BTreeMap<String, Account> = BTreeMap::new();
    for here in all {
        for handle in &here.person.handles {
            let new = || Account { platform: handle.platform.clone(), handle: handle.handle.clone(), seen: Vec::new() };
            let account = by_key.entry(account_key(&handle.platform, &handle.handle)).or_insert_with(new);
            account.seen.push(here.recap.id.clone());
        }
    }
    by_key
        .into_values()
        .map(|mut account| {
            account.seen.sort();
            account.seen.dedup();
            account
        })
        .collect()
}

fn appearances(all: &[&Here<'_>]) -> Vec<Appearance> {
    let one = |here: &&Here<'_>| {
        let talks = here.recap.talks.iter().filter(|t| t.speakers.contains(&here.person.id)).filter_map(|t| t.title.clone());
        Appearance {
            event: here.recap.id.clone(),
            start: here.recap.event.start.clone(),
            person: here.person.id.clone(),
            roles: here.person.roles.clone(),
            talks: talks.collect(),
        }
    };
    let mut events: Vec<Appearance> = all.iter().map(one).collect();
    events.sort_by(|a, b| (&a.start, &a.event, &a.person).cmp(&(&b.start, &b.event, &b.person)));
    events
}
