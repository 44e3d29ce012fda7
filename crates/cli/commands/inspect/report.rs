//! What is known of a document and what no rule placed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use recap_document::{Block, BlockKind, Document, Link, LinkForm, Region, Span};
use recap_extract::Extraction;
use recap_model::LinkKind;
use recap_text::width::CodePoints;
use serde::Serialize;

/// Longest text that is shown of a block or a finding, in characters.
const SHOWN: usize = 60;

/// The report; positions are code points of the document text.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What the bytes were taken for.
    pub format: &'static str,
    /// Their encoding.
    pub charset: &'static str,
    /// The document's title.
    pub title: Option<String>,
    /// Whether it is a write-up.
    pub is_recap: bool,
    /// Why.
    pub reason: String,
    /// Blocks in reading order.
    pub blocks: Vec<BlockLine>,
    /// Structured data: vocabulary and types.
    pub records: Vec<String>,
    /// Rules that had a say, and where.
    pub rules: BTreeMap<String, Vec<Passage>>,
    /// Headings, list items and cells that no rule placed.
    pub unplaced: Vec<Passage>,
    /// Addresses that no rule knows, by host.
    pub unknown_links: BTreeMap<String, Vec<String>>,
    /// Drafts of rules that would place them.
    pub drafts: Vec<String>,
    /// What was wrong with the bytes.
    pub problems: Vec<String>,
}

/// A block.
#[derive(Debug, Serialize)]
pub struct BlockLine {
    /// How many containers it stands in.
    pub depth: usize,
    /// What it is.
    pub kind: String,
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// How its text begins; empty for a container.
    pub text: String,
    /// Its class or other attributes, as far as the format gives them.
    pub attributes: BTreeMap<String, String>,
    /// Its links.
    pub links: Vec<LinkLine>,
}

/// A link of a block.
#[derive(Debug, Serialize)]
pub struct LinkLine {
    /// Where it leads.
    pub url: String,
    /// How it is given.
    pub form: &'static str,
    /// Where the address comes from.
    pub attribute: String,
    /// What it leads to, as far as the recap has it.
    pub kind: Option<LinkKind>,
}

/// A place in the document text.
#[derive(Debug, Serialize)]
pub struct Passage {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// How it begins.
    pub text: String,
}

impl Report {
    /// Looks through a document and what was extracted from it.
    pub fn new(document: &Document, extraction: &Extraction) -> Self {
        let view = View { document, points: CodePoints::new(&document.text) };
        let kinds: HashMap<&str, LinkKind> = extraction.recap.links.iter().map(|l| (l.url.as_str(), l.kind)).collect();
        let unplaced = view.unplaced(extraction);
        let unknown_links = unknown_links(extraction);
        let drafts = unplaced
            .iter()
            .map(|p| section_draft(&p.text))
            .take(3)
            .chain(unknown_links.iter().map(|(h, urls)| link_draft(h, urls)).take(3))
            .collect();
        Self {
            format: document.format.as_str(),
            charset: document.charset,
            title: document.meta.title.as_ref().map(|t| t.value.clone()),
            is_recap: extraction.is_recap,
            reason: extraction.reason.clone(),
            blocks: view.blocks(&kinds),
            records: document.records.iter().map(|r| format!("{} {}", r.vocabulary, r.types.join(" "))).collect(),
            rules: extraction.fired.iter().map(|(id, spans)| (id.clone(), spans.iter().map(|&s| view.passage(s)).collect())).collect(),
            unplaced,
            unknown_links,
            drafts,
            problems: document.problems.iter().map(|p| format!("{}: {}", p.code, p.message)).collect(),
        }
    }
}

struct View<'d> {
    document: &'d Document,
    points: CodePoints<'d>,
}

