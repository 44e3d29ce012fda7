//! Talks in timetables: lists with a column for the title, and grids with a column for each room.

mod beside;
pub(super) mod cell;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use recap_document::{BlockKind, Span};
use recap_model::{Method, Role};
use recap_rules::Use;

use super::line::{self, Label, Line, unquote};
use super::title;
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::{Found, Proof};
use crate::person::{Known, trim, whole_line};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Time,
    Title,
    Speaker,
    Affiliation,
    Other,
}

/// A body cell: column and text.
type Cells = BTreeMap<u16, Span>;

/// Likeness of a name that a cell's second line needs.
pub(super) const LIKELY: f64 = 0.45;
/// Likeness of the names in a column whose header says nothing of speakers.
const SURE: f64 = 0.6;
/// Share of a grid's cells that name their speakers, from which on a cell that names nobody is no talk.
pub(super) const MOSTLY: f64 = 0.6;

/// Cells of a table that are compared.
const MAX_CELLS: usize = 200;

/// Longest heading that tells the kind of all talks below it, in characters.
const MAX_HEADING: usize = 16;

/// How a table is read.
#[derive(Debug, Clone)]
struct Layout {
    columns: BTreeMap<u16, Column>,
    /// Body rows that are headers in truth.
    first: usize,
    /// Times down, rooms across: each cell is a slot with title and speakers.
    grid: bool,
    /// The shape in which most cells name their speakers beside the title.
    shape: Option<String>,
}

/// Finds talks in tables.
pub fn find(context: &Context<'_>, known: &Known) -> Vec<TalkDraft> {
    let tables = (0..context.doc.blocks.len()).filter(|&b| context.doc.blocks[b].kind == BlockKind::Table);
    tables.filter(|&table| is_content(context, table)).flat_map(|table| talks_of(context, known, table)).collect()
}

/// Candidates that stand outside of the tables that hold talks: those know their cells better.
pub fn outside(context: &Context<'_>, candidates: Vec<TalkDraft>, tables: &[TalkDraft]) -> Vec<TalkDraft> {
    let taken: HashSet<usize> = tables.iter().filter_map(|t| table_of(context, t.span)).collect();
    candidates.into_iter().filter(|c| table_of(context, c.span).is_none_or(|table| !taken.contains(&table))).collect()
}

/// The outermost table around a span.
fn table_of(context: &Context<'_>, span: Span) -> Option<usize> {
    let position = context.leaves.partition_point(|&leaf| context.doc.blocks[leaf].span.end < span.start);
    let leaf = *context.leaves.get(position)?;
    context.doc.ancestors(leaf).filter(|&b| context.doc.blocks[b].kind == BlockKind::Table).last()
}

fn is_content(context: &Context<'_>, table: usize) -> bool {
    context.doc.leaves(table).next().is_some_and(|leaf| context.position(leaf).is_some())
}

fn talks_of(context: &Context<'_>, known: &Known, table: usize) -> Vec<TalkDraft> {
    let rows: Vec<usize> = context.doc.children(table).filter(|&b| context.doc.blocks[b].kind == BlockKind::Row).collect();
    let cells: Vec<(bool, Cells)> = rows.iter().map(|&row| cells_of(context, row)).collect();
    if cells.len() < 2 {
        return Vec::new();
    }
    let headers: Vec<&Cells> = cells.iter().take(3).filter(|(header, _)| *header).map(|(_, c)| c).collect();
    let body: Vec<&Cells> = cells.iter().filter(|(header, _)| !header).map(|(_, c)| c).collect();
    if is_fact_sheet(context, &cells) {
        return Vec::new();
    }
    let layout = layout(context, known, &headers, &body, timetable_section(context, table));
    if !useful(&layout.columns) {
        return Vec::new();
    }
    let heading_kind = parent_kind(context, table);
    let mut talks = Vec::new();
    for row in &body[layout.first.min(body.len())..] {
        let before = talks.len();
        talks.extend(row_talks(context, known, row, &layout));
        if let [talk] = &mut talks[before..] {
            own_row(context, row, talk);
        }
        for talk in &mut talks[before..] {
            let talk: &mut TalkDraft = talk;
            talk.kind = talk.kind.take().or_else(|| heading_kind.clone());
        }
    }
    // One row that happens to read like a talk makes no timetable.
    if talks.iter().any(|t: &TalkDraft| !t.speakers.is_empty()) || timetable_section(context, table) { talks } else { Vec::new() }
}

