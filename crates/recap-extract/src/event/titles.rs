//! The event's name in the titles of the document: the title less the words of the report.

use std::ops::Range;

use recap_document::{BlockKind, Field, Format};
use recap_rules::{Rule, Use};

use super::name::{Names, Source};
use super::piece::Piece;
use super::quotes;
use super::scope::Scope;
use recap_text::dates::{DateContext, Precision, find_dates};
use recap_text::names::fold;

/// Headings that are read as titles.
const HEADINGS: usize = 12;
/// Headings that a page's title may begin with: the group's, the event's.
const FIRST_HEADINGS: usize = 4;
/// Longest first line that may be a title, in characters.
const MAX_LINE: usize = 90;
/// Longest title, in bytes.
const MAX_TITLE: usize = 400;
/// Parts of one title that are looked at.
const MAX_PARTS: usize = 6;
/// What speaks against a whole title that has parts.
const WHOLE: f64 = 0.3;
/// What speaks for a title that ends at its number, where words of a report were cut off.
const MARKED: f64 = 1.8;
/// What speaks for the name of a site that is the group's own; enough where nothing else names the event.
const SITE: f64 = 1.4;
/// What speaks for the name behind the word for a part of an event: `Schedule | Sample Conf`.
const PART: f64 = 0.6;
/// What speaks for a line of a deck's first slide that looks like an event's name.
const SLIDE: f64 = 0.4;
/// What speaks for the heading of a page that gives day and place in fields.
const SHEET: f64 = 1.5;
/// Leaves in which a group speaks of its own event.
const OWN: usize = 12;

/// Candidates from the title, the first heading and, weaker, the other headings.
pub fn find<'a>(names: &mut Names<'_, 'a>) {
    let context = names.scope.context;
    let doc = context.doc;
    let site = doc.meta.site.as_ref().map(|f| f.value.as_str());
    if let Some(title) = &doc.meta.title {
        let headings = context.leaves.iter().filter(|&&b| matches!(doc.blocks[b].kind, BlockKind::Heading(_))).map(|&b| context.text(b));
        let headings = headings.take(FIRST_HEADINGS).filter(|h| !names.is_generic(h));
        let piece = without_site(Piece::field(doc, title), site, headings);
        let source = if is_of_site(names, title) { Source::Heading } else { Source::Title };
        add_title(names, piece, source);
    }
    let headings = context.leaves.iter().filter(|&&b| matches!(doc.blocks[b].kind, BlockKind::Heading(_)));
    for (nth, &block) in headings.take(HEADINGS).enumerate() {
        if names.scope.is_later(block) {
            continue;
        }
        let first = nth == 0 && (doc.blocks[block].kind == BlockKind::Heading(1) || doc.meta.title.is_none());
        let source = if first { Source::Title } else { Source::Heading };
        let piece = Piece::of(doc, doc.blocks[block].span).part(0..context.text(block).len());
        add_title(names, piece, source);
        if first && doc.format != Format::Plain && names.scope.is_sheet() && mark(names, piece).is_none() {
            names.add(without_date(names, piece), source, "event/title-of-fields", SHEET);
        }
    }
    if doc.meta.title.is_none() {
        first_line(names);
    }
    own_site(names);
    for (rule, field) in names.scope.given("event.name") {
        names.add(Piece::field(doc, field), Source::Field, &rule.id, 0.0);
    }
}

/// Whether a page's title is no more than its site's name: the one heading of the first level shares no word with it.
fn is_of_site(names: &Names<'_, '_>, title: &Field) -> bool {
    let context = names.scope.context;
    let mut firsts = context.leaves.iter().filter(|&&b| context.doc.blocks[b].kind == BlockKind::Heading(1));
    let (Some(&heading), None) = (firsts.next(), firsts.next()) else { return false };
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|w| !w.is_empty()).collect::<Vec<_>>();
    let own = words(context.text(heading));
    context.doc.format == Format::Html && !own.is_empty() && words(&title.value).iter().all(|word| !own.contains(word))
}

/// A title without the day or month at its end.
fn without_date<'a>(names: &Names<'_, 'a>, title: Piece<'a>) -> Piece<'a> {
    let cx = DateContext { reference: None, lang: Some(names.scope.context.language) };
    let last = find_dates(title.text, &cx).pop().filter(|d| d.precision >= Precision::Month && d.end == title.text.len() && d.start > 0);
    last.map_or(title, |date| title.part(0..date.start))
}

