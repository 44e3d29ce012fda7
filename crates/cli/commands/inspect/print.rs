//! The report for people.

use std::fmt::Write as _;

use super::report::{BlockLine, Report};

/// Places of a rule that are shown.
const PLACES: usize = 3;

/// The report as text. Writing to a string cannot fail, so results are dropped.
pub fn text(name: &str, report: &Report) -> String {
    let mut out = String::new();
    let verdict = if report.is_recap { "a recap" } else { "no recap" };
    let _ = writeln!(out, "{name}: {}, {}; {verdict}: {}", report.format, report.charset, report.reason);
    for problem in &report.problems {
        let _ = writeln!(out, "problem: {problem}");
    }
    for record in &report.records {
        let _ = writeln!(out, "record: {record}");
    }
    let _ = writeln!(out, "\nBLOCKS (code points of the document text)");
    report.blocks.iter().for_each(|block| write_block(&mut out, block));
    write_rules(&mut out, report);
    write_gaps(&mut out, report);
    out
}

fn write_block(out: &mut String, block: &BlockLine) {
    let indent = "  ".repeat(block.depth.min(20));
    let class = block.attributes.get("class").map(|c| format!(" .{}", c.replace(' ', "."))).unwrap_or_default();
    let _ = writeln!(out, "{:>7}..{:<7} {indent}{}{class}  {}", block.start, block.end, block.kind, block.text);
    for link in &block.links {
        let kind = link.kind.and_then(|k| serde_json::to_value(k).ok()).and_then(|k| k.as_str().map(str::to_owned));
        let kind = kind.map(|k| format!("{k} ")).unwrap_or_default();
        let _ = writeln!(out, "{:16} {indent}  -> {kind}{} ({}, {})", "", link.url, link.form, link.attribute);
    }
}

fn write_rules(out: &mut String, report: &Report) {
    let _ = writeln!(out, "\nRULES THAT FIRED");
    for (id, places) in &report.rules {
        let _ = writeln!(out, "  {id}  ({})", places.len());
        for place in places.iter().take(PLACES) {
            let _ = writeln!(out, "    {}..{}  {}", place.start, place.end, place.text);
        }
    }
}

fn write_gaps(out: &mut String, report: &Report) {
    let _ = writeln!(out, "\nHEADINGS, ITEMS AND CELLS THAT NO RULE PLACED");
    for place in &report.unplaced {
        let _ = writeln!(out, "  {}..{}  {}", place.start, place.end, place.text);
    }
    let _ = writeln!(out, "\nLINKS TO SITES THAT NO RULE KNOWS");
    for (host, urls) in &report.unknown_links {
        let _ = writeln!(out, "  {host}: {}", urls.join(" "));
    }
    if !report.drafts.is_empty() {
        let _ = writeln!(out, "\nA NEW RULE WOULD NEED (in a file for --rules; test it with recap check --rules FILE)\n");
        let _ = writeln!(out, "{}", report.drafts.join("\n\n"));
    }
}
