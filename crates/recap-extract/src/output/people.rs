//! The roster: every mention joined to a person, ids in the order of first mention.

use std::cmp::Reverse;

use recap_model::{Person, Role};

use super::Parts;
use super::evidence::Ledger;
use crate::finding::Mention;
use crate::people::{PersonDraft, Registry, proof_of};

/// The persons of the recap and how mentions find them.
pub struct Roster {
    registry: Registry,
    /// Rank in the output of each person of the registry; none for those who are left out.
    rank: Vec<Option<usize>>,
    order: Vec<usize>,
}

impl Roster {
    /// Joins all mentions: those with name and handle first, then full names, so that a bare name or handle finds its person.
    /// A display name in a post is the last choice for a name.
    pub fn new(parts: &Parts) -> Self {
        let mut mentions: Vec<&Mention> =
            parts.talks.iter().flat_map(|t| &t.speakers).chain(&parts.event.organizers).chain(&parts.people).collect();
        mentions.retain(|m| m.is_somebody());
        let length = |m: &Mention| m.name.as_ref().map_or(0, |n| n.value.chars().count());
        mentions.sort_by_key(|m| {
            let part = m.name.is_none() || m.handles.is_empty();
            (part, m.role == Role::Attendee, m.role == Role::Mentioned, if part { Reverse(length(m)) } else { Reverse(0) }, m.span.start)
        });
        let mut registry = Registry::default();
        for mention in mentions {
            registry.add(mention, proof_of(mention));
        }
        let mut order: Vec<usize> = (0..registry.people.len()).filter(|&i| has_part(&registry.people[i])).collect();
        order.sort_by_key(|&i| (registry.people[i].first, i));
        let mut rank = vec![None; registry.people.len()];
        order.iter().enumerate().for_each(|(rank_of, &i)| rank[i] = Some(rank_of));
        Self { registry, rank, order }
    }

    /// The id of the person whom a mention means.
    pub fn id(&self, mention: &Mention) -> Option<String> {
        let index = self.registry.known(mention)?;
        self.rank[index].map(person_id)
    }

    /// The people of the recap.
    pub fn write(&self, ledger: &mut Ledger<'_>) -> Vec<Person> {
        self.order.iter().enumerate().map(|(rank, &i)| person(rank, &self.registry.people[i], ledger)).collect()
    }
}

fn person_id(rank: usize) -> String {
    format!("p{}", rank + 1)
}

/// People who are only mentioned are left out, unless an account makes them findable.
fn has_part(person: &PersonDraft) -> bool {
    person.roles.iter().any(|(role, _)| *role != Role::Mentioned) || !person.handles.is_empty()
}

fn person(rank: usize, draft: &PersonDraft, ledger: &mut Ledger<'_>) -> Person {
    let base = format!("/people/{rank}");
    let mut roles: Vec<&(Role, _)> = draft.roles.iter().collect();
    if roles.iter().any(|(role, _)| *role != Role::Mentioned) {
        roles.retain(|(role, _)| *role != Role::Mentioned);
    }
    roles.sort_by_key(|(role, _)| *role);
    for (i, (_, proof)) in roles.iter().enumerate() {
        ledger.proofs(format!("{base}/roles/{i}"), std::slice::from_ref(proof));
    }
    Person {
        id: person_id(rank),
        name: ledger.optional(format!("{base}/name"), draft.names.first()),
        aliases: ledger.list(&format!("{base}/aliases"), draft.names.get(1..).unwrap_or_default()),
        handles: ledger.list(&format!("{base}/handles"), &draft.handles),
        affiliation: ledger.optional(format!("{base}/affiliation"), draft.affiliation.as_ref()),
        urls: Vec::new(),
        roles: roles.iter().map(|(role, _)| *role).collect(),
    }
}
