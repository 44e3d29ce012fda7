//! Input made to break readers: it must give a document or an error, in time that grows with its length.

mod common;

use std::time::{Duration, Instant};

use common::check;
use recap_document::{Hints, ReadError, read};

const NAMES: &[&str] = &["a.html", "a.md", "a.rst", "a.txt", "a"];

/// Reads a text as every text format.
fn survives(what: &str, text: &str) {
    NAMES.iter().for_each(|name| survives_as(what, text.as_bytes(), name));
}

/// Reads bytes as one format; the run may take two seconds for each megabyte.
fn survives_as(what: &str, bytes: &[u8], name: &str) {
    let (clock, busy) = (Instant::now(), time_on_cpu());
    let found = common::try_named(bytes, name);
    let took = busy.zip(time_on_cpu()).map_or(clock.elapsed(), |(before, after)| after.saturating_sub(before));
    let limit = Duration::from_secs(2).mul_f64((bytes.len() as f64 / 1e6).max(1.0));
    assert!(took < limit, "{what} as {name}: {took:?} for {} bytes", bytes.len());
    if let Ok(document) = found {
        check(&document);
    }
}

/// The time that this thread was running, where the system tells it (Linux): other work on the machine does not count.
fn time_on_cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[test]
fn nothing_and_binary() {
    let read = |bytes: &[u8]| read(bytes, &Hints::default()).map(|d| d.format);
    assert_eq!(read(b""), Err(ReadError::Empty));
    assert_eq!(read(b" \n\t \xe3\x80\x80"), Err(ReadError::Empty));
    assert_eq!(read(b"%PDF-1.7 \xe2\xe3\xcf\xd3"), Err(ReadError::Binary("PDF")));
    let noise: Vec<u8> = (0..100_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(matches!(read(&noise), Err(ReadError::Binary(_))));
    assert_eq!(read(&[b'a'; (64 << 20) + 1]), Err(ReadError::TooLarge((64 << 20) + 1)));
}

#[test]
fn nul_bytes() {
    for name in NAMES {
        survives_as("NUL", b"<p>a\0b</p>\n\n# c\0d\n", name);
        survives_as("NULs", &[0; 10_000], name);
    }
}

#[test]
fn one_long_line() {
    survives("20 MB", &"word 言葉 ".repeat(20_000_000 / 12));
    survives("letters", &"a".repeat(1 << 20));
    survives("words", &"word, 言葉 ".repeat(60_000));
}

#[test]
fn deep_html() {
    let survives = |what: &str, text: &str| ["a.html", "a.md"].iter().for_each(|name| survives_as(what, text.as_bytes(), name));
    for tag in [
        "<div>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<a href=x>",
        "<p>",
        "<blockquote>",
        "<div class=main>",
        "<dl><dd>",
        "<h1>",
        "<section>",
        "<span>x",
        "<nav><p>",
    ] {
        survives(tag, &tag.repeat(100_000));
    }
    survives("closed divs", &format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000)));
    survives("end tags", &"</div></p></td>".repeat(50_000));
    survives("wrong end tags", &"<b><i></b></i>".repeat(50_000));
    survives("list items", &format!("<ul>{}</ul>", "<li>x".repeat(100_000)));
    survives("cells", &format!("<table><tr>{}", "<td rowspan=999 colspan=999>x".repeat(30_000)));
    survives("rows", &format!("<table>{}", "<tr><td rowspan=9 colspan=60>x".repeat(30_000)));
    survives("attributes", &format!("<p {}>", (0..50_000).map(|i| format!("a{i}=b ")).collect::<String>()));
}

#[test]
fn unterminated_html() {
    let survives = |what: &str, text: &str| ["a.html", "a.md"].iter().for_each(|name| survives_as(what, text.as_bytes(), name));
    for start in [
        "<!--",
        "<script>",
        "<title>",
        "<textarea>",
        "<style>",
        "<![CDATA[",
        "<p title=\"",
        "<a href='",
        "<!DOCTYPE html",
        "<?xml ",
        "<svg><script>",
        "<plaintext>",
        "&#",
        "<",
    ] {
        survives(start, &format!("<html><body><p>x</p>{start}{}", "long text > or < & ".repeat(20_000)));
        survives(start, &start.repeat(60_000));
    }
}

