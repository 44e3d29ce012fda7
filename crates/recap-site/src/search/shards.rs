//! The index as small JSON files, for a script on a page of static files.
//!
//! `search/meta.json` has the number of shards, the entries a file and the variants of characters; `search/pairs-N.json`
//! maps pairs to numbers of entries (differences), by the sum of the two characters modulo the number of shards;
//! `search/entries-N.json` lists entries: kind, title, detail, page, folded text, filters.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::postings::Postings;
use super::{Index, fold, query};

/// Entries of one file.
const ENTRIES: usize = 200;
/// Bytes of a file of pairs that are aimed at.
const BYTES: usize = 64 << 10;

/// The files, made one after the other: path from the site's root and content.
pub fn shards(index: &Index) -> impl Iterator<Item = (String, String)> + '_ {
    let postings = query::postings(index);
    let bytes: usize = postings.all_pairs().map(|(.., at)| 10 + differences(&postings.decode(at)).len()).sum();
    let count = bytes.div_ceil(BYTES).clamp(1, 4096);
    let mut parts: Vec<Vec<(char, char, usize)>> = vec![Vec::new(); count];
    for (a, b, at) in postings.all_pairs() {
        parts[(a as usize + b as usize) % count].push((a, b, at));
    }
    let variants: Map<String, Value> = fold::variants().into_iter().map(|(c, folded)| (c.to_string(), folded.into())).collect();
    let meta = json!({"shards": count, "per": ENTRIES, "total": index.len(), "variants": variants});
    let pairs = parts.into_iter().enumerate().map(|(n, part)| (format!("search/pairs-{n}.json"), lists(postings, &part)));
    let entries = (0..index.len()).step_by(ENTRIES).enumerate().map(|(n, first)| {
        let entries: Vec<Value> = (first..index.len().min(first + ENTRIES)).filter_map(|number| entry(index, number)).collect();
        (format!("search/entries-{n}.json"), Value::Array(entries).to_string())
    });
    std::iter::once(("search/meta.json".to_owned(), meta.to_string())).chain(pairs).chain(entries)
}

fn entry(index: &Index, number: usize) -> Option<Value> {
    let hit = index.hit(number)?;
    Some(json!([
        hit.kind.name(),
        hit.title,
        hit.detail,
        hit.path,
        index.texts.text(number),
        index.marks.text(number).split(' ').collect::<Vec<_>>()
    ]))
}

/// The pairs of a file with their lists, as a JSON object.
fn lists(postings: &Postings, pairs: &[(char, char, usize)]) -> String {
    let each = pairs.iter().map(|(a, b, at)| {
        let name = Value::from(format!("{a}{b}"));
        format!("{name}:{}", differences(&postings.decode(*at)))
    });
    format!("{{{}}}", each.collect::<Vec<_>>().join(","))
}

/// A list as a JSON array of differences.
fn differences(list: &[u32]) -> String {
    let mut next = 0;
    let mut out = String::from("[");
    for &number in list {
        let comma = if out.len() > 1 { "," } else { "" };
        let _ = write!(out, "{comma}{}", number - next);
        next = number;
    }
    out.push(']');
    out
}
