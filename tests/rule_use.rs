//! Every rule is hit by at least one fixture.
//!
//! `unhit-rules.txt` lists those that are not yet: it may only shrink. A rule that is neither hit nor listed fails,
//! and so does a listed one that is hit or gone. `just shrink-unhit` takes out the latter.

use std::collections::BTreeSet;
use std::fs;

use recap_extract::Extraction;
use recap_rules::Rules;

use crate::support::{extract_file_by, fixtures, root};

fn listed() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("tests/unhit-rules.txt")).expect("tests/unhit-rules.txt is there");
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn every_rule_is_hit_by_a_fixture() {
    let unhit = unhit();
    let listed = listed();
    if std::env::var_os("RECAP_SHRINK").is_some() {
        return shrink(listed.intersection(&unhit));
    }
    let new: Vec<&String> = unhit.difference(&listed).collect();
    let old: Vec<&String> = listed.difference(&unhit).collect();
    assert!(new.is_empty(), "{} rules are hit by no fixture; write one for each:\n{}", new.len(), lines(&new));
    assert!(old.is_empty(), "{} rules are hit or gone; take them out of tests/unhit-rules.txt:\n{}", old.len(), lines(&old));
}

/// The rules that find nothing in any fixture and give no value there. A rule that keeps values out (`休憩` is no talk) gives
/// none, but it finds something.
fn unhit() -> BTreeSet<String> {
    let mut rules = Rules::default();
    for (name, text) in Rules::builtin_packs() {
        rules.add(name, text).expect("a built-in pack is sound");
    }
    let said: BTreeSet<String> =
        fixtures().iter().filter_map(|f| extract_file_by(&root().join(&f.input), &rules)).flat_map(had_a_say).collect();
    rules.all().iter().filter(|rule| !rule.was_hit() && !said.contains(&rule.id)).map(|rule| rule.id.clone()).collect()
}

/// The rules that fired, and those that a value is by.
fn had_a_say(extraction: Extraction) -> BTreeSet<String> {
    let recap = extraction.recap;
    let places = recap.evidence.into_values().chain(recap.conflicts.into_iter().map(|c| c.evidence)).flatten();
    places.map(|place| place.rule).chain(extraction.fired.into_keys()).collect()
}

/// Takes out what is hit by now.
fn shrink<'l>(left: impl Iterator<Item = &'l String>) {
    let text: String = left.map(|id| format!("{id}\n")).collect();
    let head = "# Rules that no fixture hits yet. This list may only shrink: `just shrink-unhit` takes out what is hit.\n";
    fs::write(root().join("tests/unhit-rules.txt"), head.to_owned() + &text).expect("tests/unhit-rules.txt is written");
}

fn lines(ids: &[&String]) -> String {
    ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("\n")
}
