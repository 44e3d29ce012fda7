//! Structured data: in pages, and as files of their own.

pub mod calendar;
pub mod draft;
pub mod front_event;
mod h_event;
mod hcalendar;
pub mod json_ld;
mod meta;
mod microdata;
pub mod node;
mod opengraph;
pub mod page;
mod place_class;
pub mod plain;
mod platforms;
mod posts;
mod rdfa;
pub mod schedule_xml;
pub mod show;
mod state;
mod time_element;
pub mod value_class;
mod vocab;
pub mod yaml;

#[cfg(test)]
pub mod tests;

use crate::document::{Meta, Problem, Record, Span, Value};
use crate::html::convert::NodeSpans;
use crate::html::tree::Tree;
use page::Page;

/// Records and problems of a page.
#[derive(Debug, Default)]
pub struct Found {
    /// JSON-LD, microdata, RDFa, hCalendar, h-event, rules for sites, the page's state, the place by class, `<time>`, posts, OpenGraph: in
    /// this order.
    pub records: Vec<Record>,
    /// Data that was too broken to read.
    pub problems: Vec<Problem>,
}

/// The records of a page; fills what `meta` still lacks. Relative addresses count from `base`.
pub fn records(tree: &Tree, spans: &NodeSpans, text: &str, base: Option<&url::Url>, meta: &mut Meta) -> Found {
    let page = Page::new(tree, spans, text, base);
    let mut found = Found::default();
    let blocks = json_ld_blocks(&page);
    let blocks = blocks.iter().map(|(number, text, at)| (*number, text.as_str(), *at)).collect::<Vec<_>>();
    found.records.extend(json_ld::blocks(&blocks, &mut found.problems));
    found.records.extend(microdata::read(&page));
    found.records.extend(rdfa::read(&page));
    found.records.extend(hcalendar::read(&page));
    found.records.extend(h_event::read(&page));
    found.records.extend(platforms::read(&page));
    found.records.extend(state::read(&page));
    hoist(&mut found.records);
    meta::fill(&page, &found.records, meta);
    found.records.extend(place_class::read(&page));
    found.records.extend(time_element::read(&page));
    found.records.extend(posts::read(&page));
    found.records.extend(opengraph::read(&page));
    found
}

fn json_ld_blocks(page: &Page<'_>) -> Vec<(usize, String, Span)> {
    let is_block = |i: usize| {
        page.tree.name(i) == "script"
            && page.tree.attr(i, "type").is_some_and(|t| t.trim().to_ascii_lowercase().starts_with("application/ld+json"))
    };
    (0..page.len()).filter(|&i| is_block(i)).enumerate().map(|(number, i)| (number, page.tree.inner_text(i), page.span(i))).collect()
}

/// Events that stand inside something else than an event (a page, a list, a band) become records of their own too.
fn hoist(records: &mut Vec<Record>) {
    let mut found = Vec::new();
    records.iter().filter(|r| !r.is_a("Event") && !r.is_a("EventSeries")).for_each(|r| events_in(r, &mut found));
    for event in found {
        if !records.contains(&event) {
            records.push(event);
        }
    }
}

/// Depth is bounded where the records were read.
fn events_in(record: &Record, found: &mut Vec<Record>) {
    const MAX_EVENTS: usize = 200;
    for (_, value) in &record.props {
        match value {
            Value::Record(inner) if found.len() >= MAX_EVENTS || inner.props.is_empty() => {}
            Value::Record(inner) if inner.is_a("Event") || inner.is_a("EventSeries") => found.push(inner.clone()),
            Value::Record(inner) => events_in(inner, found),
            Value::Text(_) => {}
        }
    }
}