/// A table of labels and values (`会場 | …`, `Date | …`) about the event.
fn is_fact_sheet(context: &Context<'_>, cells: &[(bool, Cells)]) -> bool {
    let labels = cells.iter().filter(|(_, row)| row.len() == 2 && row.get(&0).is_some_and(|s| is_event_label(context, *s))).count();
    labels >= 2 && labels * 3 >= cells.len()
}

fn is_event_label(context: &Context<'_>, span: Span) -> bool {
    let text = context.doc.slice(span);
    let rules = context.asking(Use::Field, text).filter(|r| r.kind.as_deref().is_some_and(|k| k.starts_with("event.")));
    text.chars().count() <= 16 && rules.into_iter().any(|r| r.matches(text))
}

fn section_of(context: &Context<'_>, table: usize) -> usize {
    context.section_of_offset(context.doc.blocks[table].span.start)
}

fn timetable_section(context: &Context<'_>, table: usize) -> bool {
    let kind = context.sections[section_of(context, table)].kind.as_deref();
    matches!(kind, Some("timetable" | "talks" | "lightning" | "schedule"))
}

fn parent_kind(context: &Context<'_>, table: usize) -> Option<Found<recap_model::TalkKind>> {
    let outline = &context.sections[section_of(context, table)];
    let place = context.doc.blocks[outline.heading?].span;
    let kind = outline.kind.as_deref().filter(|k| *k != "talks").and_then(line::talk_kind).or_else(|| labelled(context, place))?;
    Some(Found::new(kind, Proof::text(place, "talk/parent-heading", Method::Derived, 0.88)))
}

/// The kind that a short heading begins with: `LT一覧`, `Lightning talks`.
fn labelled(context: &Context<'_>, heading: Span) -> Option<recap_model::TalkKind> {
    let text = context.doc.slice(heading);
    let rules = context.asking(Use::Label, text).filter(|r| r.kind.as_deref() != Some("talk"));
    let starts = |r: &recap_rules::Candidate<'_>| r.find(text).is_some_and(|f| f.start == 0 && f.end > 0);
    rules.filter(|_| text.chars().count() <= MAX_HEADING).find(starts).and_then(|r| line::talk_kind(r.rule().kind.as_deref()?))
}

fn cells_of(context: &Context<'_>, row: usize) -> (bool, Cells) {
    let mut all_header = true;
    let mut cells = Cells::new();
    for cell in context.doc.children(row) {
        if let BlockKind::Cell { header, column, .. } = context.doc.blocks[cell].kind {
            all_header &= header;
            cells.insert(column, trim(context.doc, context.doc.blocks[cell].span));
        }
    }
    (all_header && !cells.is_empty(), cells)
}

/// What each column holds: by its header, else by its cells.
fn layout(context: &Context<'_>, known: &Known, headers: &[&Cells], body: &[&Cells], expected: bool) -> Layout {
    let list = |columns, first| {
        let shape = shared_shape(context, known, &columns, body);
        Layout { columns, first, grid: false, shape }
    };
    if let Some(columns) = headers.iter().map(|row| named(context, row)).find(useful) {
        return list(columns, 0);
    }
    if let Some(columns) = body.first().map(|row| named(context, row)).filter(useful) {
        return list(columns, 1);
    }
    // A header that tells of speakers and companies alone is that of a list of people.
    let said: Vec<Column> = headers.iter().flat_map(|row| named(context, row).into_values()).collect();
    if said.contains(&Column::Speaker) && said.contains(&Column::Affiliation) {
        return list(BTreeMap::new(), 0);
    }
    rooms(context, known, body)
        .unwrap_or_else(|| list(by_content(context, known, body, if expected || headers.is_empty() { LIKELY } else { SURE }), 0))
}

