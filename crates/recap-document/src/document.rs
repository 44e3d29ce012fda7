//! The one document model: blocks with inline links and positions in the document text, and records of structured data.
//!
//! Everything behind this crate is blind to the format that a document came in. Offsets are bytes of
//! [`Document::text`]; they become code points only at the edge of the program.

mod record;

use std::borrow::Cow;
use std::ops::Range;

pub use record::{Record, Value};

/// A document in the form that the extraction reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// What the bytes were taken for.
    pub format: Format,
    /// Name of the character encoding that the bytes were decoded from (WHATWG label).
    pub charset: &'static str,
    /// The document text: the leaves' texts, each ended by a newline.
    pub text: String,
    /// All blocks in reading order, parents before children.
    pub blocks: Vec<Block>,
    /// Structured data: JSON-LD, microdata, microformats, calendar entries, answers of an API.
    pub records: Vec<Record>,
    /// What the document says about itself.
    pub meta: Meta,
    /// What was wrong with the bytes, for people.
    pub problems: Vec<Problem>,
}

/// A problem with the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Short stable name.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
}

/// The formats that are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Text without markup.
    #[default]
    Plain,
    /// A page.
    Html,
    /// CommonMark and what blogs put into it.
    Markdown,
    /// reStructuredText.
    Rst,
    /// JSON (posts, API answers, schedules), JavaScript-wrapped archives too.
    Json,
    /// YAML data (not front matter).
    Yaml,
    /// iCalendar.
    Calendar,
    /// XML data (frab schedules).
    Xml,
}

impl Format {
    /// Lower-case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Rst => "rst",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Calendar => "calendar",
            Self::Xml => "xml",
        }
    }
}

/// A byte range of the document text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether `other` lies within.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// As a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end.max(self.start)
    }
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the document text.
    Text(Span),
    /// In an attribute or in data that the text does not show.
    Attribute {
        /// Its name or path: `href`, `meta[property=og:title]`, `json-ld[0]/startDate`.
        name: String,
        /// The element's text in the document text; empty at the place nearest to it.
        at: Span,
    },
}

impl Place {
    /// The span in the document text (of the element, for an attribute).
    pub fn span(&self) -> Span {
        match self {
            Self::Text(span) | Self::Attribute { at: span, .. } => *span,
        }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As the document gives it, entities decoded.
    pub value: String,
    /// Where.
    pub place: Place,
}

/// What a document says about itself (front matter, `<head>`, docinfo).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// Title of the page or post.
    pub title: Option<Field>,
    /// Who wrote it.
    pub author: Option<Field>,
    /// When it was published, as written.
    pub published: Option<Field>,
    /// BCP 47 tag as declared.
    pub language: Option<Field>,
    /// Canonical address.
    pub url: Option<Field>,
    /// Name of the site.
    pub site: Option<Field>,
    /// Description or excerpt.
    pub description: Option<Field>,
    /// Tags and categories.
    pub tags: Vec<Field>,
    /// Front matter that none of the above took: `(key, field)`, nested keys joined by `.`.
    pub other: Vec<(String, Field)>,
    /// Whether the document is a deck of slides: it holds one talk, and its headings are parts of that.
    pub is_deck: bool,
}

/// A part of the document: a leaf with text, or a container of other blocks.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The container it stands in.
    pub parent: Option<usize>,
    /// Index after its last descendant; `index + 1` for a leaf.
    pub next: usize,
    /// Its text; a container's covers its descendants.
    pub span: Span,
    /// Links and embeds in a leaf, in order.
    pub links: Vec<Link>,
    /// Emphasis and code in a leaf, in order of their ends.
    pub marks: Vec<Mark>,
    /// `class`, `id`, `itemprop`, `data-*` and the like, as far as the format gives them.
    pub attrs: Attributes,
}

/// Names and values of attributes, in the source's order.
pub type Attributes = Vec<(Cow<'static, str>, String)>;

/// Kinds of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Leaf: a heading, level 1 to 6.
    Heading(u8),
    /// Leaf: running text; also the text of an item or a cell.
    Paragraph,
    /// Leaf: preformatted text.
    Code,
    /// Leaf without text: a thematic break.
    Rule,
    /// Leaf: an embedded deck, video or post that is known by its link only.
    Embed,
    /// Leaf: front matter; no content rule reads it.
    Meta,
    /// Container: a list.
    List {
        /// Numbered.
        ordered: bool,
    },
    /// Container: a list item, or a term and its definition.
    Item,
    /// Container: a quotation; with class `twitter-tweet` and its like, an embedded post.
    Quote,
    /// Container.
    Table,
    /// Container.
    Row,
    /// Container: a table cell at its place in the grid, spans resolved.
    Cell {
        /// A header cell.
        header: bool,
        /// Column, from 0.
        column: u16,
        /// Columns it covers.
        columns: u16,
        /// Rows it covers.
        rows: u16,
    },
    /// Container: a part of a page.
    Section(Region),
}

