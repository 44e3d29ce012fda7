//! Tables: the directives `list-table` and `csv-table`, grid tables and simple tables.

use super::Parser;
use super::cells::{self, Cell};
use super::directives::Directive;
use super::lists;

/// Rows and columns at the head and the side that hold headings.
#[derive(Default)]
struct Headers {
    rows: usize,
    columns: usize,
}

impl Headers {
    fn of(found: &Directive<'_>) -> Self {
        let number = |name| found.option(name).and_then(|v| v.trim().parse().ok()).unwrap_or(0);
        Self { rows: number("header-rows"), columns: number("stub-columns") }
    }

    fn name(&self, row: usize, column: usize) -> &'static str {
        if row < self.rows || column < self.columns { "th" } else { "td" }
    }
}

/// Reads a grid or simple table that begins at a line; gives the line after it.
pub fn table(parser: &mut Parser<'_>, lines: &[&str], at: usize, depth: usize) -> Option<usize> {
    let (end, headers, rows) = if cells::is_grid_border(lines[at]) {
        let end = lines[at..].iter().position(|l| !l.starts_with(['+', '|'])).map_or(lines.len(), |n| at + n);
        let (headers, rows) = cells::grid(&lines[at..end]);
        (end, headers, rows)
    } else if cells::is_simple_border(lines[at]) {
        let end = cells::simple_end(lines, at)?;
        let (headers, rows) = cells::simple(&lines[at..end]);
        (end, headers, rows)
    } else {
        return None;
    };
    let headers = Headers { rows: headers, columns: 0 };
    parser.element("table", |p| {
        for (r, row) in rows.iter().enumerate() {
            p.element("tr", |p| row.iter().for_each(|cell| write_cell(p, &headers, r, cell, depth)));
        }
    });
    Some(end)
}

fn write_cell(parser: &mut Parser<'_>, headers: &Headers, row: usize, cell: &Cell<'_>, depth: usize) {
    let span = |n: usize| if n > 1 { n.to_string() } else { String::new() };
    let (columns, rows) = (span(cell.columns), span(cell.rows));
    let content = super::blocks::dedented(&cell.lines);
    parser.element_with(headers.name(row, cell.column), &[("colspan", &columns), ("rowspan", &rows)], |p| p.blocks(&content, depth + 1));
}

/// `.. list-table::`
pub fn list_table(parser: &mut Parser<'_>, found: &Directive<'_>, depth: usize) {
    let headers = Headers::of(found);
    parser.element("table", |p| {
        caption(p, found);
        for (r, row) in lists::rows(&found.content).iter().enumerate() {
            p.element("tr", |p| {
                for (c, cell) in row.iter().enumerate() {
                    p.element(headers.name(r, c), |p| p.blocks(cell, depth + 1));
                }
            });
        }
    });
}

/// `.. csv-table::`
pub fn csv_table(parser: &mut Parser<'_>, found: &Directive<'_>, depth: usize) {
    let delimiter = match found.option("delim") {
        Some("tab") => b'\t',
        Some("space") => b' ',
        Some(other) => other.bytes().next().filter(u8::is_ascii).unwrap_or(b','),
        None => b',',
    };
    let mut headers = Headers::of(found);
    let mut rows = found.option("header").map_or_else(Vec::new, |line| records(line, delimiter));
    headers.rows += rows.len();
    rows.extend(records(&found.content.join("\n"), delimiter));
    parser.element("table", |p| {
        caption(p, found);
        for (r, row) in rows.iter().enumerate() {
            p.element("tr", |p| {
                for (c, cell) in row.iter().enumerate() {
                    let lines: Vec<&str> = cell.lines().collect();
                    p.element(headers.name(r, c), |p| p.blocks(&lines, depth + 1));
                }
            });
        }
    });
}

fn caption(parser: &mut Parser<'_>, found: &Directive<'_>) {
    if !found.argument.is_empty() {
        parser.element("caption", |p| p.inline(&found.argument));
    }
}

fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let text = without_spaces(text, char::from(delimiter));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    reader.records().flatten().map(|row| row.iter().map(str::to_owned).collect()).collect()
}

/// The text without spaces between a delimiter and a quotation mark: docutils' dialect allows them, the `csv` crate does not.
fn without_spaces(text: &str, delimiter: char) -> String {
    let pieces: Vec<&str> =
        text.split('"').map(|piece| Some(piece.trim_end_matches(' ')).filter(|p| p.ends_with(delimiter)).unwrap_or(piece)).collect();
    pieces.join("\"")
}
