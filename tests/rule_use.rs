//! Every rule is hit by at least one fixture.
//!
//! `unhit-rules.txt` lists those that are not yet: it may only shrink. A rule that is neither hit nor listed fails,
//! and so does a listed one that is hit or gone.

use std::collections::BTreeSet;
use std::fs;

use recap_rules::Rules;

use crate::support::{extract_file, fixtures, root};

fn listed() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("tests/unhit-rules.txt")).expect("tests/unhit-rules.txt is there");
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn every_rule_is_hit_by_a_fixture() {
    let hit: BTreeSet<String> =
        fixtures().iter().filter_map(|f| extract_file(&root().join(&f.input))).flat_map(|e| e.fired.into_keys()).collect();
    let rules: BTreeSet<String> = Rules::builtin().all().iter().map(|rule| rule.id.clone()).collect();
    let listed = listed();
    let unhit: BTreeSet<String> = rules.difference(&hit).cloned().collect();
    let new: Vec<&String> = unhit.difference(&listed).collect();
    let old: Vec<&String> = listed.difference(&unhit).collect();
    assert!(new.is_empty(), "{} rules are hit by no fixture; write one for each:\n{}", new.len(), lines(&new));
    assert!(old.is_empty(), "{} rules are hit or gone; take them out of tests/unhit-rules.txt:\n{}", old.len(), lines(&old));
}

fn lines(ids: &[&String]) -> String {
    ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("\n")
}
