//! Bullet, enumerated, field and definition lists, and line blocks.

use super::Parser;
use super::blocks::{indent_of, indented_end, item_content};

/// What a line begins in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Bullet(char),
    Number,
}

/// Reads the list that begins at a line, if one does; gives the line after it.
pub fn list(parser: &mut Parser<'_>, lines: &[&str], at: usize, depth: usize) -> Option<usize> {
    if let Some((kind, _)) = marker(lines[at]) {
        return Some(items(parser, lines, at, depth, kind));
    }
    if field(lines[at]).is_some() {
        return Some(fields(parser, lines, at, depth));
    }
    if lines[at] == "|" || lines[at].starts_with("| ") {
        return line_block(parser, lines, at);
    }
    definition(lines, at).then(|| definitions(parser, lines, at, depth))
}

/// The marker of an item and the bytes before its text.
fn marker(line: &str) -> Option<(Marker, usize)> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    if "*+-•‣⁃".contains(first) && (rest.is_empty() || rest.starts_with(' ')) {
        return Some((Marker::Bullet(first), first.len_utf8() + indent_of(rest)));
    }
    let open = usize::from(first == '(');
    let digits = line[open..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'#').count();
    let after = &line[open + digits..];
    let close = after.strip_prefix(['.', ')']).filter(|_| (1..=4).contains(&digits))?;
    let fits = (open == 0 || after.starts_with(')')) && close.starts_with(' ');
    fits.then(|| (Marker::Number, open + digits + 1 + indent_of(close)))
}

fn items(parser: &mut Parser<'_>, lines: &[&str], at: usize, depth: usize, kind: Marker) -> usize {
    let mut next = at;
    parser.element(if kind == Marker::Number { "ol" } else { "ul" }, |parser| {
        while let Some((_, width)) = lines.get(next).and_then(|l| marker(l)).filter(|(m, _)| *m == kind) {
            let end = indented_end(lines, next + 1);
            let content = item_content(&lines[next][width..], &lines[next + 1..end]);
            parser.element("li", |p| p.blocks(&content, depth + 1));
            next = end + empty_lines(lines, end);
        }
    });
    next
}

/// The cells of each item of a list of lists: the content of a `list-table`.
pub fn rows<'a>(lines: &[&'a str]) -> Vec<Vec<Vec<&'a str>>> {
    let split = |lines: &[&'a str]| {
        let mut found: Vec<Vec<&'a str>> = Vec::new();
        let mut next = empty_lines(lines, 0);
        while let Some((_, width)) = lines.get(next).and_then(|l| marker(l)) {
            let end = indented_end(lines, next + 1);
            found.push(item_content(&lines[next][width..], &lines[next + 1..end]));
            next = end + empty_lines(lines, end);
        }
        found
    };
    split(lines).iter().map(|row| split(row)).collect()
}

fn empty_lines(lines: &[&str], from: usize) -> usize {
    lines[from.min(lines.len())..].iter().take_while(|l| l.is_empty()).count()
}

/// Name and text of a `:name: text` line.
pub fn field(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(':')?;
    let colon =
        rest.match_indices(':').map(|(at, _)| at).take(8).find(|&at| rest[at + 1..].is_empty() || rest[at + 1..].starts_with(' '))?;
    let name = &rest[..colon];
    let plain = !name.is_empty() && name.len() < 200 && !name.starts_with([' ', ':']) && !name.ends_with(' ') && !name.contains('`');
    plain.then(|| (name, rest[colon + 1..].trim_start()))
}

fn fields(parser: &mut Parser<'_>, lines: &[&str], at: usize, depth: usize) -> usize {
    let mut next = at;
    parser.element("dl", |parser| {
        while let Some((name, text)) = lines.get(next).and_then(|l| field(l)) {
            let end = indented_end(lines, next + 1);
            parser.element("dt", |p| p.inline(name));
            let content = item_content(text, &lines[next + 1..end]);
            parser.element("dd", |p| p.blocks(&content, depth + 1));
            // An empty line parts two lists only where something else follows.
            next = end + empty_lines(lines, end);
        }
    });
    next
}

/// A line with indented text directly below it.
fn definition(lines: &[&str], at: usize) -> bool {
    let below = lines.get(at + 1).is_some_and(|l| !l.is_empty() && indent_of(l) > 0);
    below && !lines[at].ends_with("::") && !lines[at].starts_with(">>> ")
}

fn definitions(parser: &mut Parser<'_>, lines: &[&str], at: usize, depth: usize) -> usize {
    let mut next = at;
    parser.element("dl", |parser| {
        while lines.get(next).is_some_and(|l| !l.is_empty() && indent_of(l) == 0)
            && definition(lines, next)
            && (next == at || is_term(lines[next]))
        {
            let end = indented_end(lines, next + 1);
            parser.element("dt", |p| p.inline(lines[next]));
            let content = super::blocks::dedented(&lines[next + 1..end]);
            parser.element("dd", |p| p.blocks(&content, depth + 1));
            next = end + empty_lines(lines, end);
        }
    });
    next
}

fn is_term(line: &str) -> bool {
    marker(line).is_none() && field(line).is_none() && !line.starts_with(".. ") && !line.starts_with("| ")
}

/// `| line` blocks keep their breaks; continuation lines are indented.
fn line_block(parser: &mut Parser<'_>, lines: &[&str], at: usize) -> Option<usize> {
    let end = lines[at..]
        .iter()
        .position(|l| !(*l == "|" || l.starts_with("| ") || l.starts_with(' ') && !l.trim().is_empty()))
        .map_or(lines.len(), |n| at + n);
    let text: Vec<&str> = lines[at..end].iter().map(|l| l.strip_prefix('|').unwrap_or(l).trim()).collect();
    parser.paragraph(&text.join("\n"));
    Some(end)
}