/// Parts of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// The content.
    Main,
    /// Navigation, breadcrumbs, pagers.
    Nav,
    /// Sidebars, related posts, advertisements, sharing buttons.
    Aside,
    /// Page header or footer.
    Chrome,
    /// Readers' comments.
    Comments,
    /// Any other division, kept for its attributes.
    Group,
}

/// A link, image or embed inside a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target, absolute where the document allows it; made from an id for embeds that give only that.
    pub url: String,
    /// The attribute's or argument's value as written, where it is not `url`.
    pub raw: Option<String>,
    /// Where `url` comes from: `href`, `src`, `data-id`, `text` for a bare URL, `shortcode:youtube` …
    pub attribute: String,
    /// The link's text.
    pub span: Span,
    /// How it is given.
    pub form: LinkForm,
    /// `title` or `alt`.
    pub title: Option<String>,
}

/// How a link is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkForm {
    /// A link with a text of its own.
    Anchor,
    /// An address that stands in the text.
    Bare,
    /// An image.
    Image,
    /// A player, card or shortcode.
    Embed,
}

/// Emphasis inside a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Which.
    pub kind: MarkKind,
    /// Its text.
    pub span: Span,
}

/// Kinds of emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Code.
    Code,
    /// Struck out.
    Strike,
}

impl BlockKind {
    /// Whether blocks of this kind hold text themselves.
    pub fn is_leaf(self) -> bool {
        matches!(self, Self::Heading(_) | Self::Paragraph | Self::Code | Self::Rule | Self::Embed | Self::Meta)
    }
}

impl Block {
    /// The value of an attribute.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Whether it has a class.
    pub fn has_class(&self, class: &str) -> bool {
        self.attr("class").is_some_and(|all| all.split_ascii_whitespace().any(|c| c == class))
    }
}

impl Document {
    /// The text of a span; empty where the span is not one of this document.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The text of a block.
    pub fn text_of(&self, block: usize) -> &str {
        self.blocks.get(block).map_or("", |b| self.slice(b.span).trim_end_matches('\n'))
    }

    /// The containers of a block, innermost first.
    pub fn ancestors(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.blocks.get(block).and_then(|b| b.parent), |&i| self.blocks[i].parent)
    }

    /// The direct children of a container.
    pub fn children(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.blocks.get(block).map_or(0, |b| b.next);
        let first = Some(block + 1).filter(|&i| i < end);
        std::iter::successors(first, move |&i| Some(self.blocks[i].next).filter(|&n| n < end))
    }

    /// The leaves within a block (itself, where it is one).
    pub fn leaves(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.blocks.get(block).map_or(block, |b| b.next);
        (block..end).filter(|&i| self.blocks[i].kind.is_leaf())
    }

    /// Every value that is not in the text: `(attribute, value, span of its element)`, to find evidence again.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str, Span)> + '_ {
        let links = self.blocks.iter().flat_map(|b| &b.links).flat_map(|l| {
            let whole = std::iter::once((l.attribute.as_str(), l.url.as_str(), l.span));
            whole
                .chain(l.raw.iter().map(|raw| (l.attribute.as_str(), raw.as_str(), l.span)))
                .chain(l.title.iter().map(|title| ("title", title.as_str(), l.span)))
        });
        let attrs = self.blocks.iter().flat_map(|b| b.attrs.iter().map(|(n, v)| (n.as_ref(), v.as_str(), b.span)));
        links.chain(attrs).chain(self.meta.fields().chain(self.records.iter().flat_map(Record::fields)).filter_map(|f| match &f.place {
            Place::Attribute { name, at } => Some((name.as_str(), f.value.as_str(), *at)),
            Place::Text(_) => None,
        }))
    }
}

impl Meta {
    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        let single = [&self.title, &self.author, &self.published, &self.language, &self.url, &self.site, &self.description];
        single.into_iter().flatten().chain(&self.tags).chain(self.other.iter().map(|(_, f)| f))
    }
}
