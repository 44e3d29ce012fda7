//! Tables drawn with characters, cut into cells by columns.

use super::blocks::indent_of;
use crate::plain::width_of;

/// Columns that a table may have; further ones join the last.
const MAX_COLUMNS: usize = 200;

/// A cell: its place, what it covers, and its lines.
pub struct Cell<'a> {
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
    pub lines: Vec<&'a str>,
}

/// `+---+===+`
pub fn is_grid_border(line: &str) -> bool {
    line.len() > 2
        && line.starts_with('+')
        && line.ends_with('+')
        && line.bytes().all(|b| matches!(b, b'+' | b'-' | b'='))
        && line.contains(['-', '='])
}

/// `==== ===`
pub fn is_simple_border(line: &str) -> bool {
    line.starts_with('=') && line.contains("= ") && line.bytes().all(|b| matches!(b, b'=' | b' '))
}

/// Columns before each character and its text offset; full-width characters count two or one, as the author drew.
fn columns(line: &str, wide: bool) -> impl Iterator<Item = (usize, usize, char)> + '_ {
    let mut column = 0;
    line.char_indices().map(move |(at, c)| {
        let here = column;
        column += if wide { width_of(c) } else { 1 };
        (here, at, c)
    })
}

/// A line cut at columns.
struct Pieces<'a> {
    line: &'a str,
    /// Where each piece starts, and the line's end.
    offsets: Vec<usize>,
}

impl<'a> Pieces<'a> {
    fn cut(line: &'a str, bounds: &[usize], wide: bool) -> Self {
        let mut offsets = Vec::with_capacity(bounds.len() + 1);
        for (column, at, _) in columns(line, wide) {
            while offsets.len() < bounds.len() && column >= bounds[offsets.len()] {
                offsets.push(at);
            }
        }
        offsets.resize(bounds.len() + 1, line.len());
        Self { line, offsets }
    }

    /// The text from a column on, over some columns.
    fn text(&self, column: usize, columns: usize) -> &'a str {
        let end = self.offsets.get(column + columns).copied().unwrap_or(self.line.len());
        self.offsets.get(column).and_then(|&start| self.line.get(start..end)).unwrap_or("")
    }

    /// Whether a border runs over a column.
    fn is_border(&self, column: usize) -> bool {
        let piece = self.text(column, 1);
        let inner = piece.strip_prefix(['+', '|']).unwrap_or(piece).trim_end_matches(['+', '|']);
        !inner.is_empty() && inner.bytes().all(|b| matches!(b, b'-' | b'='))
    }
}

/// Header rows and cells of a grid table.
pub fn grid<'a>(lines: &[&'a str]) -> (usize, Vec<Vec<Cell<'a>>>) {
    let bounds: Vec<usize> = {
        let full = lines.iter().filter(|l| is_grid_border(l));
        let mut all: Vec<usize> = full.flat_map(|l| l.match_indices('+').map(|(at, _)| at)).collect();
        all.sort_unstable();
        all.dedup();
        all.truncate(MAX_COLUMNS);
        all
    };
    let fits = |wide: bool| {
        lines
            .iter()
            .filter(|l| l.starts_with('|'))
            .filter(|l| columns(l, wide).any(|(c, _, ch)| Some(&c) == bounds.last() && ch == '|'))
            .count()
    };
    let wide = fits(true) >= fits(false);
    let width = bounds.len().saturating_sub(1);
    let mut bands: Vec<Band<'_>> = Vec::new();
    let mut header = 0;
    for line in lines.iter().skip(1) {
        let pieces = Pieces::cut(line, &bounds, wide);
        let borders: Vec<bool> = (0..width).map(|c| pieces.is_border(c)).collect();
        let is_border = line.contains('+') && borders.contains(&true);
        if line.contains("==") && is_border {
            header = bands.len();
        }
        match bands.last_mut().filter(|band| band.ends.is_empty()) {
            Some(band) if is_border => band.ends = borders,
            Some(band) => band.lines.push(pieces),
            None if is_border => {}
            None => bands.push(Band { lines: vec![pieces], ends: Vec::new() }),
        }
    }
    (header, join(&bands, width))
}