/// A grid: a column of times, and cells of which most name their speakers below the title.
fn rooms(context: &Context<'_>, known: &Known, body: &[&Cells]) -> Option<Layout> {
    let mut columns = BTreeMap::new();
    for column in used(body) {
        let cells: Vec<Span> = body.iter().filter_map(|row| row.get(&column)).copied().filter(|s| !s.is_empty()).collect();
        let timed = cells.iter().filter(|&&s| starts_with_clock(context, s)).count();
        let is_time = timed >= 2 && timed * 3 >= cells.len() * 2;
        columns.insert(column, if is_time { Column::Time } else { Column::Title });
    }
    let slots = body
        .iter()
        .flat_map(|row| row.iter())
        .filter(|(c, s)| columns.get(*c) == Some(&Column::Title) && !s.is_empty() && !is_break(context, **s));
    let (mut all, mut told) = (0_usize, 0_usize);
    for (_, &cell) in slots {
        all += 1;
        told += usize::from(cell::read(context, known, cell, LIKELY).is_some());
    }
    let timed = columns.values().any(|c| *c == Column::Time);
    (timed && told >= 2 && told as f64 >= all as f64 * MOSTLY).then_some(Layout { columns, first: 0, grid: true, shape: None })
}

fn useful(columns: &BTreeMap<u16, Column>) -> bool {
    columns.values().any(|c| *c == Column::Title)
}

fn named(context: &Context<'_>, row: &Cells) -> BTreeMap<u16, Column> {
    row.iter().filter_map(|(column, span)| Some((*column, header_column(context, context.doc.slice(*span))?))).collect()
}

fn header_column(context: &Context<'_>, text: &str) -> Option<Column> {
    if text.chars().count() > 24 {
        return None;
    }
    // `発表タイトル` is a title, though `発表` alone calls the speaker: the longest label counts, and of equals that of a talk.
    let hits = context.asking(Use::Field, text).filter_map(|rule| rule.find(text));
    let labels = hits.filter(|hit| text[..hit.start].trim().is_empty());
    let kinds = labels.filter_map(|hit| Some((hit.end, hit.rule.kind.as_deref()?)));
    let (_, kind) = kinds
        .reduce(|best, next| if (next.0, next.1.starts_with("talk.")) > (best.0, best.1.starts_with("talk.")) { next } else { best })?;
    Some(match kind {
        "talk.title" => Column::Title,
        "talk.speaker" => Column::Speaker,
        "talk.affiliation" => Column::Affiliation,
        "talk.time" | "event.date" => Column::Time,
        _ => Column::Other,
    })
}

/// The columns in which cells begin.
fn used(body: &[&Cells]) -> BTreeSet<u16> {
    body.iter().flat_map(|row| row.keys().copied()).collect()
}

/// Without a header: times, then the column that mostly holds people, then the one with the longest texts.
fn by_content(context: &Context<'_>, known: &Known, body: &[&Cells], least: f64) -> BTreeMap<u16, Column> {
    let mut columns = BTreeMap::new();
    let texts = |column: u16| body.iter().filter_map(move |row| row.get(&column)).copied().filter(|s| !s.is_empty());
    let share = |column: u16, test: &dyn Fn(Span) -> bool| {
        let all = texts(column).count();
        if all * 2 >= body.len().min(4) { texts(column).filter(|&s| test(s)).count() as f64 / all.max(1) as f64 } else { 0.0 }
    };
    for column in used(body) {
        if share(column, &|s| starts_with_clock(context, s)) >= 0.6 {
            columns.insert(column, Column::Time);
        } else if share(column, &|s| is_dated(context, s)) >= 0.6 {
            columns.insert(column, Column::Other);
        } else if share(column, &|s| !whole_line(context, Some(known), s, Role::Speaker, least).0.is_empty()) >= 0.6 {
            columns.insert(column, Column::Speaker);
        }
    }
    let timed = columns.values().any(|c| *c == Column::Time);
    let spoken = columns.values().any(|c| *c == Column::Speaker);
    let longest = used(body).into_iter().filter(|c| !columns.contains_key(c)).max_by_key(|&c| texts(c).map(Span::len).sum::<usize>());
    if let Some(column) = longest.filter(|_| timed || spoken) {
        columns.insert(column, Column::Title);
    }
    columns
}

