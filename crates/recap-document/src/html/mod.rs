//! The HTML front end: tokens → tree → blocks, and the page's head.

mod cards;
pub mod convert;
mod elements;
mod embeds;
mod head;
mod raw;
mod references;
mod regions;
#[cfg(test)]
mod tests;
pub mod tokens;
pub mod tree;

use crate::builder::Builder;
use crate::document::{Document, Format};
use tree::{Tree, TreeBuilder};

/// Reads a page.
pub fn read(html: &str, url: Option<&str>) -> Document {
    let tree = tokens::feed(TreeBuilder::default(), html).finish();
    document(&tree, Builder::new(), Format::Html, url)
}

/// Makes a document of a tree, whatever front end built it; `builder` may hold front matter already.
pub fn document(tree: &Tree, mut builder: Builder, format: Format, url: Option<&str>) -> Document {
    let mut meta = head::meta(tree);
    let base = url.or(meta.url.as_ref().map(|u| u.value.as_str())).and_then(|u| url::Url::parse(u).ok());
    let spans = convert::convert(tree, &mut builder, base.as_ref());
    let (text, blocks) = builder.finish_all();
    let mut document = Document { format, text, blocks, ..Document::default() };
    let found = crate::data::records(tree, &spans, &document.text, base.as_ref(), &mut meta);
    document.records = found.records;
    document.problems = found.problems;
    document.meta = meta;
    crate::links::add_bare_links(&mut document);
    document
}