#[test]
fn deep_markdown() {
    let survives = |what: &str, text: &str| ["a.md", "a.txt"].iter().for_each(|name| survives_as(what, text.as_bytes(), name));
    for mark in [
        ">", "> ", "- ", "* ", "1. ", "[", "![", "](", "*", "**", "_", "`", "``a", "<", "~~", "#", "\\", "&amp", ":", "|", "{{<", "{% ",
        "@[", "$$", "^[", "[^1]:", "+++\n", "- a\n  ", "é*", "あ**",
    ] {
        survives(mark, &mark.repeat(100_000));
    }
    let nested: String = (0..2_000).map(|i| format!("{}- x\n", " ".repeat(2 * (i % 300)))).collect();
    survives("nested list", &nested);
    survives("table", &format!("|{}\n|{}\n", "a|".repeat(20_000), "-|".repeat(20_000)));
    survives("table rows", &format!("|a|b|\n|-|-|\n{}", "|a|\n".repeat(50_000)));
    survives("reference definitions", &(0..30_000).map(|i| format!("[a{i}]: /u\n")).collect::<String>());
    survives("references", &format!("[a]: /u\n\n{}", "[a] ".repeat(100_000)));
    survives("fence", &format!("```{}", "x\n".repeat(100_000)));
}

#[test]
fn deep_rst() {
    let survives = |what: &str, text: &str| ["a.rst"].iter().for_each(|name| survives_as(what, text.as_bytes(), name));
    for mark in [
        "* ",
        "|a ",
        "`a ",
        "``a ",
        ":a:`",
        "_",
        "a_ ",
        ".. ",
        ".. a:: ",
        ".. _a:\n",
        "::\n\n ",
        "=\n",
        "+--+\n",
        "= =\n",
        ":a: ",
        "| ",
        "\\",
        "[a]_",
        "*a",
        "term\n ",
        "`a <",
        "__ x\n",
        "http://",
        ".. |a| replace:: |a|\n|a|\n",
    ] {
        survives(mark, &mark.repeat(50_000));
    }
    let steps: String = (0..3_000).map(|i| format!("{}x\n\n", " ".repeat(i % 500))).collect();
    survives("indentation", &steps);
    let row = format!("|{}\n", " |".repeat(500));
    survives("grid", &format!("+{}\n{}", "-+".repeat(500), row.repeat(300)));
    survives("list table", &format!(".. list-table::\n\n{}", "   - - a\n     - b\n".repeat(20_000)));
}

#[test]
fn plain_text() {
    let survives = |what: &str, text: &str| ["a.txt"].iter().for_each(|name| survives_as(what, text.as_bytes(), name));
    for line in [
        "— A (@a) June 3, 2031\n",
        "LT1「a」\n",
        "・a\n",
        "■a\n",
        "1. a\n",
        "a?\n",
        "====\n",
        "> a\n",
        "\n",
        "(\n",
        "— ",
        "（@",
        "#a #b ",
        "【a",
        "a\n\n",
        "「",
        "「a」さん",
    ] {
        survives(line, &line.repeat(100_000));
    }
}

#[test]
fn front_matter() {
    survives("unterminated YAML", &format!("---\ntitle: x\n{}", "a: b\n".repeat(50_000)));
    survives("unterminated TOML", &format!("+++\n{}", "a = 'b'\n".repeat(50_000)));
    let bomb: String = (1..30).map(|i| format!("a{i}: &a{i} [{}]\n", format!("*a{}, ", i - 1).repeat(9))).collect();
    survives("alias bomb", &format!("---\na0: &a0 lol\n{bomb}---\n\nText.\n"));
    survives("deep YAML", &format!("---\na: {}\n---\n\nText.\n", "[".repeat(20_000)));
    survives("deep TOML", &format!("+++\na = {}\n+++\n\nText.\n", "[".repeat(20_000)));
    survives("many keys", &format!("---\n{}---\n\nText.\n", (0..5_000).map(|i| format!("k{i}: v\n")).collect::<String>()));
    survives("same values", &format!("---\n{}---\n\nText.\n", (0..4_000).map(|i| format!("k{i}: k\n")).collect::<String>()));
}

#[test]
fn many_links() {
    survives_as("links", "<a href=/>x</a>".repeat(1_000_000).as_bytes(), "a.html");
    survives_as("links", "[x](https://a.example/)\n".repeat(200_000).as_bytes(), "a.md");
    survives("addresses", &"https://a.example/ ".repeat(50_000));
    survives("glued addresses", &"https://".repeat(100_000));
    survives("brackets", &format!("https://a.example/{}", ")".repeat(200_000)));
    survives("mixed", &"<a href=x>https://a.example/</a> https://b.example/ ".repeat(20_000));
}

#[test]
fn truncated_utf8() {
    let text = "<p>日本語の文章</p>".as_bytes();
    for end in 0..text.len() {
        for name in NAMES {
            survives_as("truncated", &text[..end], name);
        }
    }
}
