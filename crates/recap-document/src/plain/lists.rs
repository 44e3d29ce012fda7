//! Lists of plain text, nested by their indentation.

use super::headings::Role;
use super::line::{Kind, Line};
use crate::builder::Builder;
use crate::document::BlockKind;

/// Deeper items stay at this level.
const MAX_LEVELS: usize = 32;

/// An open list: the column of its bullets, and whether it is numbered.
struct Level {
    indent: usize,
    ordered: bool,
}

/// Writes the list that begins at a line; gives the line after it.
pub fn write(lines: &[Line<'_>], roles: &[Role], at: usize, builder: &mut Builder) -> usize {
    let mut levels: Vec<Level> = Vec::new();
    let mut next = at;
    while let Some(line) = lines.get(next).filter(|_| roles[next] == Role::Body) {
        let floor = levels.first().map_or(0, |l| l.indent);
        match line.kind {
            Kind::Bullet(_) | Kind::Numbered(..) | Kind::Decorated(..) => item(line, &mut levels, builder),
            Kind::Blank if goes_on(lines, roles, next + 1, floor) => builder.end_leaf(),
            Kind::Text if continues(lines, next, floor) => {
                if builder.in_leaf() {
                    builder.line_break();
                }
                builder.text(line.text);
            }
            _ => break,
        }
        next += 1;
    }
    while levels.pop().is_some() {
        close(builder);
    }
    next
}

fn item(line: &Line<'_>, levels: &mut Vec<Level>, builder: &mut Builder) {
    let ordered = matches!(line.kind, Kind::Numbered(..));
    while levels.last().is_some_and(|l| l.indent > line.indent && levels.len() > 1) {
        levels.pop();
        close(builder);
    }
    let same = levels.last().is_some_and(|l| line.indent <= l.indent || levels.len() >= MAX_LEVELS);
    if same && levels.last().is_some_and(|l| l.ordered != ordered) {
        levels.pop();
        close(builder);
    } else if same {
        builder.close();
        builder.open(BlockKind::Item, Vec::new());
        return builder.text(line.content());
    }
    builder.open(BlockKind::List { ordered }, Vec::new());
    builder.open(BlockKind::Item, Vec::new());
    levels.push(Level { indent: line.indent, ordered });
    builder.text(line.content());
}

/// Ends an item and its list.
fn close(builder: &mut Builder) {
    builder.close();
    builder.close();
}

/// Whether the list goes on behind one empty line: with another item or with an indented paragraph.
fn goes_on(lines: &[Line<'_>], roles: &[Role], at: usize, floor: usize) -> bool {
    let Some(line) = lines.get(at).filter(|_| roles[at] == Role::Body) else { return false };
    match line.kind {
        Kind::Bullet(_) | Kind::Numbered(..) => true,
        Kind::Text => line.indent >= floor + 2,
        _ => false,
    }
}

/// Whether a line of text belongs to the item above it: it is indented, or it carries on a wrapped sentence.
fn continues(lines: &[Line<'_>], at: usize, floor: usize) -> bool {
    let line = &lines[at];
    line.indent > floor || line.text.starts_with(|c: char| c.is_lowercase()) && at > 0 && !lines[at - 1].is_blank()
}
