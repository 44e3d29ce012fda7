//! `explain`: values of documents and of recap JSON.

use std::fs;

use super::workplace;
use crate::support::{Run, recap_in};

fn explain(folder: &std::path::Path, arguments: &[&str]) -> Run {
    let all: Vec<&str> = std::iter::once("explain").chain(arguments.iter().copied()).collect();
    recap_in(folder, &all, b"")
}

#[test]
fn a_document_is_extracted_first() {
    let folder = workplace();
    let run = explain(folder.path(), &["report.md", "/event/name"]).exits(0);
    assert!(run.stdout.starts_with("/event/name = \"Tanuki Rust Night #7\""), "{}", run.stdout);
    assert!(run.stdout.contains("⟦Tanuki Rust Night #7⟧"), "{}", run.stdout);
    for label in ["source      src1 (report.md), ", "method      ", "confidence  0.", "rule        "] {
        assert!(run.stdout.contains(label), "{label:?} in {}", run.stdout);
    }
}

#[test]
fn recap_json_is_explained_with_its_source() {
    let folder = workplace();
    let line = recap_in(folder.path(), &["extract", "report.md"], b"").exits(0).stdout;
    fs::write(folder.path().join("recaps.ndjson"), line.repeat(2)).expect("written");
    let several = explain(folder.path(), &["recaps.ndjson", "/event/name"]).exits(2);
    assert!(several.stderr.contains("choose one with --index 0 to 1"), "{}", several.stderr);
    let run = explain(folder.path(), &["recaps.ndjson", "/event/name", "--index", "1"]).exits(0);
    assert!(run.stdout.contains("⟦Tanuki Rust Night #7⟧"), "{}", run.stdout);
    fs::write(folder.path().join("report.md"), "# Another\n").expect("written");
    let changed = explain(folder.path(), &["recaps.ndjson", "/event/name", "--index", "0"]).exits(0);
    assert!(changed.stdout.contains("it has changed since"), "{}", changed.stdout);
}

#[test]
fn an_id_is_told_by_its_name() {
    let folder = workplace();
    let run = explain(folder.path(), &["report.md", "/talks/0/speakers/0"]).exits(0);
    assert!(run.stdout.starts_with("/talks/0/speakers/0 = \"p1\"  (狸山 太郎)"), "{}", run.stdout);
}

#[test]
fn a_pointer_that_leads_nowhere_is_told_what_there_is() {
    let folder = workplace();
    let run = explain(folder.path(), &["report.md", "/event/nmae"]).exits(2);
    assert!(run.stderr.contains("\"/event/nmae\" leads nowhere") && run.stderr.contains("/event has name, series"), "{}", run.stderr);
}

#[test]
fn json_holds_the_same() {
    let folder = workplace();
    let answer = explain(folder.path(), &["report.md", "/event/name", "--json"]).exits(0).json();
    assert_eq!(answer["value"], "Tanuki Rust Night #7");
    assert_eq!(answer["evidence"][0]["context"]["quote"], "Tanuki Rust Night #7");
    assert!(answer["rivals"].is_array());
}
