//! Gives data its places: shown as readable text in a document of its own, or hidden in a page.

use std::sync::LazyLock;

use regex::Regex;

use super::node::{Node, Scalar};
use crate::builder::Builder;
use crate::document::{BlockKind, Place, Region, Span};
use crate::html::tokens;
use crate::html::tree::TreeBuilder;

/// Places every scalar of data that the text does not show: `Place::Attribute` with the path behind `prefix`. Entities are
/// decoded and tags taken out of texts, which publishers leave in.
pub fn hide(node: &mut Node, prefix: &str, at: Span) {
    match node {
        Node::Null => {}
        Node::Scalar(scalar) => {
            if scalar.is_text && (scalar.field.value.contains('&') || is_markup(&scalar.field.value)) {
                let markup = std::mem::take(&mut scalar.field.value);
                scalar.field.value = plain_text(&markup);
                scalar.markup = Some(markup);
            }
            scalar.field.place = Place::Attribute { name: prefix.to_owned(), at };
        }
        Node::List(items) => items.iter_mut().enumerate().for_each(|(i, item)| hide(item, &format!("{prefix}[{i}]"), at)),
        Node::Map(entries) => entries.iter_mut().for_each(|(key, value)| hide(value, &format!("{prefix}{}", step(prefix, key)), at)),
    }
}

/// A path's next step; names that no one would read, and paths that are too long already, are cut.
fn step(path: &str, key: &str) -> String {
    match key.char_indices().nth(64) {
        _ if path.len() > 500 => String::new(),
        Some((end, _)) => format!("/{}…", &key[..end]),
        None if path.is_empty() => key.to_owned(),
        None => format!("/{key}"),
    }
}

/// Whether a text is HTML: it has an end tag or a line break of it.
pub fn is_markup(text: &str) -> bool {
    static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)</(?:p|div|a|span|li|ul|ol|h[1-6]|blockquote|table|td|th|strong|em|b|i|section|article|code|pre)>|<br ?/?>").ok()
    });
    text.contains('<') && TAG.as_ref().is_some_and(|tag| tag.is_match(text))
}

/// What HTML shows: entities decoded, tags gone, a line for each block.
pub fn plain_text(html: &str) -> String {
    let mut builder = Builder::new();
    let escaped = (!is_markup(html)).then(|| html.replace('<', "&lt;"));
    let tree = tokens::feed(TreeBuilder::default(), escaped.as_deref().unwrap_or(html)).finish();
    crate::html::convert::convert(&tree, &mut builder, None);
    let (text, _) = builder.finish_all();
    text.trim().to_owned()
}

/// Writes data as text: a section for each map, a list of `name: value` for its scalars, markup as what it shows.
/// Every scalar gets the place where it then stands.
pub fn show(node: &mut Node, builder: &mut Builder) {
    Writer { builder, path: String::new(), listing: false }.value(None, node);
}

struct Writer<'a> {
    builder: &'a mut Builder,
    /// Names and numbers down to the current value.
    path: String,
    /// Whether the list of a map's scalars is open.
    listing: bool,
}

impl Writer<'_> {
    /// Recursion is as deep as the data, which is bounded.
    fn value(&mut self, key: Option<&str>, node: &mut Node) {
        match node {
            Node::Null => {}
            Node::Scalar(scalar) if scalar.is_text && is_markup(&scalar.field.value) => self.markup(key, scalar),
            Node::Scalar(scalar) => self.item(key, scalar),
            Node::List(items) if items.iter().all(|i| matches!(i, Node::Scalar(_) | Node::Null)) => self.scalars(key, items),
            Node::List(items) => self.section(key, |writer| {
                for (number, item) in items.iter_mut().enumerate() {
                    writer.at(&format!("[{number}]"), |writer| writer.section(None, |writer| writer.value(None, item)));
                }
            }),
            Node::Map(entries) => self.section(key, |writer| {
                for (key, value) in entries.iter_mut() {
                    let step = step(&writer.path, key);
                    writer.at(&step, |writer| writer.value(Some(key), value));
                }
            }),
        }
    }

    fn at(&mut self, step: &str, write: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(step);
        write(self);
        self.path.truncate(length);
    }

    fn section(&mut self, key: Option<&str>, write: impl FnOnce(&mut Self)) {
        self.end_list();
        let attrs = key.map(|key| vec![("itemprop".into(), key.to_owned())]).unwrap_or_default();
        self.builder.open(BlockKind::Section(Region::Group), attrs);
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            self.builder.leaf(BlockKind::Paragraph, &format!("{key}:"));
        }
        write(self);
        self.end_list();
        self.builder.close();
    }

    fn end_list(&mut self) {
        if std::mem::take(&mut self.listing) {
            self.builder.close();
        }
    }

    fn open_item(&mut self) {
        if !std::mem::replace(&mut self.listing, true) {
            self.builder.open(BlockKind::List { ordered: false }, Vec::new());
        }
        self.builder.open(BlockKind::Item, Vec::new());
    }

    fn item(&mut self, key: Option<&str>, scalar: &mut Scalar) {
        if scalar.field.value.trim().is_empty() {
            return;
        }
        self.open_item();
        self.label(key);
        self.lines(scalar);
        self.builder.close();
    }

    fn label(&mut self, key: Option<&str>) {
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            self.builder.text(key);
            self.builder.text(": ");
        }
    }

    fn scalars(&mut self, key: Option<&str>, items: &mut [Node]) {
        if items.iter().all(|item| item.as_field().is_none()) {
            return;
        }
        self.open_item();
        self.label(key);
        self.builder.open(BlockKind::List { ordered: false }, Vec::new());
        for (number, item) in items.iter_mut().enumerate() {
            if let Node::Scalar(scalar) = item {
                self.builder.open(BlockKind::Item, Vec::new());
                self.at(&format!("[{number}]"), |writer| writer.lines(scalar));
                self.builder.close();
            }
        }
        self.builder.close();
        self.builder.close();
    }

    /// A value as it is written; an empty line starts a paragraph.
    fn lines(&mut self, scalar: &mut Scalar) {
        let before = self.builder.position();
        for line in scalar.field.value.lines() {
            if line.trim().is_empty() {
                self.builder.end_leaf();
            } else {
                self.builder.text(line);
                self.builder.line_break();
            }
        }
        self.place(scalar, before);
    }

    fn place(&self, scalar: &mut Scalar, before: usize) {
        let span = self.written(before);
        let value = scalar.field.value.trim();
        let shown = self.builder.text_so_far().get(span.range()).unwrap_or("");
        scalar.field = crate::document::Field {
            place: if shown == value { Place::Text(span) } else { Place::Attribute { name: self.path.clone(), at: span } },
            value: value.to_owned(),
        };
    }

    /// What was written since `before`, without white space around it.
    fn written(&self, before: usize) -> Span {
        let slice = self.builder.text_so_far().get(before..).unwrap_or("");
        let start = before + (slice.len() - slice.trim_start().len());
        Span::new(start, start + slice.trim().len())
    }

    fn markup(&mut self, key: Option<&str>, scalar: &mut Scalar) {
        let markup = std::mem::take(&mut scalar.field.value);
        let tree = tokens::feed(TreeBuilder::default(), &markup).finish();
        self.section(key, |writer| {
            writer.builder.end_leaf();
            let before = writer.builder.position();
            crate::html::convert::convert(&tree, writer.builder, None);
            writer.builder.end_leaf();
            let span = writer.written(before);
            scalar.field.value = writer.builder.text_so_far().get(span.range()).unwrap_or("").to_owned();
            scalar.field.place = Place::Text(span);
        });
        scalar.markup = Some(markup);
    }
}
