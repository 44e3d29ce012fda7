//! The place of a page's event by what its elements are called: `venue-name`, `event_place`, `tribe-venue`.
//!
//! Not a vocabulary but a habit; it helps where a page that is known to be an event's says its place in no other way.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::page::Page;
use crate::document::{Field, Record, Value};

/// Words for a place in names of classes.
const PLACES: &[&str] = &["venue", "location", "place"];
/// Words that make an element the place's name.
const NAMES: &[&str] = &["name", "title"];
/// Words of elements that are about other things.
const OTHERS: &[&str] = &["map", "search", "filter", "nav", "menu", "list", "city", "address", "icon", "label", "directions"];
/// Longer names of classes are made by machines.
const MAX_CLASS: usize = 60;
/// Longer texts are about a place.
const MAX_BYTES: usize = 300;

/// A record with the text of the element that is most clearly the place's; nothing where several say different things.
pub fn read(page: &Page<'_>) -> Option<Record> {
    let mut best = 0;
    let mut found: Vec<Field> = Vec::new();
    for node in (0..page.len()).filter(|&i| page.is_element(i)) {
        let rank = rank(page, node);
        if rank == 0 || rank < best || page.span(node).len() > MAX_BYTES {
            continue;
        }
        let Some(field) = page.text_of(node, "class").filter(|f| f.value.chars().any(char::is_alphanumeric)) else { continue };
        if rank > best {
            found.clear();
        }
        best = rank;
        if !found.iter().any(|known| known.value == field.value) {
            found.push(field);
        }
    }
    let [field] = found.as_slice() else { return None };
    let props = vec![("location".to_owned(), Value::Text(field.clone()))];
    Some(Record { vocabulary: "class".to_owned(), types: vec!["Place".to_owned()], props })
}

/// 3: a place's name; 2: a venue; 1: a location, place or address; 0: none of them.
fn rank(page: &Page<'_>, node: usize) -> u8 {
    // Pages have thousands of classes, few of them are about places.
    static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(PLACES).ok());
    let holds = |value: &&str| FINDER.as_ref().is_none_or(|places| places.is_match(*value));
    let named = page.tree.attrs(node).filter(|(name, _)| matches!(*name, "class" | "id" | "data-testid"));
    let names = named.map(|(_, value)| value).filter(holds).flat_map(str::split_ascii_whitespace);
    let called = names.filter(|name| name.len() <= MAX_CLASS).map(|name| rank_of(without_hash(name))).max().unwrap_or(0);
    called.max(u8::from(page.tree.name(node) == "address"))
}

/// A name without what builders hang on it to make it unique: `Hero_venue__x3F2a`.
fn without_hash(name: &str) -> &str {
    let made = |tail: &str| tail.len() >= 4 && tail.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
    name.rsplit_once("__").filter(|(_, tail)| made(tail)).map_or(name, |(own, _)| own)
}

fn rank_of(name: &str) -> u8 {
    let words = words(name);
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let last = words.last().map_or("", String::as_str);
    match () {
        () if !has(PLACES) || has(OTHERS) => 0,
        () if has(NAMES) => 3,
        () if last == "venue" => 2,
        () if PLACES.contains(&last) => 1,
        () => 0,
    }
}

/// The words of `event-placeName`: `event`, `place`, `name`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut inside = false;
    for c in name.chars() {
        let starts = !inside || c.is_ascii_uppercase();
        inside = c.is_ascii_alphanumeric();
        match words.last_mut().filter(|_| !starts) {
            Some(word) if inside => word.push(c),
            _ if inside => words.push(c.to_ascii_lowercase().to_string()),
            _ => {}
        }
    }
    words
}
