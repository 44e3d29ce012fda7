//! `check` and `--rules`.

use std::fs;

use super::workplace;
use crate::support::{recap, recap_in};

const GOOD: &str = "[[rule]]\nid = \"mine/deck\"\nuse = \"link\"\nhosts = [\"decks.example.org\"]\nkind = \"slides\"\nmatch = '^https?://[^/]+/d/'\n\
                    good = [\"https://decks.example.org/d/1\"]\nbad = [\"https://decks.example.org/about\"]\n";

fn check(rules: &str) -> crate::support::Run {
    let folder = workplace();
    fs::write(folder.path().join("mine.toml"), rules).expect("written");
    recap_in(folder.path(), &["check", "--rules", "mine.toml"], b"")
}

#[test]
fn the_built_in_rules_pass() {
    let run = recap(&["check"]).exits(0);
    assert!(run.stdout.contains("all examples right"), "{}", run.stdout);
}

#[test]
fn a_good_file_passes() {
    assert_eq!(check(GOOD).exits(0).stdout, "mine.toml: 1 rules, all examples right\n");
}

#[test]
fn a_wrong_example_is_shown() {
    let run = check(&GOOD.replace("org/about", "org/d/9")).exits(2);
    assert!(run.stderr.contains("mine.toml: rule mine/deck: matches a bad example (\"https://decks.example.org/d/9\")"), "{}", run.stderr);
}

#[test]
fn broken_files_are_named_with_the_place() {
    let syntax = check("[[rule]\n").exits(2);
    assert!(syntax.stderr.starts_with("recap: mine.toml: "), "{}", syntax.stderr);
    assert!(syntax.stderr.contains("line 1"), "{}", syntax.stderr);
    let pattern = check(&GOOD.replace("/d/'", "/d/('")).exits(2);
    assert!(pattern.stderr.contains("rule mine/deck"), "{}", pattern.stderr);
    let unknown = check(&GOOD.replace("kind =", "knid =")).exits(2);
    assert!(unknown.stderr.contains("knid"), "{}", unknown.stderr);
}

#[test]
fn a_broken_file_stops_extract_before_anything_is_done() {
    let folder = workplace();
    fs::write(folder.path().join("mine.toml"), "nonsense").expect("written");
    let run = recap_in(folder.path(), &["extract", "--rules", "mine.toml", "report.md"], b"").exits(2);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("recap check --rules mine.toml"), "{}", run.stderr);
    recap_in(folder.path(), &["extract", "--rules", "missing.toml", "report.md"], b"").exits(2);
}
