//! RDFa Lite and what older pages wrote: `typeof`, `property`, `rel` with data-vocabulary.org's `v:`, iCalendar's `cal:`
//! and schema.org's names.

use super::page::Page;
use super::vocab;
use crate::document::{Field, Record, Value};

/// Prefixes whose words are schema.org's or have a counterpart there.
const PREFIXES: &[&str] = &["schema:", "v:", "cal:", "vcard:", "s:"];
const MAX_DEPTH: usize = 16;

/// The page's top-level items of a vocabulary that is known.
pub fn read(page: &Page<'_>) -> Vec<Record> {
    let tree = page.tree;
    let mut records = Vec::new();
    if tree.with_attribute("typeof").next().is_none() {
        return records;
    }
    let (mut node, mut vocabulary_until) = (0, 0);
    while node < page.len() {
        if tree.attr(node, "vocab").is_some_and(is_known_vocabulary) {
            vocabulary_until = tree.nodes[node].next.max(vocabulary_until);
        }
        let kind = tree.attr(node, "typeof").filter(|k| is_known(k, node < vocabulary_until));
        node = match kind {
            Some(_) => {
                records.push(item(page, node, 0));
                tree.nodes[node].next
            }
            None => node + 1,
        };
    }
    records.retain(|r| !r.props.is_empty());
    records
}

fn is_known_vocabulary(vocabulary: &str) -> bool {
    vocabulary.contains("schema.org") || vocabulary.contains("data-vocabulary.org")
}

fn is_known(kind: &str, in_vocabulary: bool) -> bool {
    let known = |k: &str| PREFIXES.iter().any(|p| k.starts_with(p)) || is_known_vocabulary(k) || (in_vocabulary && !k.contains(':'));
    kind.split_ascii_whitespace().any(known)
}

fn item(page: &Page<'_>, node: usize, depth: usize) -> Record {
    let tree = page.tree;
    let types = tree.attr(node, "typeof").unwrap_or("").split_ascii_whitespace().map(vocab::type_name).collect();
    let mut record = Record { vocabulary: "rdfa".to_owned(), types, props: Vec::new() };
    let subject = tree.attr(node, "about").or_else(|| tree.attr(node, "resource"));
    // A `rel` without a value of its own holds for the items inside.
    let mut waiting: Option<(&str, usize)> = None;
    let mut at = node + 1;
    while at < tree.nodes[node].next {
        waiting = waiting.filter(|&(_, until)| at < until);
        let next = tree.nodes[at].next;
        let other_subject = tree.attr(at, "about").is_some_and(|about| Some(about) != subject);
        let property = tree.attr(at, "property");
        let relation = tree.attr(at, "rel").filter(|r| r.contains(':'));
        if tree.attr(at, "typeof").is_some() {
            if let Some(names) = property.or(relation).or(waiting.map(|(name, _)| name)).filter(|_| depth < MAX_DEPTH) {
                push(&mut record, names, Value::Record(item(page, at, depth + 1)));
            }
            at = next;
            continue;
        }
        if other_subject {
            at = next;
            continue;
        }
        let value = |names: &str| element_value(page, at, names, relation.is_some()).map(Value::Text);
        if let Some((names, value)) = property.and_then(|names| Some((names, value(names)?))) {
            push(&mut record, names, value);
        }
        if let Some(names) = relation {
            let name = format!("rdfa/{}", vocab::property_name(names));
            match page.url(at, "href", &name).or_else(|| page.url(at, "resource", &name)) {
                Some(url) => push(&mut record, names, Value::Text(url)),
                None => waiting = Some((names, next)),
            }
        }
        at += 1;
    }
    record
}

fn push(record: &mut Record, names: &str, value: Value) {
    let known = |name: &&str| !name.contains(':') || is_known(name, false);
    for name in names.split_ascii_whitespace().filter(known) {
        record.props.push((vocab::property_name(name).to_owned(), value.clone()));
    }
}

/// RDFa Lite 1.1: `content`, else an address, else `datetime`, else the text. Beside `rel` the address belongs to that.
fn element_value(page: &Page<'_>, node: usize, names: &str, has_relation: bool) -> Option<Field> {
    let name = format!("rdfa/{}", vocab::property_name(names.split_ascii_whitespace().next().unwrap_or("")));
    let address = |attr| page.url(node, attr, &name).filter(|_| !has_relation);
    page.attr(node, "content", &name)
        .or_else(|| address("resource"))
        .or_else(|| address("href"))
        .or_else(|| address("src"))
        .or_else(|| page.attr(node, "datetime", &name))
        .or_else(|| page.text_of(node, &name))
}
