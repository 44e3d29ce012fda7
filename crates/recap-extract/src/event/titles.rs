//! The event's name in the titles of the document: the title less the words of the report.

use std::ops::Range;

use recap_document::BlockKind;
use recap_rules::{Rule, Use};

use super::name::{Names, Source};
use super::piece::Piece;
use super::quotes;

/// Headings that are read as titles.
const HEADINGS: usize = 12;
/// Longest first line that may be a title, in characters.
const MAX_LINE: usize = 90;
/// Longest title, in bytes.
const MAX_TITLE: usize = 400;

/// Candidates from the title, the first heading and, weaker, the other headings.
pub fn find<'a>(names: &mut Names<'_, 'a>) {
    let context = names.scope.context;
    let doc = context.doc;
    let cutter = Cutter::new(names);
    let site = doc.meta.site.as_ref().map(|f| f.value.as_str());
    if let Some(title) = &doc.meta.title {
        let piece = without_site(Piece::field(doc, title), site);
        cutter.title(names, piece, Source::Title);
    }
    let headings = context.leaves.iter().filter(|&&b| matches!(doc.blocks[b].kind, BlockKind::Heading(_)));
    for (nth, &block) in headings.take(HEADINGS).enumerate() {
        if names.scope.is_later(block) {
            continue;
        }
        let first = nth == 0 && (doc.blocks[block].kind == BlockKind::Heading(1) || doc.meta.title.is_none());
        let source = if first { Source::Title } else { Source::Heading };
        cutter.title(names, Piece::of(doc, doc.blocks[block].span).part(0..context.text(block).len()), source);
    }
    if doc.meta.title.is_none() {
        first_line(names, &cutter);
    }
    for (rule, field) in names.scope.given("event.name") {
        names.add(Piece::field(doc, field), Source::Field, &rule.id, 0.0);
    }
}

/// A text that does not begin with a heading is headed by its first line, if that is short and no sentence.
fn first_line<'a>(names: &mut Names<'_, 'a>, cutter: &Cutter<'a>) {
    let context = names.scope.context;
    let Some(&block) = context.leaves.first() else { return };
    let line = context.text(block).lines().next().unwrap_or_default();
    let sentence = line.ends_with(['。', '.', '!', '！', '?', '？', ':']) || line.chars().count() > MAX_LINE;
    if context.doc.blocks[block].kind == BlockKind::Paragraph && !sentence {
        cutter.title(names, Piece::of(context.doc, context.doc.blocks[block].span).part(0..line.len()), Source::Title);
    }
}

/// Cuts the site's name off the end of a page's title.
fn without_site<'a>(title: Piece<'a>, site: Option<&str>) -> Piece<'a> {
    let cut = site
        .and_then(|site| title.text.strip_suffix(site))
        .map(|rest| rest.trim_end_matches([' ', '|', '-', '–', '—', '｜', ':', '»', '·', '・']));
    cut.filter(|rest| !rest.trim().is_empty()).map_or(title, |rest| title.part(0..rest.len()))
}

/// Cuts names out of titles.
struct Cutter<'a> {
    marks: Vec<&'a Rule>,
}

impl<'a> Cutter<'a> {
    fn new(names: &Names<'_, 'a>) -> Self {
        Self { marks: names.scope.rules(Use::EventName, "mark") }
    }

    fn title(&self, names: &mut Names<'_, 'a>, title: Piece<'a>, source: Source) {
        if title.text.is_empty() || title.text.len() > MAX_TITLE {
            return;
        }
        let marked = self.mark(names, title);
        self.quoted(names, title, source, marked.is_some());
        match marked {
            Some((piece, rule)) => names.add(piece, source, &rule.id, 2.0),
            None => names.add(title, source, source.rule(), 0.0),
        };
    }

    /// The title up to the words that make it a report's; behind them, where nothing stands before.
    fn mark(&self, names: &Names<'_, 'a>, title: Piece<'a>) -> Option<(Piece<'a>, &'a Rule)> {
        let quotes: Vec<Range<usize>> = quotes::find(title.text).into_iter().map(|q| q.outer).collect();
        let first = |rule: &'a Rule| {
            let found = rule.find_all(title.text).find(|f| !quotes.iter().any(|q| q.start <= f.start && f.start < q.end))?;
            Some((found.start, found.end, rule))
        };
        let (start, end, rule) =
            self.marks.iter().filter_map(|rule| first(rule)).min_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)))?;
        let before = title.part(0..start);
        let behind = title.part(end..title.text.len());
        let piece = if names.trim(before).text.is_empty() { self.mark(names, behind).map_or(behind, |(piece, _)| piece) } else { before };
        names.scope.context.fire(&rule.id, piece.span());
        (!piece.text.is_empty()).then_some((piece, rule))
    }

    /// A name in quotation marks in a title that says more.
    fn quoted(&self, names: &mut Names<'_, 'a>, title: Piece<'a>, source: Source, marked: bool) {
        for quote in quotes::find(title.text).into_iter().chain(quotes::in_front(title.text)) {
            let before = title.part(0..quote.outer.start);
            let inner = title.part(quote.inner.clone());
            let named = names.looks_named(inner.text);
            let whole = names.trim(before).text.is_empty() && marked;
            if (named || whole) && !names.is_numbered(before.text) {
                let bonus = match (marked, names.is_numbered(inner.text), names.looks_named(before.text)) {
                    (true, true, _) => 2.5,
                    (false, true, _) => 0.5,
                    (_, false, true) => 0.3,
                    (true, false, false) => 1.5,
                    (false, false, false) => 0.5,
                };
                names.add(inner, source, "event/title-quote", bonus);
            }
        }
    }
}
