//! A light element tree in one arena, in reading order.
//!
//! It stands in for a DOM because it is linear in its input and never deeper than [`MAX_DEPTH`]: the WHATWG tree
//! construction looks through its stack of open elements at every tag and is quadratic in nesting. Tokens come from a WHATWG tokenizer
//! all the same. Markdown and reStructuredText build the same tree, so raw HTML inside them needs no second way.

use std::collections::HashMap;

use html5ever::LocalName;

/// Elements nested deeper than this become part of their ancestor at the limit (browsers stop at 512).
pub const MAX_DEPTH: usize = 256;

/// An attribute: name and value.
pub type Attribute = (LocalName, Box<str>);

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
        name: LocalName,
        /// In order.
        attrs: Vec<Attribute>,
    },
    /// Text with entities decoded: a range of [`Tree::buffer`].
    Text(std::ops::Range<usize>),
}

/// The arena.
#[derive(Debug, Default)]
pub struct Tree {
    /// In reading order, parents before children.
    pub nodes: Vec<Node>,
    /// All texts.
    pub buffer: String,
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
        self.attrs(node).iter().find(|(n, _)| &**n == attribute).map(|(_, v)| &**v)
    }

    /// All attributes; none for text.
    pub fn attrs(&self, node: usize) -> &[Attribute] {
        match &self.nodes[node].data {
            NodeData::Element { attrs, .. } => attrs,
            NodeData::Text(_) => &[],
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
    /// How many elements of each name are open: most tags look for one that is not.
    names: HashMap<Box<str>, usize>,
}

impl TreeBuilder {
    /// Starts an element; a void one ends at once.
    pub fn start(&mut self, name: LocalName, attrs: Vec<Attribute>) {
        self.last_text = None;
        self.close_implied(&name);
        let void = is_void(&name);
        if self.open.len() >= MAX_DEPTH {
            self.overflow += usize::from(!void);
            return;
        }
        let index = self.tree.nodes.len();
        if !void {
            self.open.push(index);
            match self.names.get_mut(&*name) {
                Some(count) => *count += 1,
                None => _ = self.names.insert((*name).into(), 1),
            }
        }
        self.tree.nodes.push(Node { next: index + 1, data: NodeData::Element { name, attrs } });
    }

    /// Starts an element without attributes.
    pub fn start_plain(&mut self, name: &str) {
        self.start(LocalName::from(name), Vec::new());
    }

    /// Ends an element; an end tag that fits no open element within its scope does nothing.
    pub fn end(&mut self, name: &str) {
        self.last_text = None;
        if is_void(name) {
            return;
        }
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        if !self.is_open(name) {
            return;
        }
        let inline = is_inline(name);
        for depth in (0..self.open.len()).rev() {
            let open = self.tree.name(self.open[depth]);
            if open == name {
                self.close_to(depth);
                return;
            }
            let barrier = if inline { !is_inline(open) && open != "p" } else { is_scope(open) && !is_table_part(name) };
            if barrier {
                return;
            }
        }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        let start = self.tree.buffer.len();
        self.tree.buffer.push_str(text);
        let end = self.tree.buffer.len();
        if let Some(index) = self.last_text
            && let NodeData::Text(range) = &mut self.tree.nodes[index].data
        {
            range.end = end;
            return;
        }
        let index = self.tree.nodes.len();
        self.tree.nodes.push(Node { next: index + 1, data: NodeData::Text(start..end) });
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
            if let Some(count) = self.names.get_mut(self.tree.name(index)) {
                *count -= 1;
            }
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|&count| count > 0)
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

    fn close_implied(&mut self, name: &str) {
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
        if !is_inline(name) && !is_void_inline(name) {
            self.close_nearest(&["p"], CELL);
        }
    }
}

/// Elements without content.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param" | "source" | "track" | "wbr"
    )
}

fn is_void_inline(name: &str) -> bool {
    is_void(name) && name != "hr"
}

/// Elements that run with the text and neither end a paragraph nor start a block.
pub fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "map"
            | "mark"
            | "nobr"
            | "noscript"
            | "object"
            | "q"
            | "rp"
            | "rb"
            | "rt"
            | "rtc"
            | "ruby"
            | "s"
            | "samp"
            | "script"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "style"
            | "sub"
            | "sup"
            | "svg"
            | "template"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "iframe"
            | "video"
            | "audio"
            | "canvas"
            | "picture"
            | "select"
            | "textarea"
            | "title"
            | "recap-break"
            | "recap-embed"
    )
}

fn is_scope(name: &str) -> bool {
    matches!(name, "td" | "th" | "table" | "caption")
}

fn is_table_part(name: &str) -> bool {
    matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "table" | "caption")
}
