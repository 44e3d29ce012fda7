//! `--help`, `schema`, `completions`, `man`; the examples of the help texts run.

use std::fs;
use std::process::Command;

use super::{REPORT, workplace};
use crate::support::{RECAP, recap, recap_in, root};

const COMMANDS: &[&str] = &[
    "extract",
    "text",
    "posts",
    "entities",
    "inspect",
    "explain",
    "validate",
    "check",
    "import",
    "refresh",
    "reparse",
    "run",
    "list",
    "show",
    "search",
    "stats",
    "site",
    "status",
    "diff",
    "prune",
    "schema",
    "completions",
    "man",
];

/// Those whose examples need a workspace with recaps of their own, or do not end: `merge.rs`, `export.rs` and `reading/` run them.
const OVER_RECAPS: &[&str] = &["merge", "people", "review", "override", "suppress", "purge", "export", "serve"];

/// The lines under "Examples:" of a help text.
fn examples(help: &str) -> Vec<String> {
    let (_, rest) = help.split_once("Examples:\n").expect("the help has examples");
    rest.lines().take_while(|line| line.starts_with("  ")).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn every_command_has_a_help_with_examples() {
    let top = recap(&["--help"]).exits(0).stdout;
    for command in COMMANDS.iter().chain(OVER_RECAPS) {
        assert!(top.contains(&format!("\n  {command} ")), "{command} in {top}");
        assert!(!examples(&recap(&[command, "--help"]).exits(0).stdout).is_empty(), "{command}");
    }
}

#[test]
fn the_examples_run() {
    let folder = workplace();
    let path = folder.path();
    fs::create_dir(path.join("blog")).expect("made");
    for name in ["blog/a.md", "blog/b.md"] {
        fs::write(path.join(name), REPORT).expect("written");
    }
    fs::write(path.join("page.html"), "<!DOCTYPE html><title>Night</title><h1>Tanuki Rust Night #8</h1><p>2021年5月1日に開催</p>")
        .expect("written");
    fs::write(path.join("mysite.toml"), "[[rule]]\nid = \"my/x\"\nuse = \"break\"\nwords = [\"もぐもぐ\"]\ngood = [\"もぐもぐ\"]\n")
        .expect("written");
    fs::write(path.join("texts.jsonl"), "{\"id\": 1, \"text\": \"@a\"}\n").expect("written");
    fs::write(path.join("list.txt"), "# evenings\nreport.md\n").expect("written");
    fs::write(path.join("nightly.toml"), "command = \"refresh\"\n").expect("written");
    let one = recap_in(path, &["extract", "report.md"], b"").exits(0).stdout;
    fs::write(path.join("recap.json"), &one).expect("written");
    fs::write(path.join("recaps.ndjson"), one.repeat(2)).expect("written");
    let tools = std::path::Path::new(RECAP).parent().expect("a folder");
    let search = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap_or_default());
    let helps = COMMANDS.iter().map(|c| recap(&[c, "--help"]).stdout).chain([recap(&["--help"]).stdout]);
    for line in helps.flat_map(|help| examples(&help)) {
        let output = Command::new("sh").args(["-c", &line]).current_dir(path).env("PATH", &search).output().expect("sh runs");
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn wrong_arguments_are_a_usage_error() {
    let no_file = recap(&["extract"]).exits(2);
    assert!(no_file.stderr.contains("<FILE>"), "{}", no_file.stderr);
    recap(&["extract", "--jobs", "0", "x.md"]).exits(2);
    recap(&["frobnicate"]).exits(2);
}

#[test]
fn the_schema_is_json_schema_2020_12() {
    let schema = recap(&["schema"]).exits(0).json();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(schema["properties"]["talks"].is_object());
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = recap(&["completions", shell]).exits(0).stdout;
        assert!(script.contains("extract"), "{shell}");
    }
}

#[test]
fn manual_pages_are_written_into_a_folder() {
    let folder = workplace();
    recap_in(folder.path(), &["man", "pages"], b"").exits(0);
    for command in COMMANDS.iter().chain(OVER_RECAPS) {
        assert!(folder.path().join(format!("pages/recap-{command}.1")).exists(), "{command}");
    }
    assert!(recap(&["man"]).exits(0).stdout.contains(".TH recap 1"));
}

/// The words of a text that begin with `RECAP_`, in order.
fn variables(text: &str) -> std::collections::BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_uppercase() && c != '_').filter(|word| word.starts_with("RECAP_")).collect()
}

#[test]
fn the_table_of_settings_has_every_variable() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let (_, table) = readme.split_once("## Settings").expect("a part about settings");
    let (table, _) = table.split_once("\n## ").expect("and one behind it");
    let commands = ["import", "refresh", "reparse", "run", "prune"];
    let helps: String = commands.iter().map(|command| recap(&[command, "--help"]).exits(0).stdout).collect();
    assert_eq!(variables(table), variables(&helps));
}
