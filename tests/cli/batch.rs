//! `extract`, `posts` and `text`: many inputs, one of them bad, in order.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use super::{REPORT, workplace};
use crate::support::{RECAP, recap_in};

#[test]
fn one_document_gives_one_line() {
    let folder = workplace();
    let run = recap_in(folder.path(), &["extract", "report.md"], b"").exits(0);
    assert_eq!(run.stdout.lines().count(), 1);
    assert_eq!(run.stderr, "");
    let recap = run.json();
    assert_eq!(recap["schema_version"], "1");
    assert_eq!(recap["sources"][0]["path"], "report.md");
    assert_eq!(recap["sources"][0]["sha256"].as_str().map(str::len), Some(64));
}

#[test]
fn pretty_is_the_same_recap_indented() {
    let folder = workplace();
    let plain = recap_in(folder.path(), &["extract", "report.md"], b"").exits(0);
    let pretty = recap_in(folder.path(), &["extract", "--pretty", "report.md"], b"").exits(0);
    assert!(pretty.stdout.lines().count() > 20);
    assert_eq!(plain.json(), pretty.json());
    let two = recap_in(folder.path(), &["extract", "--pretty", "report.md", "report.md"], b"").exits(2);
    assert!(two.stderr.contains("--pretty is for one document"), "{}", two.stderr);
    assert_eq!(two.stdout, "");
}

#[test]
fn stdin_has_no_path() {
    let folder = workplace();
    let run = recap_in(folder.path(), &["extract", "-"], REPORT.as_bytes()).exits(0);
    assert!(run.json()["sources"][0]["path"].is_null());
}

#[test]
fn a_bad_input_does_not_stop_the_others() {
    let folder = workplace();
    fs::write(folder.path().join("notes.bin"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").expect("written");
    fs::write(folder.path().join("empty.md"), b"").expect("written");
    let run = recap_in(folder.path(), &["extract", "notes.bin", "report.md", "empty.md", "missing.md", "report.md"], b"").exits(3);
    assert_eq!(run.stdout.lines().count(), 2);
    let messages: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert_eq!(messages[0], "recap: notes.bin: the document is binary, not text (PNG image); save the page as HTML or text");
    assert!(messages[1].starts_with("recap: empty.md: the document is empty; "), "{messages:?}");
    assert!(messages[2].starts_with("recap: missing.md: no such file; "), "{messages:?}");
}

#[test]
fn messages_can_be_json() {
    let folder = workplace();
    let run = recap_in(folder.path(), &["extract", "missing.md", "--log-format", "json"], b"").exits(3);
    let message: serde_json::Value = serde_json::from_str(&run.stderr).expect("one JSON object");
    assert_eq!(message["level"], "error");
    assert_eq!(message["input"], "missing.md");
    assert_eq!(message["message"], "no such file");
    assert!(message["hint"].is_string());
}

#[test]
fn what_is_no_write_up_gives_a_line_on_stderr_only() {
    let folder = workplace();
    fs::write(folder.path().join("recipe.md"), "# Pancakes\n\nMix flour, eggs and milk. Let the dough rest for half an hour.\n")
        .expect("written");
    let run = recap_in(folder.path(), &["extract", "recipe.md"], b"").exits(0);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.starts_with("recap: recipe.md: no write-up: "), "{}", run.stderr);
    let quiet = recap_in(folder.path(), &["-q", "extract", "recipe.md"], b"").exits(0);
    assert_eq!(quiet.stderr, "");
    let all = recap_in(folder.path(), &["extract", "--all", "recipe.md"], b"").exits(0);
    assert_eq!(all.stdout.lines().count(), 1);
}

#[test]
fn outputs_keep_the_order_of_the_inputs() {
    let folder = workplace();
    let mut arguments = vec!["extract".to_owned(), "--jobs".to_owned(), "4".to_owned()];
    for i in 0..60 {
        // Of different lengths, so that they end in another order than they begin.
        let name = format!("{i:02}.md");
        fs::write(folder.path().join(&name), format!("{REPORT}\n{}", "本文です。\n\n".repeat((i * 37) % 60))).expect("written");
        arguments.push(name);
    }
    let run = recap_in(folder.path(), &arguments, b"").exits(0);
    let paths: Vec<String> = run.ndjson().iter().map(|r| r["sources"][0]["path"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(paths, arguments[3..]);
}

#[test]
fn a_folder_is_walked_for_documents() {
    let folder = workplace();
    let sub = folder.path().join("blog/2021");
    fs::create_dir_all(&sub).expect("made");
    for name in ["b.md", "a.markdown", "photo.png", ".hidden.md"] {
        fs::write(sub.join(name), REPORT).expect("written");
    }
    fs::write(folder.path().join("blog/z.md"), REPORT).expect("written");
    let run = recap_in(folder.path(), &["extract", "blog"], b"").exits(0);
    let paths: Vec<String> = run.ndjson().iter().map(|r| r["sources"][0]["path"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(paths, ["blog/2021/a.markdown", "blog/2021/b.md", "blog/z.md"]);
    fs::create_dir(folder.path().join("none")).expect("made");
    let none = recap_in(folder.path(), &["extract", "none"], b"").exits(3);
    assert!(none.stderr.starts_with("recap: none: the folder holds no document"), "{}", none.stderr);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = workplace();
    let many = vec!["report.md"; 300];
    let mut command = Command::new(RECAP);
    command.arg("extract").args(&many).current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("recap starts");
    let mut first = [0_u8; 1];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("something is written");
    let output = child.wait_with_output().expect("recap ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn posts_name_their_source() {
    let folder = workplace();
    let page = "<!DOCTYPE html><html><body><article><h1>Meetup</h1><blockquote class=\"twitter-tweet\"><p lang=\"en\">Great talk \
                <a href=\"https://twitter.com/hashtag/tanukirust\">#tanukirust</a></p>&mdash; Usagi (@usagi_dev) \
                <a href=\"https://twitter.com/usagi_dev/status/1385560000000000000\">April 23, 2021</a></blockquote></article></body></html>";
    fs::write(folder.path().join("page.html"), page).expect("written");
    let run = recap_in(folder.path(), &["posts", "report.md", "page.html"], b"").exits(0);
    let posts = run.ndjson();
    assert_eq!(posts.len(), 1, "{}", run.stdout);
    assert_eq!(posts[0]["source"], "page.html");
    assert_eq!(posts[0]["author"]["handle"], "usagi_dev");
    assert_eq!(posts[0]["status"], "embedded");
    assert_eq!(posts[0]["hashtags"][0], "tanukirust");
}

#[test]
fn text_is_what_evidence_counts_in() {
    let folder = workplace();
    let text: Vec<char> = recap_in(folder.path(), &["text", "report.md"], b"").exits(0).stdout.chars().collect();
    let recap = recap_in(folder.path(), &["extract", "report.md"], b"").exits(0).json();
    let evidence = recap["evidence"].as_object().expect("a map");
    let places: Vec<_> =
        evidence.values().flat_map(|v| v.as_array().into_iter().flatten()).filter(|e| e.get("attribute").is_none()).collect();
    assert!(!places.is_empty());
    for place in places {
        let [start, end] = ["start", "end"].map(|key| place[key].as_u64().expect("a number") as usize);
        assert_eq!(text[start..end].iter().collect::<String>(), place["quote"].as_str().expect("a quote"));
    }
}

#[test]
fn text_of_no_document_is_an_error() {
    let folder = workplace();
    let run = recap_in(folder.path(), &["text", "-"], b"   \n").exits(3);
    assert!(run.stderr.starts_with("recap: -: the document is empty"), "{}", run.stderr);
}
