//! From the element tree to the document's blocks.

use std::borrow::Cow;

use super::embeds;
use super::regions::region_of;
use super::tree::{NodeData, Tree};
use crate::builder::{Builder, link};
use crate::document::{Attributes, BlockKind, Link, LinkForm, MarkKind, Region, Span};

/// Attributes that site rules and post parsers read.
const KEPT: &[&str] = &["class", "id", "itemprop", "role", "cite", "datetime", "lang"];

/// Where each node's text came to stand in the document text.
pub type NodeSpans = Vec<Span>;

/// Writes the tree's content into the builder; gives every node's span.
pub fn convert(tree: &Tree, builder: &mut Builder, base: Option<&url::Url>) -> NodeSpans {
    let mut converter = Converter { tree, builder, base, spans: vec![Span::default(); tree.nodes.len()], tables: Vec::new() };
    converter.children(0..tree.nodes.len());
    converter.spans
}

struct Converter<'a> {
    tree: &'a Tree,
    builder: &'a mut Builder,
    base: Option<&'a url::Url>,
    spans: NodeSpans,
    tables: Vec<Grid>,
}

/// A table's grid while its rows are read: for each column, how many rows below are taken by a row span.
#[derive(Default)]
struct Grid {
    taken: Vec<u16>,
    column: usize,
}

