//! The index as small JSON files, for a script on a page of static files.
//!
//! `search/meta.json` has the number of shards, the entries a file and the variants of characters; `search/pairs-N.json`
//! maps pairs to numbers of entries (differences), by the sum of the two characters modulo the number of shards;
//! `search/entries-N.json` lists entries: kind, title, detail, page, folded text, filters.

use serde_json::{Map, Value, json};

use super::{Index, fold, query};

/// Entries of one file.
const ENTRIES: usize = 200;
/// Bytes of a file of pairs that are aimed at.
const BYTES: usize = 64 << 10;

/// The files: path from the site's root and content.
pub fn shards(index: &Index) -> Vec<(String, String)> {
    let pairs: Vec<(char, char, Value)> = query::postings(index).all_pairs().map(|(a, b, list)| (a, b, differences(&list))).collect();
    let bytes: usize = pairs.iter().map(|(.., list)| 10 + list.to_string().len()).sum();
    let count = bytes.div_ceil(BYTES).clamp(1, 4096);
    let mut maps = vec![Map::new(); count];
    for (a, b, list) in pairs {
        let shard = (a as usize + b as usize) % count;
        maps[shard].insert(format!("{a}{b}"), list);
    }
    let variants: Map<String, Value> = fold::variants().into_iter().map(|(c, folded)| (c.to_string(), folded.into())).collect();
    let meta = json!({"shards": count, "per": ENTRIES, "total": index.len(), "variants": variants});
    let mut files = vec![("search/meta.json".to_owned(), meta.to_string())];
    files.extend(maps.into_iter().enumerate().map(|(n, map)| (format!("search/pairs-{n}.json"), Value::Object(map).to_string())));
    for (n, first) in (0..index.len()).step_by(ENTRIES).enumerate() {
        let entries: Vec<Value> = (first..index.len().min(first + ENTRIES)).filter_map(|number| entry(index, number)).collect();
        files.push((format!("search/entries-{n}.json"), Value::Array(entries).to_string()));
    }
    files
}

fn entry(index: &Index, number: usize) -> Option<Value> {
    let hit = index.hit(number)?;
    Some(json!([
        hit.kind.name(),
        hit.title,
        hit.detail,
        hit.path,
        index.texts.get(number),
        index.marks.get(number).split(' ').collect::<Vec<_>>()
    ]))
}

fn differences(list: &[u32]) -> Value {
    let mut next = 0;
    let each = list.iter().map(|&number| {
        let difference = number - next;
        next = number;
        json!(difference)
    });
    each.collect()
}