/// Lines of a deck's first slide that have the name of an event, less the day before them.
pub fn on_first_slide(names: &mut Names<'_, '_>) {
    let context = names.scope.context;
    for block in crate::talks::first_slide(context) {
        let whole = Piece::of(context.doc, context.doc.blocks[block].span);
        if context.doc.blocks[block].kind != BlockKind::Paragraph {
            continue;
        }
        let mut at = 0;
        for line in context.text(block).split('\n') {
            let cx = DateContext { reference: None, lang: Some(context.language) };
            let day = find_dates(line, &cx).first().filter(|d| line[..d.start].trim().is_empty()).map_or(0, |d| d.end);
            names.add(whole.part(at + day..at + line.len()), Source::Sentence, "event/first-slide", SLIDE);
            at += line.len() + 1;
        }
    }
}

/// A text that does not begin with a heading is headed by its first line, if that is short and no sentence.
fn first_line(names: &mut Names<'_, '_>) {
    let context = names.scope.context;
    let Some(&block) = context.leaves.first() else { return };
    let mut lines = context.text(block).lines();
    let line = lines.next().unwrap_or_default();
    // A line that goes on in small letters is a wrapped sentence.
    let wrapped = lines.next().is_some_and(|next| next.trim_start().starts_with(char::is_lowercase));
    let sentence = wrapped || line.ends_with(['。', '.', '!', '！', '?', '？', ':']) || line.chars().count() > MAX_LINE;
    if context.doc.blocks[block].kind == BlockKind::Paragraph && !sentence {
        add_title(names, Piece::of(context.doc, context.doc.blocks[block].span).part(0..line.len()), Source::Title);
    }
}

/// What stands at the head of a document: its first heading, its title, its first line.
pub fn first<'a>(scope: &Scope<'_, 'a>) -> Option<Piece<'a>> {
    let (context, doc) = (scope.context, scope.context.doc);
    let heading = context.leaves.iter().copied().take(2).find(|&b| matches!(doc.blocks[b].kind, BlockKind::Heading(1 | 2)));
    let piece = |block: usize, text: &str| Piece::of(doc, doc.blocks[block].span).part(0..text.len());
    let line = || {
        let &block = context.leaves.first()?;
        let line = context.text(block).lines().next().unwrap_or_default();
        (line.chars().count() <= MAX_LINE).then(|| piece(block, line))
    };
    heading.map(|b| piece(b, context.text(b))).or_else(|| doc.meta.title.as_ref().map(|t| Piece::field(doc, t))).or_else(line)
}

/// Cuts the site's name off the end of a page's title: the name that the page gives, or what stands behind the words of its heading.
fn without_site<'a>(title: Piece<'a>, site: Option<&str>, headings: impl Iterator<Item = &'a str>) -> Piece<'a> {
    const BREAKS: [char; 10] = [' ', '|', '-', '–', '—', '｜', ':', '»', '·', '・'];
    const JOINTS: &[&str] = &["|", "｜", "»", "–", "—", "::", "- ", "· ", "• "];
    let named = site.and_then(|site| title.text.strip_suffix(site)).map(|rest| rest.trim_end_matches(BREAKS));
    let goes_on = |rest: &str| {
        let next = rest.trim_start();
        // A dash within a word goes on with it.
        JOINTS.iter().any(|joint| next.starts_with(joint)) && (next.len() < rest.len() || !next.starts_with('-'))
    };
    let headed = headings.filter(|h| title.text.strip_prefix(*h).is_some_and(goes_on)).max_by_key(|h| h.len());
    let cut = named.or(headed);
    cut.filter(|rest| !rest.trim().is_empty()).map_or(title, |rest| title.part(0..rest.len()))
}

