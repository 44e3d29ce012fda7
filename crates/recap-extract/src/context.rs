//! What every extractor reads: the document's content in order, its outline, its links by kind, its language and date.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use recap_document::{BlockKind, Document, Link, LinkForm, Region, Span};
use recap_model::{Handle, LinkKind};
use recap_rules::{Candidate, Rule, Rules, Scan, Use};

/// Stands for the rule of a link that no rule knows.
const UNKNOWN: &str = "link/unknown";

/// The document as the extractors see it.
#[derive(Debug)]
pub struct Context<'a> {
    /// The document.
    pub doc: &'a Document,
    /// The rules.
    pub rules: &'a Rules,
    /// `ja`, `en`, `fr`, `de`, `es`, `pt`, `ko`, `zh`, or another ISO 639-1 code.
    pub language: &'static str,
    /// The day that relative dates count from: the document's own date.
    pub reference: Option<Date>,
    /// Content leaves in reading order: no page furniture, no front matter, no posts.
    pub leaves: Vec<usize>,
    /// The outline; the first one stands before the first heading.
    pub sections: Vec<Outline>,
    /// Links of the content leaves in reading order.
    pub links: Vec<ContentLink<'a>>,
    /// Lines that were parsed already.
    pub lines: RefCell<crate::talks::Lines>,
    /// What was found out about would-be names before.
    pub memo: crate::person::Memo,
    /// The rules for the language over the content.
    scan: Scan<'a, 'a>,
    /// Whether the document is an event's own page, as its records tell.
    pub is_event_page: bool,
    fired: RefCell<BTreeMap<String, Vec<Span>>>,
}

/// A section: a heading and what stands under it.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The heading's block; none for the text before the first heading.
    pub heading: Option<usize>,
    /// 1 to 6; 0 for the text before the first heading.
    pub level: u8,
    /// Index of the section that it is part of.
    pub parent: Option<usize>,
    /// Kind by its heading (`qa`, `talks`, `closing` …).
    pub kind: Option<String>,
    /// Its own leaves without the heading: a range of [`Context::leaves`].
    pub own: std::ops::Range<usize>,
    /// Index in [`Context::leaves`] after its last subsection.
    pub end: usize,
}

/// A link of the content.
#[derive(Debug, Clone)]
pub struct ContentLink<'a> {
    /// Its block.
    pub block: usize,
    /// The link.
    pub link: &'a Link,
    /// What it leads to.
    pub kind: LinkKind,
    /// Canonical address.
    pub url: String,
    /// Id of the rule that knew it; `link/unknown` else.
    pub rule: &'a str,
    /// The account that it leads to.
    pub handle: Option<Handle>,
}

impl<'a> Context<'a> {
    /// Prepares a document; `posts` are the blocks that embedded posts take.
    pub fn new(doc: &'a Document, rules: &'a Rules, posts: &HashSet<usize>) -> Self {
        let leaves = content_leaves(doc, posts);
        let language = crate::language::detect(doc, &leaves);
        let ends = leaves.first().zip(leaves.last());
        let content = ends.map_or("", |(&first, &last)| doc.slice(Span::new(doc.blocks[first].span.start, doc.blocks[last].span.end)));
        let mut context = Self {
            doc,
            rules,
            language,
            reference: None,
            sections: Vec::new(),
            links: Vec::new(),
            leaves,
            lines: RefCell::default(),
            memo: crate::person::Memo::default(),
            scan: rules.scan(language, content),
            is_event_page: false,
            fired: RefCell::default(),
        };
        context.reference = crate::language::published_date(doc, language);
        context.sections = context.outline();
        context.links = context.classified_links();
        context.links.iter().filter(|l| l.rule != UNKNOWN).for_each(|l| context.fire(l.rule, l.link.span));
        context
    }

    /// The rules for a purpose that may find something in a text, in their order. Cheap for pieces of the content.
    pub fn asking(&self, purpose: Use, text: &str) -> impl Iterator<Item = Candidate<'a>> + use<'a> {
        self.scan.asking(purpose, text)
    }

