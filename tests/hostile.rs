//! Bad input through the program: a message with the input's name, exit 3 where nothing can be read, the others
//! done, never a panic, an abort or a hang.

use std::fs::{self, File};
use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::support::{Run, recap_in};

/// Much more than any of these takes, even in an unoptimised build on a busy machine; quadratic time would take hours.
const PATIENCE: Duration = Duration::from_secs(180);

/// Runs `extract` on a bad document, a good one behind it.
#[track_caller]
fn extract(name: &str, bytes: &[u8]) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    fs::write(folder.path().join("report.md"), crate::cli::REPORT).expect("written");
    let start = Instant::now();
    let run = recap_in(folder.path(), &["extract", "--all", name, "report.md"], b"");
    let took = start.elapsed();
    assert!(took < PATIENCE, "{name} took {took:?}");
    assert!(!run.stderr.contains("internal error"), "{}", run.stderr);
    let last = run.stdout.lines().last().unwrap_or_default();
    assert!(last.contains("\"path\":\"report.md\""), "the other input is not done; exit {}: {}", run.code, run.stderr);
    run
}

/// Refused by name, with a remedy.
#[track_caller]
fn refused(name: &str, bytes: &[u8]) {
    let run = extract(name, bytes).exits(3);
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stderr.starts_with(&format!("recap: {name}: ")) && run.stderr.contains("; "), "{}", run.stderr);
}

/// Read as far as it goes.
#[track_caller]
fn survived(name: &str, bytes: &[u8]) -> Run {
    let run = extract(name, bytes).exits(0);
    assert_eq!(run.stdout.lines().count(), 2);
    run
}

#[test]
fn nothing_in_it() {
    refused("empty.html", b"");
    refused("blank.md", b" \n\t\n \xe3\x80\x80\n");
    refused("bom.txt", b"\xef\xbb\xbf");
}

#[test]
fn no_text() {
    refused("image.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
    refused("paper.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n");
    refused("page.html", b"\x1f\x8b\x08\0\0\0\0\0\0\x03");
    refused("zeros.txt", &[0; 5000]);
}

#[test]
fn broken_data() {
    refused("events.json", b"{\"events\": [");
    extract("deep.json", format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)).as_bytes());
}

#[test]
fn charsets() {
    survived("truncated.md", &crate::cli::REPORT.as_bytes()[..crate::cli::REPORT.find('狸').unwrap_or(0) + 2]);
    survived("unknown.html", b"<!DOCTYPE html><meta charset=x-klingon><h1>Night #1</h1><p>2020-01-02");
    survived("latin.txt", b"Soir\xe9e du 3 avril 2020, caf\xe9 et \xe9changes entre amis d\xe9veloppeurs\n");
}

#[test]
fn deep_nesting_of_tags() {
    let n = 100_000;
    for tag in ["div", "b", "blockquote", "table><tr><td", "ul><li", "font", "a href=x", "svg", "template"] {
        survived("deep.html", format!("<!DOCTYPE html><h1>Night #1</h1>{}text", format!("<{tag}>").repeat(n)).as_bytes());
    }
}

#[test]
fn deep_nesting_of_markdown() {
    let n = 100_000;
    survived("quotes.md", format!("# Night #1\n\n{} text\n", ">".repeat(n)).as_bytes());
    survived("brackets.md", format!("# Night #1\n\n{}text\n", "[".repeat(n)).as_bytes());
    survived("images.md", format!("# Night #1\n\n{}text\n", "![".repeat(n)).as_bytes());
    survived("stars.md", format!("# Night #1\n\n{}text\n", "*a **a ".repeat(n / 4)).as_bytes());
    survived("html.md", format!("# Night #1\n\n{}text\n", "<div>".repeat(n)).as_bytes());
    let lists: String = (0..1500).map(|i| format!("{}- a\n", "  ".repeat(i))).collect();
    survived("lists.md", format!("# Night #1\n\n{lists}").as_bytes());
    survived("ticks.md", format!("# Night #1\n\n{}", (1..1200).map(|i| "`".repeat(i) + " ").collect::<String>()).as_bytes());
}

