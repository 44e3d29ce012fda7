//! The reStructuredText front end: blocks and inline mark-up become the same element tree as a page.
//!
//! The grammar is docutils' (reStructuredText Markup Specification) with Sphinx' and blog engines' directives. It is read leniently: where
//! docutils reports an error, the text is kept, and inline mark-up needs no spaces around it in text of other scripts than Latin.

mod blocks;
mod cells;
mod directives;
mod docinfo;
mod inline;
mod lists;
mod tables;
mod targets;

use crate::builder::Builder;
use crate::document::{Document, Format};
use crate::html::tree::TreeBuilder;
use targets::Targets;

/// Reads reStructuredText.
pub fn read(text: &str, url: Option<&str>) -> Document {
    let expanded: Vec<String> = text.trim_start_matches('\u{feff}').lines().map(expand).collect();
    let lines: Vec<&str> = expanded.iter().map(String::as_str).collect();
    let mut builder = Builder::new();
    let (meta, skip) = docinfo::read(&lines, &mut builder);
    let targets = Targets::collect(&lines);
    let mut parser = Parser { tree: TreeBuilder::default(), targets: &targets, anonymous: 0, styles: Vec::new(), expansions: 0 };
    parser.blocks(&without(&lines, &skip), 0);
    let tree = parser.tree.finish();
    let mut document = crate::html::document(&tree, builder, Format::Rst, url);
    document.meta = meta;
    document
}

/// The line with tabs at its start as spaces (a stop every eight columns) and no white space at its end.
fn expand(line: &str) -> String {
    let line = line.trim_end();
    let text = line.trim_start_matches([' ', '\t']);
    let mut columns = 0;
    for c in line[..line.len() - text.len()].chars() {
        columns = if c == '\t' { columns / 8 * 8 + 8 } else { columns + 1 };
    }
    format!("{}{text}", " ".repeat(columns))
}

/// The lines outside of `skip`, which become empty so that blocks around them stay apart.
fn without<'a>(lines: &[&'a str], skip: &[std::ops::Range<usize>]) -> Vec<&'a str> {
    let mut kept = lines.to_vec();
    for range in skip {
        kept[range.clone()].fill("");
    }
    kept
}

/// The state of one document's reading.
struct Parser<'a> {
    tree: TreeBuilder,
    targets: &'a Targets,
    /// Anonymous targets used so far.
    anonymous: usize,
    /// Title adornments (mark, overlined) in the order of their first use.
    styles: Vec<(char, bool)>,
    /// Substitutions made so far.
    expansions: usize,
}

impl Parser<'_> {
    /// An element around what `inside` writes.
    fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.element_with(name, &[], inside);
    }

    fn element_with(&mut self, name: &str, attrs: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        let depth = self.tree.depth();
        self.tree.start(name, attrs.iter().copied().filter(|(_, value)| !value.is_empty()));
        inside(self);
        self.tree.end_since(depth);
    }

    /// A paragraph of inline mark-up.
    fn paragraph(&mut self, text: &str) {
        self.element("p", |p| p.inline(text));
    }
}

#[cfg(test)]
mod tests;