impl Converter<'_> {
    /// Recursion is as deep as the tree, which is bounded.
    fn children(&mut self, range: std::ops::Range<usize>) {
        let tree = self.tree;
        let mut before = None;
        for node in tree.children(range) {
            if before.replace(node).is_some_and(|before| super::cards::are_apart(tree, before, node)) {
                self.builder.line_break();
            }
            let start = self.builder.position();
            match &tree.nodes[node].data {
                NodeData::Text(_) => {
                    if let Some(text) = tree.text(node) {
                        self.builder.text(text);
                    }
                }
                NodeData::Element { name, .. } => self.element(node, name),
            }
            self.spans[node] = Span::new(start, self.builder.position());
        }
    }

    fn inside(&mut self, node: usize) {
        self.children(self.tree.inside(node));
    }

    fn element(&mut self, node: usize, name: &str) {
        match name {
            "script" | "iframe" | "embed" | "object" | "video" | "audio" => self.embed(node, name),
            "style" | "template" | "head" | "title" | "meta" | "link" | "svg" | "textarea" | "select" | "noscript" | "input" | "button"
            | "math" | "map" => {}
            "br" => self.builder.line_break(),
            "hr" => {
                self.builder.start_leaf(BlockKind::Rule, Vec::new());
                self.builder.end_leaf();
            }
            "img" => self.image(node),
            "a" => self.anchor(node, false),
            "b" | "strong" => self.marked(node, MarkKind::Strong),
            "i" | "em" | "cite" => self.marked(node, MarkKind::Emphasis),
            "code" | "kbd" | "samp" | "tt" => self.marked(node, MarkKind::Code),
            "s" | "del" | "strike" => self.marked(node, MarkKind::Strike),
            "pre" | "xmp" => self.preformatted(node),
            "recap-embed" => self.shortcode(node),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.leaf(node, BlockKind::Heading(level));
            }
            "p" | "figcaption" | "summary" | "address" | "legend" | "caption" => self.leaf(node, BlockKind::Paragraph),
            "table" | "tr" | "td" | "th" => self.table_part(node, name),
            _ => self.other(node, name),
        }
    }

    fn other(&mut self, node: usize, name: &str) {
        match name {
            "ul" | "menu" | "dl" => self.container(node, BlockKind::List { ordered: false }),
            "ol" => self.container(node, BlockKind::List { ordered: true }),
            "li" => self.container(node, BlockKind::Item),
            "dt" | "dd" => {
                let mut attrs = self.attrs(node);
                attrs.push(("role".into(), if name == "dt" { "term" } else { "definition" }.to_owned()));
                self.open(node, BlockKind::Item, attrs);
            }
            "blockquote" => self.container(node, BlockKind::Quote),
            "html" | "body" | "tbody" | "thead" | "tfoot" | "center" | "figure" | "details" | "form" | "fieldset" => self.plain_block(node),
            _ if super::elements::is_inline(name) => self.inside(node),
            _ => self.division(node, name),
        }
    }

    /// A division: a region, a group with attributes, or nothing but a break in the text.
    fn division(&mut self, node: usize, name: &str) {
        let tree = self.tree;
        let region = region_of(name, tree.attr(node, "class"), tree.attr(node, "id"), tree.attr(node, "role"));
        let attrs = self.attrs(node);
        let kind = region.or_else(|| (!attrs.is_empty()).then_some(Region::Group)).map(BlockKind::Section);
        match kind {
            Some(kind) => {
                self.builder.open(kind, attrs);
                self.inside_division(node);
                self.builder.close();
            }
            None => self.plain_block(node),
        }
    }

    /// The inside of a division; links that are cards become paragraphs with a line for each of their parts.
    fn inside_division(&mut self, node: usize) {
        if !super::cards::are_in(self.tree, node) {
            return self.inside(node);
        }
        let tree = self.tree;
        for child in tree.children(tree.inside(node)) {
            if tree.name(child) != "a" {
                self.children(child..tree.nodes[child].next);
                continue;
            }
            let attrs = self.attrs(child);
            self.builder.start_leaf(BlockKind::Paragraph, attrs);
            let start = self.builder.position();
            self.anchor(child, true);
            self.spans[child] = Span::new(start, self.builder.position());
            self.builder.end_leaf();
        }
    }

    fn plain_block(&mut self, node: usize) {
        self.builder.end_leaf();
        self.inside_division(node);
        self.builder.end_leaf();
    }

    fn container(&mut self, node: usize, kind: BlockKind) {
        let attrs = self.attrs(node);
        self.open(node, kind, attrs);
    }

    fn open(&mut self, node: usize, kind: BlockKind, attrs: Attributes) {
        self.builder.open(kind, attrs);
        self.inside(node);
        self.builder.close();
    }

    fn leaf(&mut self, node: usize, kind: BlockKind) {
        let attrs = self.attrs(node);
        self.builder.start_leaf(kind, attrs);
        self.inside(node);
        self.builder.end_leaf();
    }

    fn preformatted(&mut self, node: usize) {
        self.builder.start_leaf(BlockKind::Code, self.attrs(node));
        self.builder.text(self.tree.inner_text(node).trim_matches('\n'));
        self.builder.end_leaf();
    }

    fn marked(&mut self, node: usize, kind: MarkKind) {
        self.builder.start_mark(kind);
        self.inside(node);
        self.builder.end_mark();
    }

    /// A link; each part of a card stands on a line of its own.
    fn anchor(&mut self, node: usize, card: bool) {
        match self.tree.attr(node, "href").map(|href| self.resolve(href)) {
            Some(url) if !url.is_empty() && !url.starts_with("javascript:") => {
                let title = self.tree.attr(node, "title").filter(|t| !t.is_empty()).map(str::to_owned);
                self.builder.start_link(url, "href", LinkForm::Anchor, title);
                if card {
                    self.lines(node)
                } else {
                    self.inside(node)
                }
                self.builder.end_link();
            }
            _ if card => self.lines(node),
            _ => self.inside(node),
        }
    }

    /// The children of an element, each on a line of its own.
    fn lines(&mut self, node: usize) {
        let tree = self.tree;
        for child in tree.children(tree.inside(node)) {
            self.children(child..tree.nodes[child].next);
            self.builder.line_break();
        }
    }

    fn image(&mut self, node: usize) {
        let tree = self.tree;
        let found = ["data-src", "data-lazy-src", "src"].into_iter().find_map(|key| Some((key, tree.attr(node, key)?)));
        if let Some((key, src)) = found.filter(|(_, src)| !src.is_empty() && !src.starts_with("data:")) {
            let title = tree.attr(node, "alt").filter(|t| !t.is_empty()).map(str::to_owned);
            let url = self.resolve(src);
            if self.builder.in_leaf() || !self.builder.in_link() {
                self.builder.point_link(Link { title, ..link(url, key, LinkForm::Image) });
            }
        }
    }

    fn embed(&mut self, node: usize, name: &str) {
        let tree = self.tree;
        if let Some(mut embed) = embeds::element(name, |key| tree.attr(node, key).map(str::to_owned)) {
            embed.url = self.resolve(&embed.url);
            self.builder.embed(embed, self.attrs(node));
        }
    }

    fn shortcode(&mut self, node: usize) {
        let tree = self.tree;
        let get = |key| tree.attr(node, key).unwrap_or_default();
        if let Some(embed) = embeds::shortcode(get("data-name"), get("data-first"), tree.attr(node, "data-second")) {
            self.builder.embed(embed, Vec::new());
        }
    }

    fn table_part(&mut self, node: usize, name: &str) {
        match name {
            "table" => {
                self.tables.push(Grid::default());
                self.container(node, BlockKind::Table);
                self.tables.pop();
            }
            "tr" if !self.tables.is_empty() => {
                if let Some(grid) = self.tables.last_mut() {
                    grid.column = 0;
                    grid.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
                }
                self.container(node, BlockKind::Row);
            }
            "td" | "th" if !self.tables.is_empty() => {
                let kind = self.cell(node, name == "th");
                self.container(node, kind);
            }
            _ => self.plain_block(node),
        }
    }

    /// Finds the cell's place in the grid (HTML 4.9.12, "forming a table", without overlaps).
    fn cell(&mut self, node: usize, header: bool) -> BlockKind {
        let tree = self.tree;
        let covers = |key, most| tree.attr(node, key).and_then(|v| v.trim().parse::<u16>().ok()).unwrap_or(1).clamp(1, most);
        let (columns, rows) = (covers("colspan", 64), covers("rowspan", 512));
        let mut column = 0;
        if let Some(grid) = self.tables.last_mut() {
            while grid.taken.get(grid.column).is_some_and(|&rows| rows > 0) {
                grid.column += 1;
            }
            column = grid.column;
            let end = (column + usize::from(columns)).min(1024);
            if grid.taken.len() < end {
                grid.taken.resize(end, 0);
            }
            grid.taken[column.min(end)..end].iter_mut().for_each(|taken| *taken = rows);
            grid.column = end;
        }
        BlockKind::Cell { header, column: u16::try_from(column).unwrap_or(u16::MAX), columns, rows }
    }

    fn attrs(&self, node: usize) -> Attributes {
        let of_data = |name: &str| name.starts_with("data-").then(|| Cow::Owned(name.to_owned()));
        let kept = |name: &str| KEPT.iter().find(|known| **known == name).map(|known| Cow::Borrowed(*known)).or_else(|| of_data(name));
        self.tree
            .attrs(node)
            .filter(|(_, value)| !value.is_empty() && value.len() < 2_000)
            .filter_map(|(name, value)| Some((kept(name)?, value.to_owned())))
            .collect()
    }

    fn resolve(&self, url: &str) -> String {
        let url = embeds::absolute(url);
        match self.base {
            Some(base) if !url.contains("://") && !url.starts_with('#') && !url.starts_with("mailto:") => {
                base.join(&url).map_or_else(|_| url.into_owned(), String::from)
            }
            _ => url.into_owned(),
        }
    }
}
