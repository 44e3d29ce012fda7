//! How long recap takes, as ratios to bare parsing of the same bytes in the same run: pages that are nothing but what
//! fixtures say, and pages as the web has them, where most bytes are the site's.
//!
//! `cargo bench -p recap-bench` prints the table; `-- --check` fails where a target is missed. Measurements are
//! interleaved and the fastest of several rounds counts, so that other load on the machine hits all sides alike.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use recap_bench::{html, markdown, page};
use recap_document::{Document, Hints};
use recap_rules::Rules;

/// Rounds of all measurements, unless [`PATIENCE`] is over before.
const ROUNDS: usize = 15;
/// No further round is begun after this time.
const PATIENCE: Duration = Duration::from_secs(60);
/// HTML to recap, at most this many times the time of the bare tree.
const MOST_OF_TREE: f64 = 1.5;
/// Pages in the template of a blog that are read in one round.
const WEB_PAGES: usize = 20;
/// Time per byte at 16 times the size, at most this many times that at the size itself.
const MOST_GROWTH: f64 = 1.2;

/// Runs one side of a comparison.
type Side<'a> = Box<dyn Fn() + 'a>;

fn main() -> ExitCode {
    let pages = [1, 4, 16].map(html);
    let notes = [1, 4, 16].map(markdown);
    let mut missed = 0;
    let tree: Vec<Side<'_>> = pages.iter().map(|page| -> Side<'_> { Box::new(|| bare_tree(page)) }).collect();
    let document: Vec<Side<'_>> =
        pages.iter().map(|page| -> Side<'_> { Box::new(|| drop(black_box(document_of(page, "page.html")))) }).collect();
    let from_html: Vec<Side<'_>> = pages.iter().map(|page| -> Side<'_> { Box::new(|| recap(page, "page.html")) }).collect();
    let from_markdown: Vec<Side<'_>> = notes.iter().map(|text| -> Side<'_> { Box::new(|| recap(text, "notes.md")) }).collect();
    let web: Vec<String> = (0..WEB_PAGES).map(page).collect();
    let all = &web;
    let of_web = |side: fn(&str)| -> Side<'_> { Box::new(move || all.iter().for_each(|page| side(page))) };
    let from_web: Vec<Side<'_>> =
        vec![of_web(bare_tree), of_web(|page| drop(black_box(document_of(page, "page.html")))), of_web(|page| recap(page, "page.html"))];
    let sides: Vec<&Side<'_>> = tree.iter().chain(&document).chain(&from_html).chain(&from_markdown).chain(&from_web).collect();
    let times = measure(&sides);
    let (tree, rest) = times.split_at(3);
    let (document, rest) = rest.split_at(3);
    let (from_html, rest) = rest.split_at(3);
    let (from_markdown, from_web) = rest.split_at(3);

    say(&format!("{:<14} {:>9} {:>10} {:>10} {:>10} {:>10}", "", "bytes", "bare tree", "document", "recap", "ns/byte"));
    for i in 0..3 {
        let ratio = ratio(from_html[i], tree[i]);
        missed +=
            verdict(ratio, MOST_OF_TREE, &row("HTML", pages[i].len(), Some((tree[i], document[i])), from_html[i]), "of the bare tree");
    }
    let bytes = web.iter().map(String::len).sum();
    missed += verdict(
        ratio(from_web[2], from_web[0]),
        MOST_OF_TREE,
        &row("Web pages", bytes, Some((from_web[0], from_web[1])), from_web[2]),
        "of the bare tree",
    );
    for i in 0..3 {
        let ratio = per_byte(from_markdown[i], notes[i].len()) / per_byte(from_html[i], pages[i].len());
        missed += verdict(ratio, 1.0, &row("Markdown", notes[i].len(), None, from_markdown[i]), "of HTML per byte");
    }
    for (name, times, sizes) in [("HTML", from_html, &pages), ("Markdown", from_markdown, &notes)] {
        let [small, middle, large] = [0, 1, 2].map(|i| per_byte(times[i], sizes[i].len()));
        let line = format!("{name:<14} per byte at 4 times the size {:.2}", middle / small);
        missed += verdict(large / small, MOST_GROWTH, &line, "at 16 times");
    }
    let strict = std::env::args().any(|argument| argument == "--check");
    ExitCode::from(u8::from(strict && missed > 0))
}

fn bare_tree(page: &str) {
    black_box(scraper::Html::parse_document(black_box(page)));
}

/// Everything from bytes to recap.
fn recap(text: &str, name: &str) {
    if let Some(document) = document_of(text, name) {
        black_box(recap_extract::extract(&document, Rules::builtin(), &recap_extract::Input::default()));
    }
}

/// Bytes to document only.
fn document_of(text: &str, name: &str) -> Option<Document> {
    let hints = Hints { name: Some(name), ..Hints::default() };
    recap_document::read(black_box(text.as_bytes()), &hints).ok()
}

/// The fastest time of every side. All sides run once before, which compiles the patterns.
fn measure(sides: &[&Side<'_>]) -> Vec<Duration> {
    let mut best = vec![Duration::MAX; sides.len()];
    let begin = Instant::now();
    for round in 0..=ROUNDS {
        if round > 2 && begin.elapsed() > PATIENCE {
            break;
        }
        for (side, best) in sides.iter().zip(&mut best) {
            let start = Instant::now();
            side();
            *best = start.elapsed().min(*best);
        }
    }
    best
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// Nanoseconds.
fn per_byte(time: Duration, bytes: usize) -> f64 {
    time.as_secs_f64() * 1e9 / bytes as f64
}

fn row(name: &str, bytes: usize, before: Option<(Duration, Duration)>, time: Duration) -> String {
    let [tree, document] = before.map_or_else(Default::default, |(tree, document)| [tree, document].map(|t| format!("{t:.2?}")));
    format!("{name:<14} {bytes:>9} {tree:>10} {document:>10} {:>10} {:>10.1}", format!("{time:.2?}"), per_byte(time, bytes))
}

/// Prints a line; 1 where the target is missed.
fn verdict(ratio: f64, most: f64, line: &str, of: &str) -> usize {
    let missed = ratio > most;
    say(&format!("{line}   {ratio:.2} {of} (at most {most:.2}){}", if missed { "  MISSED" } else { "" }));
    usize::from(missed)
}

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn say(line: &str) {
    println!("{line}");
}