/// Lines of text between two border lines, and for each column whether the border below runs there: where it does not, the cell goes on.
struct Band<'a> {
    lines: Vec<Pieces<'a>>,
    ends: Vec<bool>,
}

/// Cells of bands: one that no line parts from its neighbour covers both.
fn join<'a>(bands: &[Band<'a>], width: usize) -> Vec<Vec<Cell<'a>>> {
    let mut rows: Vec<Vec<Cell<'a>>> = Vec::with_capacity(bands.len());
    // For each column the cell above that goes on: its row and its index there.
    let mut above: Vec<Option<(usize, usize)>> = vec![None; width];
    for (r, band) in bands.iter().enumerate() {
        rows.push(Vec::new());
        let mut column = 0;
        while column < width {
            let parted = |&c: &usize| band.lines.iter().any(|line| line.text(c, 1).starts_with(['|', '+']));
            let columns = (column + 1..width).find(parted).unwrap_or(width) - column;
            let lines = band.lines.iter().map(|line| cell_text(line.text(column, columns)));
            let place = if let Some(place) = above[column] {
                let cell = &mut rows[place.0][place.1];
                cell.rows += 1;
                cell.lines.extend(lines);
                place
            } else {
                let lines = lines.collect();
                rows[r].push(Cell { column, columns, rows: 1, lines });
                (r, rows[r].len() - 1)
            };
            let ends = band.ends.get(column).copied().unwrap_or(true);
            above[column..column + columns].fill((!ends).then_some(place));
            column += columns;
        }
    }
    rows
}

fn cell_text(piece: &str) -> &str {
    piece.strip_prefix(['|', '+']).unwrap_or(piece).trim_end_matches('|').trim_end()
}

/// The line behind a simple table: its second or third border, whichever ends it.
pub fn simple_end(lines: &[&str], at: usize) -> Option<usize> {
    let borders: Vec<usize> = (at + 1..lines.len())
        .take_while(|&i| !(lines[i].is_empty() && lines.get(i + 1).is_none_or(|l| l.is_empty())))
        .filter(|&i| is_simple_border(lines[i]))
        .take(2)
        .collect();
    let ends = |i: usize| lines.get(i + 1).is_none_or(|l| l.is_empty());
    borders.iter().find(|&&i| ends(i)).or(borders.last()).map(|&i| i + 1)
}

/// Header rows and cells of a simple table.
pub fn simple<'a>(lines: &[&'a str]) -> (usize, Vec<Vec<Cell<'a>>>) {
    let border = lines.first().copied().unwrap_or("");
    let starts: Vec<usize> = border
        .char_indices()
        .filter(|&(at, c)| c == '=' && (at == 0 || border.as_bytes()[at - 1] == b' '))
        .map(|(at, _)| at)
        .take(MAX_COLUMNS)
        .collect();
    let blank_before = |line: &str, wide: bool| columns(line, wide).filter(|(c, _, ch)| starts.contains(&(c + 1)) && *ch == ' ').count();
    let score = |wide: bool| lines.iter().map(|l| blank_before(l, wide)).sum::<usize>();
    let wide = score(true) >= score(false);
    let mut rows: Vec<Vec<Cell<'a>>> = Vec::new();
    let mut header = 0;
    for (i, line) in lines.iter().enumerate().skip(1) {
        if is_simple_border(line) {
            header = if i + 1 < lines.len() { rows.len() } else { header };
            continue;
        }
        let underline = !line.is_empty() && line.bytes().all(|b| matches!(b, b'-' | b' '));
        if line.is_empty() || underline {
            continue;
        }
        let pieces = Pieces::cut(line, &starts, wide);
        let piece = |column| pieces.text(column, 1).trim_end();
        let continues = indent_of(line) > 0 && piece(0).is_empty();
        match rows.last_mut().filter(|_| continues) {
            Some(row) => row.iter_mut().for_each(|cell| cell.lines.push(piece(cell.column))),
            None => rows.push((0..starts.len()).map(|column| Cell { column, columns: 1, rows: 1, lines: vec![piece(column)] }).collect()),
        }
    }
    (header, rows)
}
