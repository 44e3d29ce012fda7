//! Microdata: `itemscope`, `itemprop`, `itemref` (HTML Living Standard, 5 "Microdata").

use std::collections::HashMap;

use super::page::Page;
use super::vocab;
use crate::document::{Field, Record, Value};

/// Items nested deeper are left out.
const MAX_DEPTH: usize = 32;

/// The page's top-level items.
pub fn read(page: &Page<'_>) -> Vec<Record> {
    let tree = page.tree;
    let mut tops = tree.with_attribute("itemscope").map(|(i, _)| i).filter(|&i| tree.attr(i, "itemprop").is_none()).peekable();
    if tops.peek().is_none() {
        return Vec::new();
    }
    let ids = tree.with_attribute("id").map(|(i, id)| (id, i)).collect::<HashMap<_, _>>();
    let mut reader = Reader { page, ids, visits: page.len().saturating_mul(2) + 10_000 };
    tops.map(|i| reader.item(i, &mut Vec::new())).filter(|r| !r.props.is_empty()).collect()
}

struct Reader<'a, 'p> {
    page: &'a Page<'p>,
    ids: HashMap<&'p str, usize>,
    /// Nodes that may still be looked at: `itemref` can name the same element again and again.
    visits: usize,
}

impl Reader<'_, '_> {
    fn item(&mut self, node: usize, open: &mut Vec<usize>) -> Record {
        let tree = self.page.tree;
        let types = tree.attr(node, "itemtype").unwrap_or("").split_ascii_whitespace().map(vocab::type_name).collect();
        let mut record = Record { vocabulary: "microdata".to_owned(), types, props: Vec::new() };
        if open.len() >= MAX_DEPTH || open.contains(&node) {
            return record;
        }
        open.push(node);
        self.properties(tree.inside(node), &mut record, open);
        for id in tree.attr(node, "itemref").unwrap_or("").split_ascii_whitespace() {
            if let Some(&target) = self.ids.get(id) {
                self.properties(target..tree.nodes[target].next, &mut record, open);
            }
        }
        open.pop();
        record
    }

    fn properties(&mut self, range: std::ops::Range<usize>, record: &mut Record, open: &mut Vec<usize>) {
        let tree = self.page.tree;
        let mut node = range.start;
        while node < range.end && self.visits > 0 {
            self.visits -= 1;
            let names = tree.attr(node, "itemprop").unwrap_or("");
            let scope = tree.attr(node, "itemscope").is_some();
            if !names.trim().is_empty() {
                self.property(node, names, scope, record, open);
            }
            node = if scope { tree.nodes[node].next } else { node + 1 };
        }
    }

    fn property(&mut self, node: usize, names: &str, scope: bool, record: &mut Record, open: &mut Vec<usize>) {
        let first = names.split_ascii_whitespace().next().map_or("", vocab::property_name);
        let value = if scope { Some(Value::Record(self.item(node, open))) } else { self.value(node, first).map(Value::Text) };
        let Some(value) = value.filter(|v| !matches!(v, Value::Record(r) if r.props.is_empty())) else { return };
        for name in names.split_ascii_whitespace().skip(1) {
            record.props.push((vocab::property_name(name).to_owned(), value.clone()));
        }
        record.props.push((first.to_owned(), value));
    }

    fn value(&self, node: usize, property: &str) -> Option<Field> {
        let name = format!("microdata/{property}");
        let linked = matches!(self.page.tree.name(node), "a" | "area") && self.page.tree.attr(node, "content").is_none();
        // By the letter a link's value is its address; no one means that for a name.
        let text =
            matches!(property, "name" | "headline" | "description" | "genre" | "alternateName" | "keywords" | "startDate" | "endDate");
        if linked && text {
            return self.page.text_of(node, &name);
        }
        element_value(self.page, node, &name)
    }
}

/// A property element's value (5.2.4 "Values"); `content` counts on every element, as search engines have it.
pub fn element_value(page: &Page<'_>, node: usize, name: &str) -> Option<Field> {
    let given = |attr| page.attr(node, attr, name);
    let address = |attr| page.url(node, attr, name);
    if page.tree.attr(node, "content").is_some_and(|c| !c.trim().is_empty()) {
        return given("content");
    }
    match page.tree.name(node) {
        "meta" => None,
        "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video" => address("src"),
        "a" | "area" | "link" => address("href"),
        "object" => address("data"),
        "data" | "meter" => given("value"),
        "time" => given("datetime").or_else(|| page.text_of(node, name)),
        _ => page.text_of(node, name),
    }
}
