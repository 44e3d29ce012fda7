//! Who is who across events.

use recap_model::{Event, Handle};

use super::*;
use crate::decisions::PeopleDecision;

fn recap(id: &str, series: &str, people: &[(&str, &str, &str)]) -> Recap {
    let person = |(i, (name, handle, affiliation)): (usize, &(&str, &str, &str))| Person {
        id: format!("p{}", i + 1),
        name: Some((*name).to_owned()),
        handles: Some(*handle)
            .filter(|h| !h.is_empty())
            .map(|h| Handle { platform: "twitter".to_owned(), handle: h.to_owned() })
            .into_iter()
            .collect(),
        affiliation: Some((*affiliation).to_owned()).filter(|a| !a.is_empty()),
        roles: vec![Role::Speaker],
        ..Person::default()
    };
    let event = Event { series: Some(series.to_owned()), ..Event::default() };
    Recap { id: id.to_owned(), event, people: people.iter().enumerate().map(person).collect(), ..Recap::default() }
}

fn decide(same: &[&[&str]], different: &[&[&str]]) -> PeopleDecisions {
    let list = |all: &[&[&str]]| {
        all.iter().map(|p| PeopleDecision { people: p.iter().map(|&k| k.to_owned()).collect(), reason: String::new() }).collect()
    };
    PeopleDecisions { same: list(same), different: list(different) }
}

fn keys(directory: &Directory) -> Vec<&str> {
    directory.people.iter().map(|p| p.key.as_str()).collect()
}

#[test]
fn a_name_alone_joins_nobody() {
    let recaps = [recap("a", "Alpha", &[("Hana Example", "", "")]), recap("b", "Beta", &[("Hana Example", "", "")])];
    let found = directory(&recaps, &PeopleDecisions::default());
    assert_eq!(keys(&found), ["a/Hana Example", "b/Hana Example"]);
    assert_eq!(found.doubtful, [("a/Hana Example".to_owned(), "b/Hana Example".to_owned())]);
}

#[test]
fn accounts_series_and_affiliations_do() {
    let recaps = [
        recap("a", "Alpha", &[("Hana Example", "hana", "Example Inc")]),
        recap("b", "Beta", &[("Example Hana", "", "example inc")]),
        recap("c", "Alpha", &[("Hana Example", "", "")]),
        recap("d", "Delta", &[("はな", "HANA", "")]),
    ];
    let found = directory(&recaps, &PeopleDecisions::default());
    assert_eq!(keys(&found), ["twitter:hana"]);
    assert_eq!(found.people[0].events.len(), 4);
    assert_eq!(found.people[0].handles[0].seen, ["a", "d"]);
}

#[test]
fn an_account_that_was_never_filled_in_is_nobodys() {
    let recaps = [recap("a", "Alpha", &[("Hana Example", "TODO", "")]), recap("b", "Alpha", &[("Bob Sample", "TODO", "")])];
    let found = directory(&recaps, &PeopleDecisions::default());
    assert_eq!(keys(&found), ["a/Hana Example", "b/Bob Sample"]);
    assert!(found.find(&recaps, "twitter:todo").is_none());
}

#[test]
fn two_accounts_are_two_persons_unless_somebody_says_so() {
    let recaps = [recap("a", "Alpha", &[("Hana Example", "hana", "")]), recap("b", "Alpha", &[("Hana Example", "hana2", "")])];
    assert_eq!(keys(&directory(&recaps, &PeopleDecisions::default())), ["twitter:hana", "twitter:hana2"]);
    let same = decide(&[&["twitter:hana", "twitter:HANA2"], &["twitter:hana2", "twitter:hana"]], &[]);
    assert_eq!(keys(&directory(&recaps, &same)), ["twitter:hana"]);
}

#[test]
fn contradicting_decisions_are_reported() {
    let recaps = [recap("a", "Alpha", &[("A", "a", ""), ("B", "b", ""), ("C", "c", "")])];
    let found = directory(
        &recaps,
        &decide(
            &[&["twitter:a", "twitter:b"], &["twitter:b", "twitter:c"]],
            &[&["twitter:a", "twitter:c"], &["twitter:nobody", "twitter:a"]],
        ),
    );
    assert_eq!(keys(&found).len(), 2);
    assert_eq!(found.problems.len(), 2, "{:?}", found.problems);
}

#[test]
fn different_keeps_people_of_one_series_apart() {
    let recaps = [recap("a", "Alpha", &[("Hana Example", "", "")]), recap("b", "Alpha", &[("Hana Example", "", "")])];
    let apart = decide(&[], &[&["a/Hana Example", "b/hana example"]]);
    assert_eq!(keys(&directory(&recaps, &apart)).len(), 2);
    assert_eq!(directory(&recaps, &apart).problems, Vec::<String>::new());
}
