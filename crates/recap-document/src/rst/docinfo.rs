//! What a document says about itself: docinfo fields, Nikola's comments, ablog's and Tinkerer's directives.

use std::ops::Range;

use super::blocks::{adornment, indent_of, title};
use super::lists::field;
use crate::builder::Builder;
use crate::document::Meta;
use crate::front::{self, Pairs};

/// Field names that describe the document, not its subject.
const KEYS: &[&str] = &[
    "title",
    "subtitle",
    "date",
    "updated",
    "modified",
    "author",
    "authors",
    "tags",
    "tag",
    "category",
    "categories",
    "slug",
    "summary",
    "description",
    "excerpt",
    "status",
    "lang",
    "language",
    "keywords",
    "version",
    "revision",
    "copyright",
    "contact",
    "organization",
    "template",
    "save_as",
    "url",
    "link",
    "type",
    "nocomments",
    "image",
    "location",
    "orphan",
    "tocdepth",
    "draft",
];
/// Lines that are looked at.
const MAX_LINES: usize = 200;

/// Reads the document's own description and writes it into the builder; gives the lines that it stood on.
pub fn read(lines: &[&str], builder: &mut Builder) -> (Meta, Vec<Range<usize>>) {
    let start = first_text(lines, 0);
    let mut found = vec![comments(lines, start)];
    let start = first_text(lines, found[0].end);
    found.push(fields(lines, start, true));
    if found[1].is_empty() {
        let below = title(lines, start).map_or(start, |t| start + t.lines);
        found[1] = fields(lines, first_text(lines, below), false);
    }
    found.extend(directives(lines));
    found.retain(|range| !range.is_empty());
    let pairs: Pairs = found.iter().flat_map(|range| pairs(&lines[range.clone()])).collect();
    if pairs.is_empty() {
        return (Meta::default(), Vec::new());
    }
    let text: Vec<&str> = found.iter().flat_map(|range| &lines[range.clone()]).copied().collect();
    (front::write(pairs, &text.join("\n"), builder), found)
}

fn first_text(lines: &[&str], from: usize) -> usize {
    lines.iter().skip(from).position(|l| !l.is_empty()).map_or(lines.len(), |n| from + n)
}

/// `.. title: …` lines at the start, as Nikola writes them.
fn comments(lines: &[&str], start: usize) -> Range<usize> {
    let known = |line: &&&str| {
        line.strip_prefix(".. ").and_then(|l| l.split_once(':')).is_some_and(|(key, value)| is_key(key) && !value.starts_with(':'))
    };
    let count = lines[start..].iter().take(MAX_LINES).take_while(known).count();
    start..start + count
}

/// A field list: before the title one with any known name, below the title only one whose names are all known, since events are described
/// in the same way there.
fn fields(lines: &[&str], start: usize, before_title: bool) -> Range<usize> {
    let mut end = start;
    let (mut known, mut all) = (0, 0);
    for line in lines[start.min(lines.len())..].iter().take(MAX_LINES) {
        match field(line) {
            Some((key, _)) => {
                all += 1;
                known += usize::from(is_key(key));
            }
            None if end > start && !line.is_empty() && indent_of(line) > 0 => {}
            None => break,
        }
        end += 1;
    }
    let titled = (end..lines.len()).take(8).any(|i| adornment(lines[i]).is_some());
    let takes = if before_title { known > 0 && titled } else { known == all };
    if takes { start..end } else { start..start }
}

/// `.. post:: date` with its options, `.. author:: name`, `.. tags:: a, b`.
fn directives<'a>(lines: &'a [&str]) -> impl Iterator<Item = Range<usize>> + 'a {
    lines
        .iter()
        .enumerate()
        .filter(|(_, l)| {
            ["author", "tags", "categories", "post"]
                .iter()
                .any(|n| l.strip_prefix(".. ").and_then(|l| l.strip_prefix(n)).is_some_and(|l| l.starts_with(":: ")))
        })
        .take(8)
        .map(|(i, _)| {
            let below = lines[i + 1..].iter().take_while(|l| indent_of(l) > 0 && field(l.trim_start()).is_some()).count();
            i..i + 1 + below
        })
}

fn is_key(key: &str) -> bool {
    KEYS.contains(&key.trim().to_ascii_lowercase().as_str())
}

fn pairs(lines: &[&str]) -> Pairs {
    let mut pairs: Pairs = Vec::new();
    for line in lines {
        let text = line.trim_start();
        let pair = field(text).or_else(|| text.strip_prefix(".. ").and_then(|l| l.split_once("::").or_else(|| l.split_once(':'))));
        match pair {
            Some((key, value)) if !value.trim().is_empty() => {
                pairs.push((if key.trim() == "post" { "date" } else { key.trim() }.to_owned(), value.trim().to_owned()))
            }
            Some(_) => {}
            None => {
                if let Some((_, value)) = pairs.last_mut() {
                    value.push(' ');
                    value.push_str(text);
                }
            }
        }
    }
    pairs
}
