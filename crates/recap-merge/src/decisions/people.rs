//! Same person, different persons.

use serde::{Deserialize, Serialize};

/// People who are one, or who are not. A person is named by an account (`twitter:hana_ex`), or by the event and the name
/// there (`sample-night-3/Hana Example`).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PeopleDecision {
    /// Two or more.
    pub people: Vec<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// All decisions about people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PeopleDecisions {
    /// These are one person.
    pub same: Vec<PeopleDecision>,
    /// No two of these are one person.
    pub different: Vec<PeopleDecision>,
}

impl PeopleDecisions {
    /// Sorts, each decision once.
    pub fn sort(&mut self) {
        for list in [&mut self.same, &mut self.different] {
            list.iter_mut().for_each(|decision| decision.people.sort());
            list.sort();
            list.dedup();
        }
    }

    /// Takes back every decision about exactly these people; tells how many there were.
    pub fn undo(&mut self, people: &[String]) -> usize {
        let mut wanted = people.to_vec();
        wanted.sort();
        let mut gone = 0;
        for list in [&mut self.same, &mut self.different] {
            let before = list.len();
            list.retain(|decision| {
                let mut own = decision.people.clone();
                own.sort();
                own != wanted
            });
            gone += before - list.len();
        }
        gone
    }

    /// Pairs that decisions join.
    pub fn same_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.same.iter().flat_map(|decision| decision.people.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())))
    }

    /// Pairs that decisions keep apart.
    pub fn different_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.different.iter().flat_map(|decision| {
            let all = &decision.people;
            all.iter().enumerate().flat_map(move |(i, a)| all.iter().skip(i + 1).map(move |b| (a.as_str(), b.as_str())))
        })
    }
}