    /// Those of them that are of a kind.
    pub fn asking_for(&self, purpose: Use, kind: &'static str, text: &str) -> impl Iterator<Item = Candidate<'a>> + use<'a> {
        self.asking(purpose, text).filter(move |rule| rule.kind.as_deref() == Some(kind))
    }

    /// The first rule of a kind that finds something in a text.
    pub fn said_by(&self, purpose: Use, kind: &'static str, text: &str) -> Option<&'a Rule> {
        self.asking_for(purpose, kind, text).find(|rule| rule.matches(text)).map(Candidate::rule)
    }

    /// Whether a rule of a kind finds something in a text.
    pub fn says(&self, purpose: Use, kind: &'static str, text: &str) -> bool {
        self.said_by(purpose, kind, text).is_some()
    }

    /// Text of a leaf.
    pub fn text(&self, block: usize) -> &'a str {
        self.doc.text_of(block)
    }

    /// Notes that a rule had a say at a place.
    pub fn fire(&self, rule: &str, span: Span) {
        let mut fired = self.fired.borrow_mut();
        match fired.get_mut(rule) {
            Some(spans) => spans.push(span),
            None => _ = fired.insert(rule.to_owned(), vec![span]),
        }
    }

    /// Every rule that had a say, with its places in order; the notes end with it.
    pub fn fired(&self) -> BTreeMap<String, Vec<Span>> {
        let mut fired = self.fired.take();
        for spans in fired.values_mut() {
            spans.sort_unstable();
            spans.dedup();
        }
        fired
    }

    /// The section that the leaf at a position of [`Context::leaves`] stands in.
    pub fn section_at(&self, position: usize) -> usize {
        let heading = self.sections.partition_point(|s| s.own.start <= position);
        // A heading's own position is right before its leaves.
        let candidate = heading.saturating_sub(1);
        match self.sections.get(heading) {
            Some(next) if next.heading.is_some() && next.heading == self.leaves.get(position).copied() => heading,
            _ => candidate,
        }
    }

    /// Position in [`Context::leaves`] of a block.
    pub fn position(&self, block: usize) -> Option<usize> {
        self.leaves.binary_search(&block).ok()
    }

    /// The section that a byte offset lies in.
    pub fn section_of_offset(&self, offset: usize) -> usize {
        let position = self.leaves.partition_point(|&b| self.doc.blocks[b].span.start <= offset);
        self.section_at(position.saturating_sub(1))
    }

    /// Links within a span, in order.
    pub fn links_in(&self, span: Span) -> impl Iterator<Item = &ContentLink<'a>> {
        let first = self.links.partition_point(|l| l.link.span.start < span.start);
        self.links[first..].iter().take_while(move |l| l.link.span.start <= span.end).filter(move |l| l.link.span.end <= span.end)
    }

    /// Emphasised pieces within a span, in order of their ends.
    pub fn marks_in(&self, span: Span) -> impl Iterator<Item = recap_document::Mark> + '_ {
        let leaf = self.leaves.partition_point(|&b| self.doc.blocks[b].span.start <= span.start).checked_sub(1).map(|i| self.leaves[i]);
        let marks = leaf.map_or(&[][..], |leaf| &self.doc.blocks[leaf].marks);
        marks.iter().copied().filter(move |m| span.contains(m.span))
    }

    /// Links of a block.
    pub fn links_of(&self, block: usize) -> impl Iterator<Item = &ContentLink<'a>> {
        let first = self.links.partition_point(|l| l.block < block);
        self.links[first..].iter().take_while(move |l| l.block == block)
    }

    fn outline(&self) -> Vec<Outline> {
        let mut sections = vec![Outline { heading: None, level: 0, parent: None, kind: None, own: 0..0, end: self.leaves.len() }];
        let mut open: Vec<usize> = vec![0];
        for (position, &block) in self.leaves.iter().enumerate() {
            let BlockKind::Heading(level) = self.doc.blocks[block].kind else { continue };
            let last = sections.len() - 1;
            sections[last].own.end = position;
            while open.len() > 1 && open.last().is_some_and(|&s| sections[s].level >= level) {
                if let Some(closed) = open.pop() {
                    sections[closed].end = position;
                }
            }
            let kind = self.section_kind(block);
            open.push(sections.len());
            let parent = open.len().checked_sub(2).map(|i| open[i]);
            sections.push(Outline { heading: Some(block), level, parent, kind, own: position + 1..position + 1, end: self.leaves.len() });
        }
        if let Some(last) = sections.last_mut() {
            last.own.end = self.leaves.len();
        }
        sections
    }

    fn section_kind(&self, block: usize) -> Option<String> {
        let text = self.text(block);
        let found = self.asking(Use::Section, text).find(|r| r.matches(text))?;
        self.fire(&found.id, self.doc.blocks[block].span);
        found.kind.clone()
    }

    fn classified_links(&self) -> Vec<ContentLink<'a>> {
        let doc = self.doc;
        self.leaves
            .iter()
            .flat_map(|&block| doc.blocks[block].links.iter().map(move |link| (block, link)))
            .map(|(block, link)| classify(self.rules, block, link))
            .collect()
    }
}

