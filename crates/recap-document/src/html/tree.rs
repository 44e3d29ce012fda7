//! A light element tree in one arena, in reading order.
//!
//! It stands in for a DOM because it is linear in its input and never deeper than [`MAX_DEPTH`]: the WHATWG tree
//! construction looks through its stack of open elements at every tag and is quadratic in nesting. Tokens come from a WHATWG tokenizer
//! all the same. Markdown and reStructuredText build the same tree, so raw HTML inside them needs no second way.

use std::borrow::Cow;
use std::ops::Range;

use super::elements::{self, Traits};

/// Elements nested deeper than this become part of their ancestor at the limit (browsers stop at 512).
pub const MAX_DEPTH: usize = 256;

/// An element or a piece of text.
#[derive(Debug)]
pub struct Node {
    /// Index after the last descendant.
    pub next: usize,
    /// What it is.
    pub data: NodeData,
}

/// What a node is.
#[derive(Debug)]
pub enum NodeData {
    /// An element.
    Element {
        /// Lower-case name.
        name: Cow<'static, str>,
        /// What its name makes it.
        traits: Traits,
        /// In order: a range of the tree's attributes.
        attrs: Range<u32>,
    },
    /// Text with entities decoded: a range of [`Tree::buffer`].
    Text(Range<usize>),
}

/// An attribute: its element, and where its name and its value stand in [`Tree::buffer`].
#[derive(Debug)]
struct Attribute {
    node: usize,
    name: Range<usize>,
    value: Range<usize>,
}

/// The arena.
#[derive(Debug, Default)]
pub struct Tree {
    /// In reading order, parents before children.
    pub nodes: Vec<Node>,
    /// All texts, attributes too.
    pub buffer: String,
    attributes: Vec<Attribute>,
}

impl Tree {
    /// The direct children of the nodes in `range` (a node's `index + 1..next`, or the whole tree).
    pub fn children(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let end = range.end;
        let first = Some(range.start).filter(|&i| i < end);
        std::iter::successors(first, move |&i| Some(self.nodes[i].next).filter(|&n| n < end))
    }

    /// The range of a node's descendants.
    pub fn inside(&self, node: usize) -> std::ops::Range<usize> {
        node + 1..self.nodes[node].next
    }

    /// An element's name; empty for text.
    pub fn name(&self, node: usize) -> &str {
        match &self.nodes[node].data {
            NodeData::Element { name, .. } => name,
            NodeData::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub fn attr(&self, node: usize, attribute: &str) -> Option<&str> {
        self.attrs(node).find(|(name, _)| *name == attribute).map(|(_, value)| value)
    }

    /// All attributes with their values; none for text.
    pub fn attrs(&self, node: usize) -> impl Iterator<Item = (&str, &str)> {
        let range = match &self.nodes[node].data {
            NodeData::Element { attrs, .. } => attrs.start as usize..attrs.end as usize,
            NodeData::Text(_) => 0..0,
        };
        self.attributes[range].iter().map(|a| (&self.buffer[a.name.clone()], &self.buffer[a.value.clone()]))
    }

    /// The elements that have an attribute, in order, with its value.
    pub fn with_attribute(&self, attribute: &str) -> impl Iterator<Item = (usize, &str)> {
        let named = self.attributes.iter().filter(move |a| self.buffer[a.name.clone()] == *attribute);
        named.map(|a| (a.node, &self.buffer[a.value.clone()]))
    }

    fn traits(&self, node: usize) -> Traits {
        match &self.nodes[node].data {
            NodeData::Element { traits, .. } => *traits,
            NodeData::Text(_) => Traits::default(),
        }
    }

    /// Whether an element has a class.
    pub fn has_class(&self, node: usize, class: &str) -> bool {
        self.attr(node, "class").is_some_and(|all| all.split_ascii_whitespace().any(|c| c == class))
    }

    /// A text node's text.
    pub fn text(&self, node: usize) -> Option<&str> {
        match &self.nodes[node].data {
            NodeData::Text(range) => self.buffer.get(range.clone()),
            NodeData::Element { .. } => None,
        }
    }

    /// The text of a node and its descendants, white space as it stands.
    pub fn inner_text(&self, node: usize) -> String {
        (node..self.nodes[node].next).filter_map(|i| self.text(i)).collect()
    }
}

/// Builds a [`Tree`] from tags and text; closes what HTML closes by itself.
#[derive(Debug, Default)]
pub struct TreeBuilder {
    tree: Tree,
    open: Vec<usize>,
    /// Open elements beyond [`MAX_DEPTH`].
    overflow: usize,
    /// The text node that more text would continue.
    last_text: Option<usize>,
    /// How many elements that later tags may close are open, by [`Traits::closable`]: most tags look for one that is not.
    closable: [usize; elements::CLOSABLE.len()],
}

impl TreeBuilder {
    /// Makes room for a page of so many bytes: what is kept of it is shorter.
    pub fn reserve(&mut self, bytes: usize) {
        self.tree.buffer.reserve(bytes);
    }

    /// Starts an element; a void one ends at once.
    pub fn start<'a>(&mut self, name: &str, attrs: impl IntoIterator<Item = (&'a str, &'a str)>) {
        self.last_text = None;
        let (name, traits) = elements::known(name);
        self.close_implied(&name, traits);
        if self.open.len() >= MAX_DEPTH {
            self.overflow += usize::from(!traits.void);
            return;
        }
        let index = self.tree.nodes.len();
        if !traits.void {
            self.open.push(index);
            if let Some(kind) = traits.closable {
                self.closable[kind] += 1;
            }
        }
        let attrs = self.attributes(attrs);
        self.tree.nodes.push(Node { next: index + 1, data: NodeData::Element { name, traits, attrs } });
    }

    fn attributes<'a>(&mut self, attrs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Range<u32> {
        let count = |tree: &Tree| u32::try_from(tree.attributes.len()).unwrap_or(u32::MAX);
        let from = count(&self.tree);
        for (name, value) in attrs {
            let (name, value) = (self.write(name), self.write(value));
            self.tree.attributes.push(Attribute { node: self.tree.nodes.len(), name, value });
        }
        from..count(&self.tree)
    }

