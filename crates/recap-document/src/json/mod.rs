//! JSON files: shown as readable text, and read by their shape.
//!
//! A shape is known by its keys, never by a file's name. Each is one file with one [`Shape`]; the tree is walked from the
//! root, and the first shape that claims an object reads it whole, so wrappers of any kind do not matter.

mod activitystreams;
mod bluesky;
pub mod events;
mod mastodon;
mod oembed;
pub mod parse;
mod platforms;
pub mod post;
mod pyvideo;
pub mod quoted;
mod rubyevents;
mod schedule;
mod sessionize;
mod twitter_archive;
mod twitter_graphql;
mod twitter_v1;
mod twitter_v2;

#[cfg(test)]
mod tests;

use crate::builder::Builder;
use crate::data::node::Node;
use crate::data::show;
use crate::document::{Document, Format, Problem, Record};
use crate::{Hints, ReadError};

/// One platform's form of data.
pub struct Shape {
    /// Whether an object has it.
    pub claims: fn(&Node) -> bool,
    /// Reads the object and everything in it.
    pub read: fn(&Node, &mut Context<'_>),
}

/// What the shapes share while a file is read.
pub struct Context<'a> {
    /// The whole file, for what is said once.
    pub root: &'a Node,
    /// The records so far.
    pub records: Vec<Record>,
}

/// The most particular first.
const SHAPES: &[&Shape] = &[
    &twitter_graphql::SHAPE,
    &twitter_archive::SHAPE,
    &twitter_v2::SHAPE,
    &twitter_v1::SHAPE,
    &bluesky::SHAPE,
    &mastodon::SHAPE,
    &activitystreams::SHAPE,
    &oembed::SHAPE,
    &schedule::SHAPE,
    &sessionize::SHAPE,
    &sessionize::LIST,
    &pyvideo::SHAPE,
    &rubyevents::EVENT,
    &events::SHAPE,
    &events::ANY,
];

/// Reads JSON.
///
/// # Errors
/// [`ReadError::Malformed`] with line and column.
pub fn read(text: &str, _hints: &Hints<'_>) -> Result<Document, ReadError> {
    let parsed = parse::file(text).map_err(|message| ReadError::Malformed { format: "JSON", message })?;
    let mut document = document(parsed.node, Builder::new(), Format::Json);
    if parsed.cut {
        document.problems.push(Problem { code: "data-cut", message: "values beyond the limits were left out".to_owned() });
    }
    if let Some(message) = parsed.broken {
        document
            .problems
            .push(Problem { code: "json-broken", message: format!("what follows the last readable value is no JSON: {message}") });
    }
    Ok(document)
}

/// Makes a document of data: its text behind what the builder holds, and the records of the shapes that are known.
pub fn document(mut node: Node, mut builder: Builder, format: Format) -> Document {
    show::show(&mut node, &mut builder);
    let (text, blocks) = builder.finish_all();
    let mut document = Document { format, text, blocks, records: records(&node), ..Document::default() };
    title(&mut document);
    crate::links::add_bare_links(&mut document);
    document
}

/// The records of data, by the shapes that are known.
pub fn records(root: &Node) -> Vec<Record> {
    if has_linked_data(root) {
        return crate::data::json_ld::read(&[root], "json-ld");
    }
    let mut context = Context { root, records: Vec::new() };
    let calendar = crate::data::calendar::jcal(root);
    if !calendar.is_empty() {
        return calendar;
    }
    walk(root, &mut context);
    context.records
}

/// Whether the file is JSON-LD: it says so by schema.org's context.
fn has_linked_data(root: &Node) -> bool {
    let first = root.items().first();
    first.is_some_and(|n| n.text("@context").or_else(|| n.text("@context.@vocab")).is_some_and(|c| c.contains("schema.org")))
}

/// Depth is bounded by [`crate::data::node::MAX_DEPTH`].
fn walk(node: &Node, context: &mut Context<'_>) {
    match node {
        Node::List(items) => match rubyevents::videos(node) {
            Some(records) => context.records.extend(records),
            None => items.iter().for_each(|item| walk(item, context)),
        },
        Node::Map(entries) => match SHAPES.iter().find(|shape| (shape.claims)(node)) {
            Some(shape) => (shape.read)(node, context),
            None => entries.iter().for_each(|(_, value)| walk(value, context)),
        },
        Node::Null | Node::Scalar(_) => {}
    }
}

/// A file about one thing is called like it.
fn title(document: &mut Document) {
    let [record] = document.records.as_slice() else { return };
    document.meta.title = record.text("name").cloned();
    document.meta.url = record.text("url").filter(|f| f.value.starts_with("http")).cloned();
    document.meta.published = record.text("datePublished").cloned();
}
