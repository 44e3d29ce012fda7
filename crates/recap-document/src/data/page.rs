//! What the readers of embedded data share: values of a page's elements with their places.

use std::cell::Cell;

use crate::document::{Field, Place, Span};
use crate::html::tree::{NodeData, Tree};

/// Longer values are no facts.
const MAX_VALUE: usize = 100_000;

/// A page whose text has been written.
pub struct Page<'a> {
    /// Its elements.
    pub tree: &'a Tree,
    /// Where each element's text stands.
    pub spans: &'a [Span],
    /// The document text.
    pub text: &'a str,
    /// What relative addresses count from.
    pub base: Option<&'a url::Url>,
    /// Every class with its element, in order.
    classes: Vec<(&'a str, usize)>,
    /// Bytes that may still be copied: nested elements repeat their text.
    budget: Cell<usize>,
}

impl<'a> Page<'a> {
    /// A page.
    pub fn new(tree: &'a Tree, spans: &'a [Span], text: &'a str, base: Option<&'a url::Url>) -> Self {
        let classes = tree.with_attribute("class").flat_map(|(node, all)| all.split_ascii_whitespace().map(move |class| (class, node)));
        Self { tree, spans, text, base, classes: classes.collect(), budget: Cell::new(text.len().saturating_mul(4) + (1 << 20)) }
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Whether a node is an element.
    pub fn is_element(&self, node: usize) -> bool {
        matches!(self.tree.nodes[node].data, NodeData::Element { .. })
    }

    /// The classes of an element.
    pub fn classes(&self, node: usize) -> impl Iterator<Item = &'a str> {
        let tree = self.tree;
        tree.attr(node, "class").unwrap_or("").split_ascii_whitespace()
    }

    /// The elements of a class, in order.
    pub fn with_class(&self, class: &str) -> impl Iterator<Item = usize> {
        // An element may give a class twice.
        let mut last = None;
        let named = self.classes.iter().filter(move |(known, _)| *known == class);
        named.map(|(_, node)| *node).filter(move |&node| last.replace(node) != Some(node))
    }

    /// Where the element's text stands, without white space around it.
    pub fn span(&self, node: usize) -> Span {
        let span = self.spans.get(node).copied().unwrap_or_default();
        let slice = self.text.get(span.range()).unwrap_or("");
        let start = span.start + (slice.len() - slice.trim_start().len());
        Span::new(start, start + slice.trim().len())
    }

    /// The element's text; `name` tells where it is from if the document text does not show it.
    pub fn text_of(&self, node: usize, name: &str) -> Option<Field> {
        let span = self.span(node);
        if span.len() > MAX_VALUE || !self.spend(span.len()) {
            return None;
        }
        match self.text.get(span.range()).filter(|t| !t.is_empty()) {
            Some(text) => Some(Field { value: text.to_owned(), place: Place::Text(span) }),
            None => self.attribute(node, name, self.hidden_text(node)),
        }
    }

    /// A value that stands in an attribute, or in text that is not shown.
    pub fn attribute(&self, node: usize, name: &str, value: impl AsRef<str>) -> Option<Field> {
        let value = value.as_ref().trim();
        let fits = !value.is_empty() && value.len() <= MAX_VALUE && self.spend(value.len());
        fits.then(|| Field { value: value.to_owned(), place: Place::Attribute { name: name.to_owned(), at: self.span(node) } })
    }

    /// The value of an attribute as it is written; `name` is completed by `/@attribute`.
    pub fn attr(&self, node: usize, attr: &str, name: &str) -> Option<Field> {
        self.attribute(node, &format!("{name}/@{attr}"), self.tree.attr(node, attr)?)
    }

    /// The address in an attribute, absolute where the page allows it.
    pub fn url(&self, node: usize, attr: &str, name: &str) -> Option<Field> {
        let url = self.tree.attr(node, attr).map(str::trim).filter(|u| !u.is_empty() && !u.starts_with("javascript:"))?;
        self.attribute(node, &format!("{name}/@{attr}"), self.resolve(url))
    }

    /// An absolute address, where the page allows it.
    pub fn resolve(&self, url: &str) -> String {
        let absolute = self.base.filter(|_| !url.contains("://") && !url.starts_with('#')).and_then(|base| base.join(url).ok());
        absolute.map_or_else(|| if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() }, String::from)
    }

    /// The first descendant for which `test` holds.
    pub fn find(&self, node: usize, test: impl Fn(usize) -> bool) -> Option<usize> {
        self.tree.inside(node).find(|&i| self.is_element(i) && test(i))
    }

    /// Text of elements that the document does not show, white space collapsed.
    pub fn hidden_text(&self, node: usize) -> String {
        let mut text = String::new();
        for piece in (node..self.tree.nodes[node].next).filter_map(|i| self.tree.text(i)) {
            if text.len() > MAX_VALUE {
                break;
            }
            text.push_str(piece);
        }
        collapse(&text)
    }

    fn spend(&self, bytes: usize) -> bool {
        let left = self.budget.get().checked_sub(bytes);
        self.budget.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// White space collapsed to single spaces.
pub fn collapse(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
