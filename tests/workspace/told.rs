//! What a job tells while it runs and when it is done, and where it goes from there.

use std::fs;

use super::{run, write_up, write_ups};
use crate::site::{Answer, Site};

fn page(kind: &str, text: impl Into<Vec<u8>>) -> Answer {
    Answer::Page(200, vec![("Content-Type", format!("{kind}; charset=utf-8"))], text.into())
}

#[test]
fn messages_and_summary_are_lines_of_json_for_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 3);
    let import = run(path, &["import", "blog", "nowhere.md", "--log-format", "json"]).exits(3);
    let lines: Vec<serde_json::Value> = import.stderr.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(lines.iter().any(|line| line["level"] == "error" && line["input"] == "nowhere.md" && line["hint"].is_string()), "{lines:?}");
    let summary = &lines.last().expect("a summary")["summary"];
    assert_eq!((&summary["sources"], &summary["recaps"]), (&"4 (0 unchanged, 1 failed)".into(), &"3 added, 0 changed, 0 removed".into()));
}

/// A terminal, made by `script` of bsdutils, which every Debian has.
#[test]
fn a_terminal_gets_a_bar_a_stage_and_keeps_the_summary() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 60);
    fs::write(path.join("blog/night-1000.md"), b"\0\x01\x02").expect("written");
    let job = format!("{} import blog nowhere.md --offline --workspace archive", crate::support::RECAP);
    let run = std::process::Command::new("script").args(["-qec", &job, "/dev/null"]).current_dir(path).env("TERM", "xterm").output();
    let drawn = String::from_utf8(run.expect("bsdutils").stdout).expect("UTF-8");
    // Merging may take less time than a bar takes to be drawn.
    for part in ["fetch", "extract", "store", "/s queue ", " eta "] {
        assert!(drawn.contains(part), "no {part:?}");
    }
    // What failed is counted where it failed; a bar ends with its time.
    for (stage, failed) in [("fetch", true), ("extract", true), ("store", false)] {
        let of = |line: &str| line.contains(&format!("{stage} ")) && line.contains("1 failed");
        assert_eq!(drawn.split(" eta ").any(of), failed, "{stage}");
    }
    let (_, summary) = drawn.rsplit_once("sources ").expect("a summary");
    assert!(summary.contains("60 added") && !summary.contains('\u{1b}'), "{summary:?}");
}

#[test]
fn what_failed_can_be_fed_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 1);
    run(path, &["import", "blog", "late.md", "later.md"]).exits(3);
    fs::write(path.join("late.md"), write_up(5)).expect("written");
    fs::write(path.join("later.md"), write_up(6)).expect("written");
    run(path, &["import", "--from", "recap-data/failed.ndjson"]).exits(0);
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), 3);
    assert!(!path.join("recap-data/failed.ndjson").exists());
}

#[test]
fn an_events_page_leads_to_its_write_ups_one_step_deep_and_only_when_asked() {
    let site = Site::serve("127.0.0.1", |asked| {
        let root = format!("http://{}", asked.headers.get("host").cloned().unwrap_or_default());
        let event = format!(
            "{{\"@context\": \"https://schema.org\", \"@type\": \"Event\", \"name\": \"Tanuki Rust Night #3\", \
             \"startDate\": \"2021-04-04T19:00:00+09:00\", \"url\": \"{root}/event\"}}"
        );
        match asked.path.as_str() {
            "/event" => page(
                "text/html",
                format!(
                    "<!DOCTYPE html><html><head><title>Tanuki Rust Night #3</title><script type=\"application/ld+json\">{event}</script></head>\
                     <body><h1>Tanuki Rust Night #3</h1><p>レポート: <a href=\"/blog/3\">ブログ</a></p></body></html>"
                ),
            ),
            "/blog/3" => page("text/markdown", format!("{}\n[前回]({root}/blog/2)\n", write_up(3))),
            _ => Answer::Page(404, Vec::new(), Vec::new()),
        }
    });
    let rule = "[[rule]]\nid = \"mine/article\"\nuse = \"link\"\nhosts = [\"127.0.0.1\"]\nkind = \"article\"\nmatch = '^http://[^/]+/blog/\\d'\n\
                good = [\"http://127.0.0.1/blog/1\"]\nbad = [\"http://127.0.0.1/about\"]\n";
    for (more, articles) in [(&[][..], vec![]), (&["--follow"], vec!["/blog/3"])] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        fs::write(path.join("mine.toml"), rule).expect("written");
        let url = site.url("/event");
        run(path, &[&["import", &url, "--rules", "mine.toml", "--allow-private", "--delay", "0"][..], more].concat()).exits(0);
        let asked: Vec<String> = site.asked().into_iter().map(|a| a.path).filter(|path| path.starts_with("/blog")).collect();
        assert_eq!(asked, articles);
        let recap = run(path, &["list", "--json"]).exits(0).json();
        assert_eq!(recap["sources"], 1 + articles.len());
    }
}
