//! microformats2: `h-event` with `h-card` and `h-adr` inside (microformats.org/wiki/microformats2-parsing).

use super::page::Page;
use super::value_class as value;
use super::vocab;
use crate::document::{Field, Record, Value};

const MAX_DEPTH: usize = 8;

/// The page's events.
pub fn read(page: &Page<'_>) -> Vec<Record> {
    let mut records = Vec::new();
    let mut end = 0;
    for event in page.with_class("h-event") {
        if event >= end {
            records.push(item(page, event, 0));
            end = page.tree.nodes[event].next;
        }
    }
    records.retain(|r| r.text("name").is_some() || r.text("startDate").is_some());
    records
}

fn item(page: &Page<'_>, root: usize, depth: usize) -> Record {
    let kind = page.classes(root).find(|c| *c == "h-event").or_else(|| page.classes(root).find(|c| is_root_class(c))).unwrap_or("h-item");
    let mut record = Record { vocabulary: "h-event".to_owned(), types: vec![schema_type(kind).to_owned()], props: Vec::new() };
    let mut at = root + 1;
    while at < page.tree.nodes[root].next {
        let nested = page.classes(at).any(is_root_class);
        if nested && depth >= MAX_DEPTH {
            at = page.tree.nodes[at].next;
            continue;
        }
        properties(page, at, nested, depth, kind, &mut record);
        at = if nested { page.tree.nodes[at].next } else { at + 1 };
    }
    imply(page, root, &mut record);
    gather_address(&mut record);
    record
}

fn properties(page: &Page<'_>, node: usize, nested: bool, depth: usize, kind: &str, record: &mut Record) {
    let mut inner: Option<Record> = None;
    for class in page.classes(node) {
        let Some((prefix, name)) = class.split_once('-').filter(|(p, n)| matches!(*p, "p" | "u" | "dt" | "e") && !n.is_empty()) else {
            continue;
        };
        let label = format!("h-event/{class}");
        let field = match prefix {
            _ if nested => {
                let inner = inner.get_or_insert_with(|| item(page, node, depth + 1)).clone();
                record.props.push((property(kind, name).to_owned(), Value::Record(inner)));
                continue;
            }
            "dt" => value::date(page, node, &label, record.text("startDate")),
            "u" => value::address(page, node, &label),
            _ => value::plain(page, node, &label),
        };
        record.props.extend(field.map(|f| (property(kind, name).to_owned(), Value::Text(f))));
    }
    // An event inside an event without a property is a part of it.
    if nested && inner.is_none() && page.tree.has_class(node, "h-event") {
        record.props.push(("subEvent".to_owned(), Value::Record(item(page, node, depth + 1))));
    }
}

fn is_root_class(class: &str) -> bool {
    matches!(class, "h-event" | "h-card" | "h-adr" | "h-geo" | "h-entry" | "h-cite" | "h-item" | "h-feed")
}

fn schema_type(kind: &str) -> &'static str {
    match kind {
        "h-event" => "Event",
        "h-card" => "Person",
        "h-adr" => "PostalAddress",
        "h-geo" => "GeoCoordinates",
        _ => "CreativeWork",
    }
}

fn property<'a>(kind: &str, name: &'a str) -> &'a str {
    match (kind, name) {
        ("h-event", "start") => "startDate",
        ("h-event", "end") => "endDate",
        ("h-event", "author") => "organizer",
        ("h-event", "summary" | "content") => "description",
        ("h-event", "speaker") => "performer",
        ("h-event", "syndication") => "sameAs",
        (_, "featured") => "image",
        ("h-card", "org") => "affiliation",
        (_, "start") => "startDate",
        _ => vocab::property_name(name),
    }
}

/// Names and addresses that an item has without saying so (microformats2-parsing, "implied properties").
fn imply(page: &Page<'_>, root: usize, record: &mut Record) {
    let explicit = record.props.iter().any(|(_, v)| matches!(v, Value::Record(_)))
        || page.tree.inside(root).any(|i| page.classes(i).any(|c| c.starts_with("p-") || c.starts_with("e-")));
    if record.text("name").is_none() && !explicit {
        let name = value::plain(page, root, "h-event/p-name");
        record.props.extend(name.map(|f| ("name".to_owned(), Value::Text(f))));
    }
    if record.text("url").is_none() && matches!(page.tree.name(root), "a" | "area") {
        let url = value::address(page, root, "h-event/u-url");
        record.props.extend(url.map(|f| ("url".to_owned(), Value::Text(f))));
    }
}

/// A card that is a place has the parts of its address beside its name: they become its address.
fn gather_address(record: &mut Record) {
    const PARTS: &[&str] = &["streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"];
    if !record.types.iter().any(|t| t == "Person") {
        return;
    }
    let (parts, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut record.props).into_iter().partition(|(n, _)| PARTS.contains(&n.as_str()));
    record.props = rest;
    if !parts.is_empty() {
        record.types = vec!["Place".to_owned()];
        let address = Record { vocabulary: record.vocabulary.clone(), types: vec!["PostalAddress".to_owned()], props: parts };
        record.props.push(("address".to_owned(), Value::Record(address)));
    }
}

/// The first value of an `h-entry` property outside of embedded posts: `p-author`, `dt-published`.
pub fn entry_value(page: &Page<'_>, class: &str) -> Option<Field> {
    let node = page.with_class(class).next()?;
    let label = format!("h-entry/{class}");
    if !class.starts_with("dt-") {
        let name = page.find(node, |i| page.tree.has_class(i, "p-name") || page.tree.has_class(i, "fn"));
        return value::plain(page, name.unwrap_or(node), &label);
    }
    value::date(page, node, &label, None)
}