/// The parts of a title that says more than the name: `Three days in Ghent: Sample Conf`.
fn parts(title: Piece<'_>) -> Vec<Piece<'_>> {
    const SEPARATORS: &[&str] = &[": ", " - ", " – ", " — ", " | ", " · ", ", ", "! ", "? ", " (", " at ", " @ ", "：", "｜"];
    let cuts = |sep: &&str| title.text.match_indices(*sep).map(|(at, sep)| (at, at + sep.len())).collect::<Vec<_>>();
    let mut cuts: Vec<(usize, usize)> = SEPARATORS.iter().flat_map(cuts).take(MAX_PARTS).collect();
    cuts.sort_unstable();
    let starts = std::iter::once(0).chain(cuts.iter().map(|(_, end)| *end));
    let ends = cuts.iter().map(|(start, _)| *start).chain([title.text.len()]);
    let ranges = starts.zip(ends).filter(|(start, end)| start < end);
    if cuts.is_empty() { Vec::new() } else { ranges.map(|(start, end)| title.part(start..end)).collect() }
}

/// What may be the name where a title says more: its parts, and each of them up to its number.
fn pieces<'a>(names: &mut Names<'_, 'a>, title: Piece<'a>, marked: bool, parts: &[Piece<'a>]) {
    for &part in parts {
        names.add(part, Source::Title, "event/title-part", 0.0);
    }
    for (piece, bonus) in parts.iter().map(|&part| (part, 0.0)).chain([(title, if marked { MARKED } else { 0.0 })]) {
        if let Some(short) = names.up_to_number(piece) {
            names.add(short, Source::Title, "event/title-number", bonus);
        }
    }
}

/// The site's name, where the site is the group's own: the text says `our meetup`, `thanks to everyone who came`.
fn own_site(names: &mut Names<'_, '_>) {
    let context = names.scope.context;
    let doc = context.doc;
    let mut headings = context.leaves.iter().filter(|&&b| matches!(doc.blocks[b].kind, BlockKind::Heading(_)));
    let called = doc.meta.title.as_ref().map(|t| t.value.as_str()).unwrap_or_default();
    let heading = headings.find(|&&b| !context.text(b).trim().is_empty() && called.starts_with(context.text(b).trim()));
    let behind = |title: Piece<'_>| {
        let head = heading.map_or("", |&h| context.text(h).trim());
        let rest = title.text.strip_prefix(head).filter(|_| !head.is_empty())?;
        let name = rest.trim_start_matches([' ', '|', '-', '–', '—', '｜', ':', '»', '·', '•']);
        (name.len() < rest.len()).then(|| title.text.len() - name.len())
    };
    let site = doc.meta.site.as_ref().map(|site| Piece::field(doc, site));
    let title = doc.meta.title.as_ref().map(|title| Piece::field(doc, title));
    let site = site.or_else(|| title.and_then(|t| behind(t).map(|at| t.part(at..t.text.len()))));
    let told = names.scope.front.iter().take(OWN).find_map(|&b| Some((b, context.said_by(Use::EventName, "own", context.text(b))?)));
    let Some(site) = site else { return };
    if let Some((block, rule)) = told {
        context.fire(&rule.id, doc.blocks[block].span);
        names.add(site, Source::Heading, &rule.id, SITE);
    } else if heading.is_some_and(|&h| is_part(names, h) || is_below(names, context.text(h), site.text)) {
        // Nobody but an event has a page that is called `Schedule`.
        names.add(site, Source::Title, "event/site-of-part", PART);
    }
}

/// Whether a page lies below an event's: its heading is no event's name, and the site's is one with its year or number.
fn is_below(names: &Names<'_, '_>, heading: &str, site: &str) -> bool {
    let page = names.scope.context.doc.format == recap_document::Format::Html;
    page && names.is_numbered(site) && !names.looks_named(heading)
}

/// Whether a heading is what pages of an event's own site are called: `Schedule`, `Speakers`.
fn is_part(names: &Names<'_, '_>, heading: usize) -> bool {
    let context = names.scope.context;
    let section = context.position(heading).map(|p| &context.sections[context.section_at(p)]);
    matches!(section.and_then(|s| s.kind.as_deref()), Some("timetable" | "speakers" | "talks"))
}

/// Cuts names out of a title.
fn add_title<'a>(names: &mut Names<'_, 'a>, title: Piece<'a>, source: Source) {
    if title.text.is_empty() || title.text.len() > MAX_TITLE {
        return;
    }
    let marked = mark(names, title);
    add_quoted(names, title, source, marked.is_some());
    let parts = if names.verb_last() { Vec::new() } else { parts(title) };
    match marked {
        Some((piece, rule)) => names.add(piece, source, &rule.id, 2.0),
        // A part that names nothing (`May meetup | …`) makes the whole no name either.
        None if parts.iter().any(|part| names.is_generic(part.text)) => {}
        None => names.add(title, source, source.rule(), if parts.is_empty() { 0.0 } else { -WHOLE }),
    }
    if source == Source::Title && !names.verb_last() {
        pieces(names, marked.map_or(title, |(piece, _)| piece), marked.is_some(), &parts);
    }
}

/// The title up to the words that make it a report's; behind them, where nothing stands before.
fn mark<'a>(names: &Names<'_, 'a>, title: Piece<'a>) -> Option<(Piece<'a>, &'a Rule)> {
    let quotes: Vec<Range<usize>> = quotes::find(title.text).into_iter().map(|q| q.outer).collect();
    let marks = names.scope.context.asking_for(Use::EventName, "mark", title.text).filter_map(|rule| {
        let found = rule.find_all(title.text).find(|f| !quotes.iter().any(|q| q.start <= f.start && f.start < q.end))?;
        Some((found.start, found.end, rule.rule()))
    });
    let (start, end, rule) = marks.min_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)))?;
    let before = title.part(0..start);
    let behind = title.part(end..title.text.len());
    let piece = if names.trim(before).text.is_empty() { mark(names, behind).map_or(behind, |(piece, _)| piece) } else { before };
    names.scope.context.fire(&rule.id, piece.span());
    (!piece.text.is_empty()).then_some((piece, rule))
}

/// A name in quotation marks in a title that says more.
fn add_quoted<'a>(names: &mut Names<'_, 'a>, title: Piece<'a>, source: Source, marked: bool) {
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
