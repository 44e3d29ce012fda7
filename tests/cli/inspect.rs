//! `inspect`: blocks, rules, gaps.

use std::fs;

use super::{REPORT, workplace};
use crate::support::recap_in;

#[test]
fn blocks_links_and_rules_are_shown() {
    let folder = workplace();
    let run = recap_in(folder.path(), &["inspect", "report.md"], b"").exits(0);
    assert!(run.stdout.starts_with("report.md: markdown, UTF-8; a recap: "), "{}", run.stdout);
    for part in
        ["heading 2  所有権を絵で理解する", "-> event https://tanuki-rust.connpass.com/event/210042/", "RULES THAT FIRED", "connpass/event"]
    {
        assert!(run.stdout.contains(part), "{part:?} in {}", run.stdout);
    }
}

#[test]
fn a_link_to_an_unknown_site_gives_a_draft_that_is_a_rule() {
    let folder = workplace();
    fs::write(folder.path().join("odd.md"), format!("{REPORT}\n[deck](https://decks.example.org/d/42)\n")).expect("written");
    let report = recap_in(folder.path(), &["inspect", "--json", "odd.md"], b"").exits(0).json();
    assert_eq!(report["unknown_links"]["decks.example.org"][0], "https://decks.example.org/d/42");
    let drafts = report["drafts"].as_array().expect("a list");
    let draft = drafts.iter().filter_map(|d| d.as_str()).find(|d| d.contains("decks.example.org")).expect("a draft for the host");
    // Filled in as it asks for, the draft is a rule that passes its check and knows the link.
    let rule = draft.replace("PATTERN", "d/").replace("mine/NAME", "mine/decks");
    fs::write(folder.path().join("mine.toml"), rule).expect("written");
    recap_in(folder.path(), &["check", "--rules", "mine.toml"], b"").exits(0);
    let recap = recap_in(folder.path(), &["extract", "--rules", "mine.toml", "odd.md"], b"").exits(0).json();
    let link = recap["links"].as_array().into_iter().flatten().find(|l| l["url"] == "https://decks.example.org/d/42");
    assert_eq!(link.map(|l| &l["kind"]), Some(&"slides".into()));
}

#[test]
fn positions_are_those_of_the_document_text() {
    let folder = workplace();
    let text: Vec<char> = recap_in(folder.path(), &["text", "report.md"], b"").exits(0).stdout.chars().collect();
    let report = recap_in(folder.path(), &["inspect", "--json", "report.md"], b"").exits(0).json();
    let blocks = report["blocks"].as_array().expect("a list");
    let heading = blocks.iter().find(|b| b["text"] == "所有権を絵で理解する").expect("the heading");
    let [start, end] = ["start", "end"].map(|key| heading[key].as_u64().expect("a number") as usize);
    assert_eq!(text[start..end].iter().collect::<String>().trim_end(), "所有権を絵で理解する");
}
