//! Every rule is hit by at least one fixture: a rule that no document of ours exercises is a guess.

use std::collections::BTreeSet;

use recap_extract::Extraction;
use recap_rules::Rules;

use crate::support::{extract_file_by, fixtures, root};

/// A rule is hit when it finds something in a fixture, or gives a value there. A rule that keeps values out (`休憩` is no talk)
/// gives none, but it finds something.
#[test]
fn every_rule_is_hit_by_a_fixture() {
    let mut rules = Rules::default();
    for (name, text) in Rules::builtin_packs() {
        rules.add(name, text).expect("a built-in pack is sound");
    }
    let said: BTreeSet<String> =
        fixtures().iter().filter_map(|f| extract_file_by(&root().join(&f.input), &rules)).flat_map(had_a_say).collect();
    let unhit: Vec<&str> =
        rules.all().iter().filter(|rule| !rule.was_hit() && !said.contains(&rule.id)).map(|rule| rule.id.as_str()).collect();
    assert!(unhit.is_empty(), "{} rules are hit by no fixture; write one for each:\n{}", unhit.len(), unhit.join("\n"));
}

/// The rules that fired, and those that a value is by.
fn had_a_say(extraction: Extraction) -> BTreeSet<String> {
    let recap = extraction.recap;
    let places = recap.evidence.into_values().chain(recap.conflicts.into_iter().map(|c| c.evidence)).flatten();
    places.map(|place| place.rule).chain(extraction.fired.into_keys()).collect()
}