    fn write(&mut self, text: &str) -> Range<usize> {
        let start = self.tree.buffer.len();
        self.tree.buffer.push_str(text);
        start..self.tree.buffer.len()
    }

    /// Starts an element without attributes.
    pub fn start_plain(&mut self, name: &str) {
        self.start(name, []);
    }

    /// Ends an element; an end tag that fits no open element within its scope does nothing.
    pub fn end(&mut self, name: &str) {
        self.last_text = None;
        let (name, traits) = elements::known(name);
        if traits.void {
            return;
        }
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        if traits.closable.is_some_and(|kind| self.closable[kind] == 0) {
            return;
        }
        for depth in (0..self.open.len()).rev() {
            let open = self.open[depth];
            if self.tree.name(open) == name {
                self.close_to(depth);
                return;
            }
            let above = self.tree.traits(open);
            let barrier = if traits.inline { !above.inline && !above.paragraph() } else { above.scope && !traits.table_part };
            if barrier {
                return;
            }
        }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        let written = self.write(text);
        if let Some(index) = self.last_text
            && let NodeData::Text(range) = &mut self.tree.nodes[index].data
        {
            range.end = written.end;
            return;
        }
        let index = self.tree.nodes.len();
        self.tree.nodes.push(Node { next: index + 1, data: NodeData::Text(written) });
        self.last_text = Some(index);
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Ends everything that was opened since [`depth`](Self::depth) gave this number.
    pub fn end_since(&mut self, depth: usize) {
        self.last_text = None;
        self.overflow = 0;
        if depth < self.open.len() {
            self.close_to(depth);
        }
    }

    /// The tree.
    pub fn finish(mut self) -> Tree {
        self.close_to(0);
        self.tree
    }

    fn close_to(&mut self, depth: usize) {
        let next = self.tree.nodes.len();
        for index in self.open.drain(depth..) {
            self.tree.nodes[index].next = next;
            if let Some(kind) = self.tree.traits(index).closable {
                self.closable[kind] -= 1;
            }
        }
    }

    fn is_open(&self, name: &str) -> bool {
        elements::closable(name).is_some_and(|kind| self.closable[kind] > 0)
    }

    /// Closes the innermost open `names`, unless one of `until` is met first.
    fn close_nearest(&mut self, names: &[&str], until: &[&str]) {
        if !names.iter().any(|name| self.is_open(name)) {
            return;
        }
        for depth in (0..self.open.len()).rev() {
            let open = self.tree.name(self.open[depth]);
            if names.contains(&open) {
                return self.close_to(depth);
            }
            if until.contains(&open) {
                return;
            }
        }
    }

    fn close_implied(&mut self, name: &str, traits: Traits) {
        const CELL: &[&str] = &["td", "th", "caption", "table"];
        match name {
            "li" => self.close_nearest(&["li"], &["ul", "ol", "menu", "td", "th", "table", "blockquote", "div"]),
            "dt" | "dd" => self.close_nearest(&["dt", "dd"], &["dl", "td", "th", "table"]),
            "option" => self.close_nearest(&["option"], &["select", "datalist"]),
            "td" | "th" => self.close_nearest(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_nearest(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close_nearest(&["tbody", "thead", "tfoot"], &["table"]),
            "a" => self.close_nearest(&["a"], &["p", "div", "li", "td", "th", "table"]),
            _ => {}
        }
        if !traits.inline && (!traits.void || name == "hr") {
            self.close_nearest(&["p"], CELL);
        }
    }
}