/// The shape in which most titles name their speaker, where no column does.
fn shared_shape(context: &Context<'_>, known: &Known, columns: &BTreeMap<u16, Column>, body: &[&Cells]) -> Option<String> {
    if columns.values().any(|c| *c == Column::Speaker) {
        return None;
    }
    let titles = body.iter().flat_map(|row| row.iter()).filter(|(c, s)| columns.get(*c) == Some(&Column::Title) && !s.is_empty());
    let cells: Vec<Span> = titles.map(|(_, s)| *s).filter(|&s| !is_break(context, s)).take(MAX_CELLS).collect();
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    for cell in &cells {
        let line = line::read(context, known, *cell);
        let best = line.variants.iter().find(|v| !v.people.is_empty() && v.title.is_some() && !v.is_doubtful());
        best.into_iter().for_each(|v| *shapes.entry(v.shape.clone()).or_default() += 1);
    }
    let (shape, count) = shapes.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= 3 && count as f64 >= cells.len() as f64 * MOSTLY).then_some(shape)
}

/// Whether a cell holds hardly more than a date or a number: a digit and at most two short words (`Sat, Jan 17`, `5. Mai`).
fn is_dated(context: &Context<'_>, span: Span) -> bool {
    let text = context.doc.slice(span);
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    text.contains(|c: char| c.is_ascii_digit()) && words().count() <= 2 && words().all(|w| w.chars().count() <= 9)
}

fn starts_with_clock(context: &Context<'_>, span: Span) -> bool {
    let text = context.doc.slice(span).trim_start_matches(['~', '〜', '～']);
    super::clock::time_length(text).is_some()
}

fn row_talks(context: &Context<'_>, known: &Known, row: &Cells, layout: &Layout) -> Vec<TalkDraft> {
    let of =
        |wanted: Column| row.iter().filter(move |(c, _)| layout.columns.get(c) == Some(&wanted)).map(|(_, s)| *s).filter(|s| !s.is_empty());
    let multiple = layout.columns.values().filter(|c| **c == Column::Title).count() > 1;
    let speaker = of(Column::Speaker).next().filter(|_| !multiple);
    let told = |cell: Span| {
        // Where most cells name their speakers, so does this one, whatever its names look like.
        let least = if layout.grid { 0.0 } else { LIKELY };
        speaker.is_none().then(|| cell::read(context, known, cell, least)).flatten()
    };
    let talk = |cell: Span| {
        if is_break(context, cell) {
            return None;
        }
        match told(cell) {
            Some(slot) => Some(slot_talk(context, known, cell, slot)),
            None => cell_talk(context, known, cell, (speaker, layout.shape.as_deref()))
                .filter(|t| !layout.grid || t.kind.is_some() || !t.speakers.is_empty()),
        }
    };
    let mut talks: Vec<TalkDraft> = of(Column::Title).filter_map(talk).collect();
    if let ([talk], Some(speaker)) = (talks.as_mut_slice(), speaker) {
        let others = row.iter().filter(|(c, cell)| **cell != speaker && layout.columns.get(c) != Some(&Column::Title));
        beside::complete(context, talk, others.map(|(_, cell)| *cell), of(Column::Affiliation).next());
    }
    if let ([talk], false) = (talks.as_mut_slice(), layout.grid || multiple) {
        row.values().for_each(|cell| super::material::attach_within(context, talk, *cell));
    }
    talks
}

