//! `merge`, `people`, `review`, `override`, `suppress`: several sources of one evening, and what people decide about them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{REPORT, workplace};
use crate::support::{Run, recap_in};

/// The same evening, told by somebody else.
const NOTES: &str = "\
# Tanuki Rust Night ＃7 メモ

2021年4月23日に開催された [Tanuki Rust Night ＃7](https://connpass.com/event/210042/) のメモです。

## 所有権を絵で理解する！

発表者: @tanuyama_t さん

資料: https://speakerdeck.com/tanuyama_t/ownership-in-pictures?slide=4
";

/// The next evening of the series.
const NEXT: &str = "\
# Tanuki Rust Night #8 に参加しました

2021年5月28日(金) に開催された [Tanuki Rust Night #8](https://tanuki-rust.connpass.com/event/213377/) のレポートです。

## 続・所有権を絵で理解する

発表者: 狸山 太郎さん([@tanuyama_t](https://twitter.com/tanuyama_t))
";

fn sources() -> tempfile::TempDir {
    let folder = workplace();
    fs::write(folder.path().join("notes.md"), NOTES).expect("written");
    fs::write(folder.path().join("next.md"), NEXT).expect("written");
    folder
}

fn merged(folder: &Path, files: &[&str]) -> Run {
    recap_in(folder, &[&["merge"][..], files].concat(), b"").exits(0)
}

/// A workspace in `ws` with the recaps of the three documents; gives their ids.
fn workspace(folder: &Path) -> Vec<String> {
    let recaps = merged(folder, &["report.md", "notes.md", "next.md"]).ndjson();
    fs::create_dir_all(folder.join("ws/recaps/2021")).expect("made");
    let store = |recap: &Value| {
        let id = recap["id"].as_str().expect("an id").to_owned();
        fs::write(folder.join(format!("ws/recaps/2021/{id}.json")), recap.to_string()).expect("written");
        id
    };
    recaps.iter().map(store).collect()
}

fn in_workspace(folder: &Path, arguments: &[&str]) -> Run {
    let (command, rest) = arguments.split_first().expect("a command");
    recap_in(folder, &[&[*command, "--workspace", "ws"][..], rest].concat(), b"")
}

#[test]
fn sources_of_one_evening_are_one_recap_in_any_order() {
    let folder = sources();
    let run = merged(folder.path(), &["report.md", "notes.md", "next.md"]);
    let recaps = run.ndjson();
    assert_eq!(recaps.len(), 2, "{}", run.stdout);
    let paths: Vec<&Value> = recaps[0]["sources"].as_array().expect("sources").iter().map(|s| &s["path"]).collect();
    assert_eq!(paths, ["notes.md", "report.md"]);
    assert_eq!(merged(folder.path(), &["next.md", "notes.md", "report.md"]).stdout, run.stdout);
    fs::write(folder.path().join("two.ndjson"), merged(folder.path(), &["notes.md", "next.md"]).stdout).expect("written");
    assert_eq!(merged(folder.path(), &["two.ndjson", "report.md"]).stdout, run.stdout);
    let deck = recaps[0]["talks"].as_array().expect("talks").iter().filter(|t| t["slides"] != serde_json::json!([])).count();
    assert_eq!(deck, 1, "the deck is of one talk: {}", recaps[0]["talks"]);
    fs::write(folder.path().join("all.ndjson"), &run.stdout).expect("written");
    recap_in(folder.path(), &["validate", "--evidence", "all.ndjson"], b"").exits(0);
}

#[test]
fn a_bad_input_does_not_stop_the_merge() {
    let folder = sources();
    fs::write(folder.path().join("bad.json"), "{\"schema_version\": \"1\", \"talks\": 7}").expect("written");
    let run = recap_in(folder.path(), &["merge", "bad.json", "report.md", "gone.md"], b"").exits(3);
    assert_eq!(run.ndjson().len(), 1);
    assert!(run.stderr.contains("bad.json:1: ") && run.stderr.contains("gone.md: no such file"), "{}", run.stderr);
}

#[test]
fn a_correction_is_applied_shown_and_kept() {
    let folder = sources();
    let id = workspace(folder.path()).remove(0);
    let file = format!("ws/recaps/2021/{id}.json");
    in_workspace(folder.path(), &["override", "set", &id, "/event/start", "2021-04-24", "--reason", "the poster says so"]).exits(0);
    let text = fs::read_to_string(folder.path().join(format!("ws/decisions/overrides/{id}.toml"))).expect("a file for git");
    assert!(text.contains("if_was = \"2021-04-23\"") && text.contains("the poster says so"), "{text}");
    let shown = recap_in(folder.path(), &["explain", &file, "/event/start"], b"").exits(0);
    assert!(shown.stdout.contains("2021-04-24") && shown.stdout.contains("override"), "{}", shown.stdout);
    assert!(shown.stdout.contains("2021-04-23"), "the rival is shown: {}", shown.stdout);
    recap_in(folder.path(), &["validate", &file], b"").exits(0);
    // The sources merged again, with the decisions of the workspace.
    let again = recap_in(folder.path(), &["merge", "--workspace", "ws", "report.md", "notes.md"], b"").exits(0).json();
    assert_eq!((&again["id"], &again["event"]["start"]), (&Value::from(id.as_str()), &Value::from("2021-04-24")));
    in_workspace(folder.path(), &["override", "set", &id, "/event/nothing", "x"]).exits(2);
    in_workspace(folder.path(), &["override", "set", &id, "/event/participants", "many"]).exits(2);
}

#[test]
fn people_are_one_across_events_until_somebody_says_otherwise() {
    let folder = sources();
    workspace(folder.path());
    let found = in_workspace(folder.path(), &["people", "search", "tanuyama", "--json"]).exits(0).json();
    assert_eq!(found["key"], "twitter:tanuyama_t");
    assert_eq!(found["events"].as_array().map(Vec::len), Some(2));
    in_workspace(folder.path(), &["people", "same", "twitter:tanuyama_t", "twitter:nobody"]).exits(2);
    in_workspace(folder.path(), &["people", "same", "twitter:tanuyama_t", "twitter:kitsune_dev", "--reason", "a test"]).exits(0);
    let text = fs::read_to_string(folder.path().join("ws/decisions/people.toml")).expect("a file for git");
    assert!(text.contains("[[same]]") && text.contains("a test"), "{text}");
    let contradiction = in_workspace(folder.path(), &["people", "different", "twitter:tanuyama_t", "twitter:kitsune_dev"]).exits(0);
    assert!(contradiction.stderr.contains("said to be the same"), "{}", contradiction.stderr);
    in_workspace(folder.path(), &["people", "undo", "twitter:kitsune_dev", "twitter:tanuyama_t"]).exits(0);
    assert!(!folder.path().join("ws/decisions/people.toml").exists());
    in_workspace(folder.path(), &["people", "undo", "twitter:kitsune_dev", "twitter:tanuyama_t"]).exits(2);
}

#[test]
fn without_a_workspace_nobody_is_listed() {
    let folder = workplace();
    for command in
        [&["people", "list"][..], &["people", "--workspace", "none", "list"], &["people", "list", "--workspace", "none"], &["review"]]
    {
        let run = recap_in(folder.path(), command, b"").exits(2);
        assert!(run.stderr.contains("no recaps") && run.stderr.contains("--workspace"), "{command:?} {}", run.stderr);
    }
}

#[test]
fn what_waits_is_listed_decided_and_gone() {
    let folder = sources();
    let id = workspace(folder.path()).remove(0);
    in_workspace(folder.path(), &["override", "set", &id, "/event/start", "2021-04-24"]).exits(0);
    let path = folder.path().join(format!("ws/decisions/overrides/{id}.toml"));
    let stale = fs::read_to_string(&path).expect("a file").replace("2021-04-23", "2021-04-22");
    fs::write(&path, stale).expect("written");
    let waits = in_workspace(folder.path(), &["review", "--json", "--fail-on-review"]).exits(5).ndjson();
    let item = waits.iter().find(|item| item["kind"] == "stale").expect("the stale correction waits");
    recap_in(folder.path(), &["review", "accept", "--workspace", "ws", item["id"].as_str().expect("an id")], b"").exits(0);
    assert!(!path.exists(), "the correction is taken back");
    recap_in(folder.path(), &["review", "accept", "--workspace", "ws", "00000000"], b"").exits(2);
}

#[test]
fn somebody_is_left_out_of_everything() {
    let folder = sources();
    workspace(folder.path());
    in_workspace(folder.path(), &["suppress", "person", "twitter:kitsune_dev"]).exits(0);
    let texts = fs::read_dir(folder.path().join("ws/recaps/2021"))
        .expect("recaps")
        .map(|e| fs::read_to_string(e.expect("a file").path()).expect("text"));
    assert!(texts.into_iter().all(|text| !text.contains("kitsune_dev")));
    let again = recap_in(folder.path(), &["merge", "--workspace", "ws", "report.md"], b"").exits(0);
    assert!(!again.stdout.contains("kitsune_dev") && REPORT.contains("kitsune_dev"));
}

#[test]
fn a_workspace_that_another_process_changes_is_left_alone() {
    let folder = sources();
    let ids = workspace(folder.path());
    let held = fs::File::create(folder.path().join("ws/recap.lock")).expect("made");
    held.lock().expect("locked");
    for command in [
        &["override", "set", ids[0].as_str(), "/event/name", "Another"][..],
        &["suppress", "person", "twitter:tanuyama_t"],
        &["people", "same", "twitter:tanuyama_t", "github:tanuyama"],
    ] {
        let run = in_workspace(folder.path(), command).exits(2);
        assert!(run.stderr.contains("another recap works on this workspace"), "{}", run.stderr);
    }
    assert!(!folder.path().join("ws/decisions").exists());
    held.unlock().expect("unlocked");
    in_workspace(folder.path(), &["suppress", "person", "twitter:tanuyama_t"]).exits(0);
}
