//! `entities`: offsets in code points, JSON Lines.

use serde_json::{Value, json};

use crate::support::{recap_in, root};

fn entities(arguments: &[&str], stdin: &str) -> crate::support::Run {
    let all: Vec<&str> = std::iter::once("entities").chain(arguments.iter().copied()).collect();
    recap_in(root(), &all, stdin.as_bytes())
}

#[test]
fn positions_count_code_points() {
    let text = "😀 2021年4月23日 @tanukiさん ＃勉強会 https://example.com/a。";
    let found = entities(&[], text).exits(0).json();
    assert_eq!(found["mentions"], json!([{"handle": "tanuki", "start": 13, "end": 20}]));
    assert_eq!(found["hashtags"], json!([{"tag": "勉強会", "start": 23, "end": 27}]));
    assert_eq!(found["urls"], json!([{"url": "https://example.com/a", "start": 28, "end": 49}]));
    assert_eq!(found["dates"], json!([{"value": "2021-04-23", "until": null, "precision": "day", "start": 2, "end": 12}]));
}

#[test]
fn a_reference_dates_what_is_relative() {
    let with = entities(&["--ref", "2021-04-24"], "昨日の勉強会").exits(0).json();
    assert_eq!(with["dates"][0]["value"], "2021-04-23");
    let without = entities(&[], "昨日の勉強会").exits(0).json();
    assert_eq!(without["dates"], json!([]));
    let wrong = entities(&["--ref", "soon"], "昨日").exits(2);
    assert!(wrong.stderr.contains("\"soon\" is no date"), "{}", wrong.stderr);
}

#[test]
fn each_line_gives_a_line_with_its_id() {
    let lines = "{\"id\": 7, \"text\": \"昨日 #rust\", \"ref\": \"2021-04-24\", \"lang\": \"ja\"}\n\n{\"id\": \"b\", \"text\": \"\"}\n";
    let answers = entities(&["--jsonl"], lines).exits(0).ndjson();
    let ids: Vec<&Value> = answers.iter().map(|a| &a["id"]).collect();
    assert_eq!(ids, [&json!(7), &json!("b")]);
    assert_eq!(answers[0]["dates"][0]["value"], "2021-04-23");
    assert_eq!(answers[0]["hashtags"][0]["tag"], "rust");
    assert_eq!(answers[1]["mentions"], json!([]));
}

#[test]
fn a_bad_line_is_named_and_the_others_are_done() {
    let run = entities(&["--jsonl"], "{\"id\": 1}\nnot json\n{\"id\": 3, \"text\": \"@a\"}\n").exits(3);
    assert_eq!(run.ndjson().len(), 1);
    assert!(run.stderr.contains("recap: -:1: missing field `text`"), "{}", run.stderr);
    assert!(run.stderr.contains("recap: -:2: "), "{}", run.stderr);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let run = recap_in(root(), &["entities"], b"\xff\xfe\x80");
    assert!(run.exits(3).stderr.contains("not UTF-8"));
}