/// Tells what a link leads to.
pub fn classify<'a>(rules: &'a Rules, block: usize, link: &'a Link) -> ContentLink<'a> {
    let (kind, url, rule, handle) = classify_url(rules, &link.url);
    let kind = if kind == LinkKind::Other && link.form == LinkForm::Image { LinkKind::Image } else { kind };
    ContentLink { block, link, kind, url, rule, handle }
}

/// Kind, canonical address, rule and account of an address.
pub fn classify_url<'a>(rules: &'a Rules, url: &str) -> (LinkKind, String, &'a str, Option<Handle>) {
    let host = host_of(url);
    for rule in rules.of_link(&host) {
        if let Some(found) = rule.find(url) {
            let handle = found.group("handle").map(|(_, _, handle)| Handle {
                platform: rule.id.split('/').next().unwrap_or_default().to_owned(),
                handle: handle.to_owned(),
            });
            let kind = link_kind(rule.kind.as_deref().unwrap_or_default());
            return (kind, found.value().unwrap_or_else(|| url.to_owned()), rule.id.as_str(), handle);
        }
    }
    (LinkKind::Other, url.to_owned(), UNKNOWN, None)
}

/// Lower-case host of an address; empty for a relative one.
pub fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

fn link_kind(kind: &str) -> LinkKind {
    match kind {
        "slides" => LinkKind::Slides,
        "video" => LinkKind::Video,
        "event" => LinkKind::Event,
        "profile" => LinkKind::Profile,
        "post" => LinkKind::Post,
        "hashtag" => LinkKind::Hashtag,
        "collection" => LinkKind::Collection,
        "repository" => LinkKind::Repository,
        "article" => LinkKind::Article,
        "image" => LinkKind::Image,
        _ => LinkKind::Other,
    }
}

/// Leaves that are content: within the largest main region, if there is one, and in no furniture.
fn content_leaves(doc: &Document, posts: &HashSet<usize>) -> Vec<usize> {
    let main = main_region(doc);
    let mut leaves = Vec::new();
    let mut index = main.map_or(0, |(start, _)| start);
    let end = main.map_or(doc.blocks.len(), |(_, end)| end);
    while index < end {
        let block = &doc.blocks[index];
        let furniture = matches!(block.kind, BlockKind::Section(Region::Nav | Region::Aside | Region::Chrome | Region::Comments));
        if furniture || posts.contains(&index) {
            index = block.next;
            continue;
        }
        if block.kind.is_leaf() && block.kind != BlockKind::Meta {
            leaves.push(index);
        }
        index += 1;
    }
    leaves
}

/// The main region with most text, unless it holds less than a fifth of the page's.
fn main_region(doc: &Document) -> Option<(usize, usize)> {
    let mains = doc.blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Section(Region::Main));
    let (index, block) = mains.max_by_key(|(i, b)| (b.span.len(), std::cmp::Reverse(*i)))?;
    (block.span.len() * 5 >= doc.text.len()).then_some((index, block.next))
}
