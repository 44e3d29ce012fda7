//! The Markdown front end: comrak's tree and the raw HTML in it become one element tree.

mod hatena;
mod shortcodes;
mod slides;

use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options};

use crate::builder::Builder;
use crate::document::{Document, Format};
use crate::front;
use crate::html::tokens;
use crate::html::tree::TreeBuilder;

/// Reads a Markdown text with front matter, raw HTML and the shortcodes of blog engines.
pub fn read(text: &str, url: Option<&str>) -> Document {
    let mut builder = Builder::new();
    let (mut meta, event, body) = front::split(text, &mut builder);
    let deck = slides::body(meta.other.iter().map(|(key, _)| key.as_str()), body);
    meta.is_deck = deck.is_some();
    let source = shortcodes::rewrite(&hatena::rewrite(deck.as_deref().unwrap_or(body)));
    let tree = element_tree(&source).finish();
    let mut document = crate::html::document(&tree, builder, Format::Markdown, url.or(meta.url.as_ref().map(|f| f.value.as_str())));
    document.meta = meta;
    document.records.extend(event);
    document
}

/// The element tree of Markdown text.
fn element_tree(source: &str) -> TreeBuilder {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, source, &options());
    let mut writer = Writer { tree: TreeBuilder::default(), header: false };
    for edge in root.traverse() {
        match edge {
            comrak::arena_tree::NodeEdge::Start(node) => writer.start(node),
            comrak::arena_tree::NodeEdge::End(node) => writer.end(node),
        }
    }
    writer.tree
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    options.extension.description_lists = true;
    options
}

struct Writer {
    tree: TreeBuilder,
    header: bool,
}

impl Writer {
    fn start<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data.borrow();
        match &data.value {
            NodeValue::Text(text) => self.tree.text(text),
            NodeValue::HtmlInline(html) => self.html(html),
            NodeValue::HtmlBlock(block) => self.html(&block.literal),
            NodeValue::Raw(text) => self.tree.text(text),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.tree.start_plain("br"),
            NodeValue::Code(code) => self.element_with_text("code", &code.literal),
            NodeValue::CodeBlock(block) => self.element_with_text("pre", &block.literal),
            NodeValue::ThematicBreak => self.tree.start_plain("hr"),
            NodeValue::Link(link) => self.tree.start("a", attributes([("href", &link.url), ("title", &link.title)])),
            NodeValue::Image(image) => {
                let alt =
                    node.descendants().skip(1).filter_map(|n| n.data.borrow().value.text().map(|t| t.to_string())).collect::<String>();
                self.tree.start("img", attributes([("src", &image.url), ("alt", &alt)]));
                self.tree.start_plain("template");
            }
            NodeValue::TableRow(header) => {
                self.header = *header;
                self.tree.start_plain("tr");
            }
            NodeValue::Math(math) => self.element_with_text("code", &math.literal),
            value => {
                if let Some(name) = element(value, self.header) {
                    self.tree.start_plain(name);
                }
            }
        }
    }

    fn end<'a>(&mut self, node: &'a AstNode<'a>) {
        match &node.data.borrow().value {
            NodeValue::Link(_) => self.tree.end("a"),
            NodeValue::Image(_) => self.tree.end("template"),
            NodeValue::TableRow(_) => self.tree.end("tr"),
            value => {
                if let Some(name) = element(value, self.header) {
                    self.tree.end(name);
                }
            }
        }
    }

    fn html(&mut self, html: &str) {
        self.tree = tokens::feed(std::mem::take(&mut self.tree), html);
    }

    fn element_with_text(&mut self, name: &str, text: &str) {
        self.tree.start_plain(name);
        self.tree.text(text);
        self.tree.end(name);
    }
}

fn element(value: &NodeValue, header: bool) -> Option<&'static str> {
    Some(match value {
        NodeValue::Paragraph => "p",
        NodeValue::Heading(heading) => ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(heading.level.clamp(1, 6)) - 1],
        NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) | NodeValue::Alert(_) => "blockquote",
        NodeValue::List(list) if list.list_type == ListType::Ordered => "ol",
        NodeValue::List(_) => "ul",
        NodeValue::Item(_) | NodeValue::TaskItem(_) | NodeValue::FootnoteDefinition(_) => "li",
        NodeValue::DescriptionList => "dl",
        NodeValue::DescriptionTerm => "dt",
        NodeValue::DescriptionDetails => "dd",
        NodeValue::Table(_) => "table",
        NodeValue::TableCell if header => "th",
        NodeValue::TableCell => "td",
        NodeValue::Strong => "strong",
        NodeValue::Emph => "em",
        NodeValue::Strikethrough => "del",
        _ => return None,
    })
}

fn attributes<'a>(pairs: [(&'a str, &'a String); 2]) -> impl Iterator<Item = (&'a str, &'a str)> {
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str()))
}
