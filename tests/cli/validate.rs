//! `validate`: form, references, evidence.

use std::fs;

use serde_json::{Value, json};

use super::workplace;
use crate::support::{Run, recap_in};

/// Changes the report's recap and validates it.
fn validate_changed(arguments: &[&str], change: impl FnOnce(&mut Value)) -> Run {
    let folder = workplace();
    let mut recap = recap_in(folder.path(), &["extract", "report.md"], b"").exits(0).json();
    change(&mut recap);
    fs::write(folder.path().join("recap.json"), recap.to_string()).expect("written");
    let all: Vec<&str> = ["validate"].into_iter().chain(arguments.iter().copied()).chain(["recap.json"]).collect();
    recap_in(folder.path(), &all, b"")
}

#[test]
fn an_unchanged_recap_is_valid() {
    let run = validate_changed(&["--evidence"], |_| {}).exits(0);
    assert_eq!(run.stdout, "recap.json: 1 recap valid\n");
    assert_eq!(run.stderr, "");
}

#[test]
fn a_wrong_type_is_named_by_its_path() {
    let run = validate_changed(&[], |r| r["talks"][0]["kind"] = json!("speech")).exits(4);
    assert!(run.stderr.starts_with("recap: recap.json:1: talks[0].kind: unknown variant `speech`"), "{}", run.stderr);
}

#[test]
fn an_id_that_nobody_has_is_a_problem() {
    let run = validate_changed(&[], |r| r["talks"][0]["speakers"][0] = json!("p99")).exits(4);
    assert!(run.stderr.contains("/talks/0/speakers: there is nothing with the id \"p99\""), "{}", run.stderr);
}

#[test]
fn a_value_without_evidence_is_a_problem() {
    let run = validate_changed(&[], |r| r["event"]["theme"] = json!("made up")).exits(4);
    assert!(run.stderr.contains("/event/theme: has no evidence"), "{}", run.stderr);
}

#[test]
fn a_date_must_be_local_iso() {
    let run = validate_changed(&[], |r| r["event"]["start"] = json!("April 23")).exits(4);
    assert!(run.stderr.contains("/event/start: \"April 23\" is no local ISO 8601"), "{}", run.stderr);
}

#[test]
fn a_quote_that_is_not_there_is_found_only_with_evidence() {
    let change = |r: &mut Value| r["evidence"]["/event/name"][0]["quote"] = json!("Neko Night");
    validate_changed(&[], change).exits(0);
    let run = validate_changed(&["--evidence"], change).exits(4);
    assert!(run.stderr.contains("/event/name: the quote \"Neko Night\" does not stand"), "{}", run.stderr);
}

#[test]
fn a_changed_source_is_told() {
    let folder = workplace();
    let recap = recap_in(folder.path(), &["extract", "report.md"], b"").exits(0).stdout;
    fs::write(folder.path().join("report.md"), "# Another\n").expect("written");
    let run = recap_in(folder.path(), &["validate", "--evidence", "-"], recap.as_bytes()).exits(4);
    assert!(run.stderr.contains("the source has changed since"), "{}", run.stderr);
    fs::remove_file(folder.path().join("report.md")).expect("removed");
    let gone = recap_in(folder.path(), &["validate", "--evidence", "-"], recap.as_bytes()).exits(3);
    assert!(gone.stderr.contains("source report.md: no such file"), "{}", gone.stderr);
}

#[test]
fn lines_are_numbered() {
    let folder = workplace();
    let recap = recap_in(folder.path(), &["extract", "report.md"], b"").exits(0).stdout;
    let run = recap_in(folder.path(), &["validate", "-"], format!("{recap}\n{{\"schema_version\": \"1\"}}\n{recap}").as_bytes()).exits(4);
    assert!(run.stderr.starts_with("recap: -:3: missing field"), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1);
}