/// The only talk of a row has all its cells: decks mostly stand in one of their own.
fn own_row(context: &Context<'_>, row: &Cells, talk: &mut TalkDraft) {
    let starts = row.values().filter(|s| !s.is_empty()).map(|s| s.start);
    let Some((first, last)) = starts.clone().min().zip(starts.max()) else { return };
    let position = |offset: usize| context.leaves.partition_point(|&leaf| context.doc.blocks[leaf].span.end < offset);
    talk.leaves = position(first)..(position(last) + 1).min(context.leaves.len());
}

pub(super) fn is_break(context: &Context<'_>, cell: Span) -> bool {
    let text = context.doc.slice(cell);
    context.asking(Use::Break, text).any(|r| r.matches(text))
}

/// A talk whose cell has its title and its speakers in lines of their own.
pub(super) fn slot_talk(context: &Context<'_>, known: &Known, cell: Span, slot: cell::Slot) -> TalkDraft {
    let line = line::read(context, known, slot.title);
    let quote = line.variants.iter().find(|v| v.people.is_empty() && v.shape.contains("quote")).and_then(|v| v.title);
    // Where a line of its own tells the kind, no word of the title does.
    let plain = if slot.kind.is_some() { Some(slot.title) } else { line.plain_title() };
    let span = quote.or(plain).map(|s| unquote(context.doc, s)).filter(|&s| says(context, s)).unwrap_or(slot.title);
    let mut talk = TalkDraft::at(cell, 0.88);
    talk.title = Some(title(context, span, "talk/timetable", 0.92));
    talk.speakers = slot.people;
    let label = slot.kind.as_ref().filter(|l| l.kind.is_some()).or_else(|| line.kind());
    talk.kind = label.and_then(kind_of);
    talk
}

/// The talk of a cell, its speaker in another one or in the shape that most cells have.
fn cell_talk(context: &Context<'_>, known: &Known, cell: Span, (speaker, shape): (Option<Span>, Option<&str>)) -> Option<TalkDraft> {
    let text = context.doc.slice(cell);
    if text.chars().count() < 2 || text.chars().count() > 400 {
        return None;
    }
    let line = line::read(context, known, cell);
    let people = speaker.map(|s| whole_line(context, Some(known), s, Role::Speaker, 0.0).0).unwrap_or_default();
    let mut talk = TalkDraft::at(cell, 0.85);
    let shared = || line.variants.iter().find(|v| shape == Some(v.shape.as_str()) && v.title.is_some());
    let chosen = if people.is_empty() { line.with_people(0.5).or_else(shared).cloned() } else { None };
    let quote = line.variants.iter().find(|v| v.people.is_empty() && v.shape.contains("quote")).and_then(|v| v.title);
    let (span, people) = match chosen {
        Some(variant) => (variant.title, variant.people),
        None => (quote.or_else(|| line.plain_title()), people),
    };
    // `Lightning talks (60min)` is called by its label.
    let span = span.map(|s| unquote(context.doc, s)).filter(|s| !s.is_empty());
    let span = span.map(|s| if says(context, s) { s } else { line.labels.first().map_or(s, |l| l.span) });
    if span.is_none() && people.is_empty() {
        return None;
    }
    talk.title = span.map(|s| title(context, s, "talk/timetable", 0.9));
    talk.speakers = people;
    talk.kind = kind(&line);
    Some(talk)
}

/// Whether a title has words outside of brackets.
fn says(context: &Context<'_>, span: Span) -> bool {
    let mut depth = 0_i32;
    context.doc.slice(span).chars().any(|c| {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        depth == 0 && c.is_alphanumeric()
    })
}

fn kind(line: &Line) -> Option<Found<recap_model::TalkKind>> {
    kind_of(line.kind()?)
}

fn kind_of(label: &Label) -> Option<Found<recap_model::TalkKind>> {
    Some(Found::new(label.kind?, Proof::text(label.span, &label.rule, Method::Normalised, 0.92)))
}
