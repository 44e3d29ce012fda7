//! People of the parts joined: one person per person, inside of one event.

mod join;

use recap_model::{Person, Recap, Role};
use recap_text::names::fold;
use recap_text::urls::resource_key;

use super::ledger::{Claim, Ledger};

pub use join::{Groups, join, name_key};

/// Writes the people.
pub fn write(members: &[&Recap], groups: &Groups, ledger: &mut Ledger<'_>) -> Vec<Person> {
    groups.iter().enumerate().map(|(index, group)| person(members, index, group, ledger)).collect()
}

fn person(members: &[&Recap], index: usize, group: &[(usize, usize)], ledger: &mut Ledger<'_>) -> Person {
    let all: Vec<(usize, usize, &Person)> = group.iter().map(|&(part, i)| (part, i, &members[part].people[i])).collect();
    group.iter().for_each(|(part, i)| ledger.point(*part, &format!("/people/{i}"), &format!("/people/{index}")));
    let at = |field: &str| format!("/people/{index}/{field}");
    let names: Vec<Claim<String>> =
        all.iter().filter_map(|(part, i, p)| Some(Claim::new(p.name.clone()?, *part, format!("/people/{i}/name")))).collect();
    let name = best_name(&names, &all, ledger);
    let aliases = aliases(&all, &names, name.as_ref(), &at("name"), &at("aliases"), ledger);
    let affiliations: Vec<Claim<String>> =
        all.iter().filter_map(|(part, i, p)| Some(Claim::new(p.affiliation.clone()?, *part, format!("/people/{i}/affiliation")))).collect();
    let handles = items(&all, "handles", |p| p.handles.clone());
    let urls = items(&all, "urls", |p| p.urls.clone());
    Person {
        id: format!("p{}", index + 1),
        name,
        aliases,
        handles: ledger.union(&at("handles"), handles, |h| format!("{}:{}", h.platform, h.handle.to_lowercase())),
        affiliation: ledger.choose(&at("affiliation"), &affiliations, |a| fold(a), |_| 1.0),
        urls: ledger.union(&at("urls"), urls, |url| resource_key(url).unwrap_or_else(|| url.clone())),
        roles: roles(&all, index, ledger),
    }
}

fn items<T>(all: &[(usize, usize, &Person)], field: &str, list: impl Fn(&Person) -> Vec<T>) -> Vec<Claim<T>> {
    let of = |(part, i, person): &(usize, usize, &Person)| {
        let claim = |(n, value)| Claim::new(value, *part, format!("/people/{i}/{field}/{n}"));
        list(person).into_iter().enumerate().map(claim).collect::<Vec<_>>()
    };
    all.iter().flat_map(of).collect()
}

/// The name that most parts use; one that is no more than the handle comes last.
fn best_name(names: &[Claim<String>], all: &[(usize, usize, &Person)], ledger: &Ledger<'_>) -> Option<String> {
    let handles: Vec<String> = all.iter().flat_map(|(_, _, p)| &p.handles).map(|h| fold(&h.handle)).collect();
    let weight = |value: &str| -> f64 {
        let said: f64 = names.iter().filter(|c| c.value == value).map(|c| ledger.confidence(c)).sum();
        if handles.contains(&fold(value)) { said * 0.01 } else { said }
    };
    let best = names.iter().enumerate().max_by(|(i, a), (j, b)| weight(&a.value).total_cmp(&weight(&b.value)).then(j.cmp(i)));
    best.map(|(_, claim)| claim.value.clone())
}

/// Every other spelling, once.
fn aliases(
    all: &[(usize, usize, &Person)],
    names: &[Claim<String>],
    name: Option<&String>,
    at_name: &str,
    at_aliases: &str,
    ledger: &mut Ledger<'_>,
) -> Vec<String> {
    let told = names.iter().cloned().chain(items(all, "aliases", |p| p.aliases.clone()));
    let (same, other): (Vec<_>, Vec<_>) = told.partition(|claim| Some(&claim.value) == name);
    same.iter().for_each(|claim| ledger.place(claim.part, &claim.pointer, at_name));
    ledger.union(at_aliases, other, Clone::clone)
}

/// All parts somebody had; being mentioned is none beside another.
fn roles(all: &[(usize, usize, &Person)], index: usize, ledger: &mut Ledger<'_>) -> Vec<Role> {
    let mut claims = items(all, "roles", |p| p.roles.clone());
    if claims.iter().any(|c| c.value != Role::Mentioned) {
        let (mentioned, parts): (Vec<_>, Vec<_>) = claims.into_iter().partition(|c| c.value == Role::Mentioned);
        mentioned.iter().for_each(|c| ledger.lose(&format!("/people/{index}/roles"), c, "has a part beside being mentioned"));
        claims = parts;
    }
    claims.sort_by_key(|c| c.value);
    ledger.union(&format!("/people/{index}/roles"), claims, |role| format!("{role:?}"))
}
