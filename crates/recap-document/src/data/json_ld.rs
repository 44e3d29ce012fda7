//! JSON-LD in pages and files: single objects, arrays, `@graph`, references by `@id` (www.w3.org/TR/json-ld11).

use std::collections::HashMap;

use super::node::Node;
use super::show;
use super::vocab;
use crate::document::{Problem, Record, Span, Value};

/// Records nested deeper, by references too, are given by their `@id` only.
const MAX_DEPTH: usize = 12;
/// Values written for one page; references can repeat the same object again and again.
const MAX_VALUES: usize = 100_000;

/// The items of several blocks; each with its number in the page and the place that stands for it.
pub fn blocks(blocks: &[(usize, &str, Span)], problems: &mut Vec<Problem>) -> Vec<Record> {
    let mut roots = Vec::new();
    for (number, text, at) in blocks {
        match crate::json::parse::tolerant(text) {
            Ok(mut node) => {
                show::hide(&mut node, &format!("json-ld[{number}]"), *at);
                roots.push(node);
            }
            Err(message) if !text.trim().is_empty() => {
                problems.push(Problem { code: "json-ld-broken", message: format!("JSON-LD block {number} is no JSON: {message}") });
            }
            Err(_) => {}
        }
    }
    read(&roots.iter().collect::<Vec<_>>(), "json-ld")
}

/// The typed top-level items of JSON-LD data that has its places.
pub fn read(roots: &[&Node], vocabulary: &str) -> Vec<Record> {
    let mut reader = Reader { vocabulary, by_id: HashMap::new(), values: MAX_VALUES, open: Vec::new() };
    let tops = roots.iter().flat_map(|root| top_level(root)).collect::<Vec<_>>();
    roots.iter().for_each(|root| reader.index(root));
    let typed = tops.into_iter().filter(|node| node.get("@type").or_else(|| node.get("type")).is_some());
    typed.map(|node| reader.record(node)).filter(|record| !record.props.is_empty()).collect()
}

/// Objects that are no one's value: the root, the items of a root array, those of `@graph`.
fn top_level(root: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    for node in root.items() {
        if matches!(node, Node::List(_)) {
            found.extend(node.items());
            continue;
        }
        if node.get("@type").is_some() {
            found.push(node);
        }
        found.extend(node.list("@graph"));
    }
    found
}

struct Reader<'a> {
    vocabulary: &'a str,
    by_id: HashMap<&'a str, &'a Node>,
    values: usize,
    /// Ids of the objects that are being written.
    open: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    /// Finds the objects that references mean: those with an `@id` and something else.
    fn index(&mut self, node: &'a Node) {
        if let Some(id) = node.text("@id").filter(|_| node.entries().len() > 1) {
            let known = self.by_id.entry(id).or_insert(node);
            if node.entries().len() > known.entries().len() {
                *known = node;
            }
        }
        match node {
            Node::List(items) => items.iter().for_each(|item| self.index(item)),
            Node::Map(entries) => entries.iter().for_each(|(_, value)| self.index(value)),
            _ => {}
        }
    }

    fn record(&mut self, node: &'a Node) -> Record {
        let types = node.list("@type").iter().filter_map(|t| t.as_field()).map(|t| vocab::type_name(&t.value)).collect();
        let mut record = Record { vocabulary: self.vocabulary.to_owned(), types, props: Vec::new() };
        let id = node.text("@id");
        self.open.extend(id);
        for (key, value) in node.entries() {
            if key == "@id" || !key.starts_with('@') {
                self.values_of(vocab::property_name(key), value, &mut record);
            }
        }
        if id.is_some() {
            self.open.pop();
        }
        record
    }

    fn values_of(&mut self, name: &str, value: &'a Node, record: &mut Record) {
        if self.values == 0 {
            return;
        }
        self.values -= 1;
        match value {
            Node::Null => {}
            Node::List(items) => items.iter().for_each(|item| self.values_of(name, item, record)),
            Node::Scalar(_) => record.props.extend(value.as_field().map(|f| (name.to_owned(), Value::Text(f.clone())))),
            Node::Map(_) => self.object(name, value, record),
        }
    }

    fn object(&mut self, name: &str, value: &'a Node, record: &mut Record) {
        if let Some(inner) = ["@value", "@list", "@set"].iter().find_map(|key| value.get(key)) {
            return self.values_of(name, inner, record);
        }
        let id = value.field("@id");
        let target = id.and_then(|id| self.by_id.get(id.value.as_str()).copied()).filter(|_| value.entries().len() == 1).unwrap_or(value);
        let again = id.is_some_and(|id| self.open.contains(&id.value.as_str()));
        if again || self.open.len() >= MAX_DEPTH || target.entries().len() == 1 && id.is_some() {
            record.props.extend(id.map(|id| (name.to_owned(), Value::Text(id.clone()))));
            return;
        }
        let inner = self.record(target);
        if !inner.props.is_empty() {
            record.props.push((name.to_owned(), Value::Record(inner)));
        }
    }
}