impl View<'_> {
    fn blocks(&self, kinds: &HashMap<&str, LinkKind>) -> Vec<BlockLine> {
        // Ends of the containers that are open, innermost last.
        let mut open: Vec<usize> = Vec::new();
        let line = |(index, block): (usize, &Block)| {
            while open.last().is_some_and(|&end| end <= index) {
                open.pop();
            }
            let depth = open.len();
            let leaf = block.kind.is_leaf();
            if !leaf {
                open.push(block.next);
            }
            let Passage { start, end, text } = self.passage(block.span);
            BlockLine {
                depth,
                kind: kind_name(block.kind),
                start,
                end,
                text: if leaf { text } else { String::new() },
                attributes: block.attrs.iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
                links: block.links.iter().map(|l| link_line(l, kinds)).collect(),
            }
        };
        self.document.blocks.iter().enumerate().map(line).collect()
    }

    fn passage(&self, span: Span) -> Passage {
        let text = self.document.slice(span).trim();
        Passage { start: self.points.of_byte(span.start), end: self.points.of_byte(span.end), text: shortened(text) }
    }

    /// Headings, items and cells that neither a rule nor a value of the recap touches.
    fn unplaced(&self, extraction: &Extraction) -> Vec<Passage> {
        let placed = self.placed(extraction);
        let loose = |block: &&Block| {
            let touched = placed.range(..block.span.end).next_back().is_some_and(|&last| last >= block.span.start);
            !touched && !block.span.is_empty()
        };
        let blocks = self.document.blocks.iter();
        blocks.filter(|b| self.is_line(b)).filter(loose).map(|b| self.passage(b.span)).filter(|p| !p.text.is_empty()).collect()
    }

    /// Bytes at which a finding starts. The whole-section evidence of the outline says nothing.
    fn placed(&self, extraction: &Extraction) -> BTreeSet<usize> {
        let fired = extraction.fired.values().flatten().map(|span| span.start);
        let evidence =
            extraction.recap.evidence.iter().filter(|(pointer, _)| !pointer.starts_with("/sections") && !pointer.starts_with("/links"));
        let quoted = evidence.flat_map(|(_, places)| places).map(|place| self.points.to_byte(place.start));
        fired.chain(quoted).collect()
    }

    fn is_line(&self, block: &Block) -> bool {
        let parent = || block.parent.and_then(|p| self.document.blocks.get(p)).map(|p| p.kind);
        match block.kind {
            BlockKind::Heading(_) => true,
            BlockKind::Paragraph => matches!(parent(), Some(BlockKind::Item | BlockKind::Cell { .. })),
            _ => false,
        }
    }
}

fn link_line(link: &Link, kinds: &HashMap<&str, LinkKind>) -> LinkLine {
    let form = match link.form {
        LinkForm::Anchor => "anchor",
        LinkForm::Bare => "bare",
        LinkForm::Image => "image",
        LinkForm::Embed => "embed",
    };
    LinkLine { url: link.url.clone(), form, attribute: link.attribute.clone(), kind: kinds.get(link.url.as_str()).copied() }
}

fn kind_name(kind: BlockKind) -> String {
    let name = match kind {
        BlockKind::Heading(level) => return format!("heading {level}"),
        BlockKind::Cell { header, column, .. } => return format!("{} {column}", if header { "header cell" } else { "cell" }),
        BlockKind::List { ordered } => {
            if ordered {
                "numbered list"
            } else {
                "list"
            }
        }
        BlockKind::Section(region) => region_name(region),
        BlockKind::Paragraph => "paragraph",
        BlockKind::Code => "code",
        BlockKind::Rule => "rule",
        BlockKind::Embed => "embed",
        BlockKind::Meta => "front matter",
        BlockKind::Item => "item",
        BlockKind::Quote => "quote",
        BlockKind::Table => "table",
        BlockKind::Row => "row",
    };
    name.to_owned()
}

fn region_name(region: Region) -> &'static str {
    match region {
        Region::Main => "main",
        Region::Nav => "navigation",
        Region::Aside => "aside",
        Region::Chrome => "page header or footer",
        Region::Comments => "comments",
        Region::Group => "group",
    }
}

/// Links of no known kind, by host.
fn unknown_links(extraction: &Extraction) -> BTreeMap<String, Vec<String>> {
    let mut hosts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for link in extraction.recap.links.iter().filter(|l| l.kind == LinkKind::Other) {
        let host = url::Url::parse(&link.url).ok().and_then(|url| url.host_str().map(str::to_owned));
        hosts.entry(host.unwrap_or_else(|| "(no host)".to_owned())).or_default().push(link.url.clone());
    }
    hosts
}

fn section_draft(text: &str) -> String {
    let line = text.trim_end_matches('…');
    format!(
        "[[rule]]\nid = \"mine/NAME\"\nuse = \"section\"       # or break, label, sentence, next-event, question …\nkind = \"KIND\"\nmatch = {0}\ngood = [{0}]\nbad = [\"A TEXT THAT IT MUST NOT MATCH\"]",
        toml_string(line)
    )
}

fn link_draft(host: &str, urls: &[String]) -> String {
    let example = urls.first().map_or("", String::as_str);
    format!(
        "[[rule]]\nid = \"mine/NAME\"\nuse = \"link\"\nhosts = [{}]\nkind = \"slides\"       # or video, event, profile, post, article …\nmatch = '^https?://[^/]+/PATTERN'\ngood = [{}]",
        toml_string(host),
        toml_string(example)
    )
}

/// A TOML basic string, which JSON's strings are.
fn toml_string(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let cut = line.chars().count() > SHOWN || text.lines().nth(1).is_some();
    let mut short: String = line.chars().take(SHOWN).collect();
    if cut {
        short.push('…');
    }
    short
}