#[test]
fn many_links() {
    let links: String = (0..50_000).map(|i| format!("<a href=\"https://example.com/{i}\">x</a>\n")).collect();
    survived("links.html", format!("<!DOCTYPE html><h1>Night #1</h1>{links}").as_bytes());
    let bare: String = (0..30_000).map(|i| format!("https://example.com/{i} @user{i} #tag{i}\n")).collect();
    survived("links.txt", format!("Night #1\n\n{bare}").as_bytes());
}

#[test]
fn talks_without_end() {
    let report = |line: &dyn Fn(usize) -> String| format!("# Report of night #1\n\n{}", (0..2_000).map(line).collect::<String>());
    let rows = report(&|i| format!("| 19:{:02} | 題{i} | 森田{i} | [slides](https://speakerdeck.com/morita/{i}) |\n", i % 60));
    let rows = rows.replacen("| 19", "| time | title | speaker | slides |\n|---|---|---|---|\n| 19", 1);
    survived("rows.md", rows.as_bytes());
    survived("headings.md", report(&|i| format!("## 第{i}部「題{i}」 森田{i}さん\n\n- 「話{i}」 川上{i}さん\n\n")).as_bytes());
    survived("items.md", report(&|i| format!("- Mara{i} Lindqvist (@mara{i}): Talk {i} of Ann Bo and Ed Fo\n")).as_bytes());
    survived("quotes.md", report(&|i| format!("> great {i} #tag{i}\n> — Mara{i} (@mara{i}) June 1, 2020\n\n")).as_bytes());
}

#[test]
fn unterminated_everything() {
    let filler = "text ".repeat(20_000);
    for start in ["<!--", "<script>", "<style>", "<title>", "<textarea>", "<a href=\"", "<![CDATA[", "<table><tr><td>", "<p title='"] {
        extract("open.html", format!("<!DOCTYPE html><h1>Night #1</h1>{start}{filler}").as_bytes());
    }
    for start in [
        "---\ntitle: \"",
        "+++\ntitle = \"",
        "```\n",
        "{{< tweet ",
        "{% raw %}",
        "[link](",
        "<div>",
        "| a | b |\n|---|",
        ":::message\n",
        "$$",
    ] {
        extract("open.md", format!("{start}{filler}").as_bytes());
    }
    for start in [".. raw:: html\n\n   <div", ".. list-table::\n   * - ", "Title\n=====\n\n`"] {
        extract("open.rst", format!("{start}{filler}").as_bytes());
    }
}

#[test]
fn front_matter_bombs() {
    let mut laughs = String::from("---\na0: &a0 [lol, lol]\n");
    for i in 1..40 {
        laughs.push_str(&format!("a{i}: &a{i} [*a{0}, *a{0}, *a{0}, *a{0}]\n", i - 1));
    }
    extract("laughs.md", format!("{laughs}title: Night\n---\n\n# Night #1\n").as_bytes());
    extract("deep.md", format!("---\na: {}\n---\n\n# Night #1\n", "[".repeat(100_000)).as_bytes());
    extract("deep-toml.md", format!("+++\na = {}\n+++\n\n# Night #1\n", "[".repeat(100_000)).as_bytes());
    extract("keys.md", format!("---\n{}---\n\n# Night #1\n", (0..50_000).map(|i| format!("k{i}: v\n")).collect::<String>()).as_bytes());
}

#[test]
fn long_lines() {
    survived("line.txt", format!("Night #1 {}", "あ、い。".repeat(100_000)).as_bytes());
    survived("digits.txt", format!("Night #1 {}", "12/3 ".repeat(100_000)).as_bytes());
    survived("names.md", format!("# Night #1\n\n- {}\n", "山田さん、".repeat(50_000)).as_bytes());
    survived("brackets.txt", format!("Night #1 {}", "「『（(".repeat(50_000)).as_bytes());
}

#[test]
fn too_large() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut file = File::create(folder.path().join("huge.md")).expect("made");
    let chunk = "本文です。\n".repeat(1 << 16);
    for _ in 0..=(100 << 20) / chunk.len() {
        file.write_all(chunk.as_bytes()).expect("written");
    }
    fs::write(folder.path().join("report.md"), crate::cli::REPORT).expect("written");
    let run = recap_in(folder.path(), &["extract", "huge.md", "report.md"], b"").exits(3);
    assert!(run.stderr.starts_with("recap: huge.md: the document has more than 67108864 bytes; split it"), "{}", run.stderr);
    assert_eq!(run.stdout.lines().count(), 1);
}
