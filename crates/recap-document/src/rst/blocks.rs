//! Block structure: sections, paragraphs, literal blocks, quotations; lists, tables and directives have files of their own.
//!
//! A block's content is a list of lines without their common indentation, so that every level is read in the same way.

use super::{Parser, directives, lists, tables};

/// Blocks nested deeper than this are read as running text.
pub const MAX_DEPTH: usize = 64;

/// Spaces at the start of a line.
pub fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The end of the lines from `from` on that are empty or indented, without empty lines at their end.
pub fn indented_end(lines: &[&str], from: usize) -> usize {
    let mut end = from;
    for (i, line) in lines.iter().enumerate().skip(from) {
        match line.is_empty() {
            true => {}
            false if indent_of(line) > 0 => end = i + 1,
            false => break,
        }
    }
    end
}

/// Lines without their common indentation.
pub fn dedented<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let margin = lines.iter().filter(|l| !l.is_empty()).map(|l| indent_of(l)).min().unwrap_or(0);
    lines.iter().map(|l| l.get(margin..).unwrap_or("")).collect()
}

/// A first line's content and the lines below it, as the content of an item.
pub fn item_content<'a>(first: &'a str, below: &[&'a str]) -> Vec<&'a str> {
    let mut content = vec![first];
    content.extend(dedented(below));
    content
}

/// The mark of a line that is a row of one punctuation mark.
pub fn adornment(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|c| c.is_ascii_punctuation())?;
    (line.len() >= 2 && line.chars().all(|c| c == mark)).then_some(mark)
}

/// A section title: its text, its adornment, and the lines that it takes.
pub struct Title<'a> {
    pub text: &'a str,
    pub style: (char, bool),
    pub lines: usize,
}

/// The section title that begins at a line.
pub fn title<'a>(lines: &[&'a str], at: usize) -> Option<Title<'a>> {
    let line = *lines.get(at).filter(|l| !l.is_empty())?;
    let next = *lines.get(at + 1)?;
    if let Some(mark) = adornment(line) {
        let overlined = line.len() >= 3
            && !next.is_empty()
            && lines.get(at + 2).is_some_and(|under| adornment(under) == Some(mark) && under.len() >= 3);
        return (overlined && adornment(next).is_none()).then(|| Title { text: next.trim(), style: (mark, true), lines: 3 });
    }
    let mark = adornment(next)?;
    let long = next.len() >= 4 || next.chars().count() >= line.chars().count();
    // `::` and `..` under a text are a literal block's mark and a comment.
    let other = next.len() < 3 && matches!(mark, ':' | '.');
    (long && !other && indent_of(line) == 0).then_some(Title { text: line, style: (mark, false), lines: 2 })
}

impl Parser<'_> {
    /// Reads a list of lines.
    pub fn blocks(&mut self, lines: &[&str], depth: usize) {
        if depth > MAX_DEPTH {
            return self.paragraph(&lines.join("\n"));
        }
        let mut at = 0;
        while at < lines.len() {
            at = self.block(lines, at, depth).max(at + 1);
        }
    }

    /// Reads the block that begins at a line; gives the line after it.
    fn block(&mut self, lines: &[&str], at: usize, depth: usize) -> usize {
        let line = lines[at];
        if line.is_empty() {
            return at + 1;
        }
        if indent_of(line) > 0 {
            let end = indented_end(lines, at);
            self.element("blockquote", |p| p.blocks(&dedented(&lines[at..end]), depth + 1));
            return end;
        }
        if let Some(title) = title(lines, at) {
            self.section(&title);
            return at + title.lines;
        }
        if adornment(line).is_some() && line.len() >= 4 {
            self.tree.start_plain("hr");
            return at + 1;
        }
        let found = directives::explicit(self, lines, at, depth)
            .or_else(|| lists::list(self, lines, at, depth))
            .or_else(|| tables::table(self, lines, at, depth));
        found.unwrap_or_else(|| self.text_block(lines, at))
    }

    fn section(&mut self, title: &Title<'_>) {
        let known = self.styles.iter().position(|&s| s == title.style).unwrap_or_else(|| {
            self.styles.push(title.style);
            self.styles.len() - 1
        });
        let name = ["h1", "h2", "h3", "h4", "h5", "h6"][known.min(5)];
        self.element(name, |p| p.inline(title.text));
    }

    /// A paragraph, perhaps with a literal block below it.
    fn text_block(&mut self, lines: &[&str], at: usize) -> usize {
        if lines[at].starts_with(">>> ") {
            let end = lines[at..].iter().position(|l| l.is_empty()).map_or(lines.len(), |n| at + n);
            self.literal(&lines[at..end]);
            return end;
        }
        let mut end = at + 1;
        while end < lines.len() && !ends_paragraph(lines, end) {
            end += 1;
        }
        let text = lines[at..end].join("\n");
        let Some(before) = text.strip_suffix("::") else {
            self.paragraph(&text);
            return end;
        };
        let block = indented_end(lines, end);
        if block == end {
            self.paragraph(&text);
            return end;
        }
        if !before.is_empty() {
            let kept = if before.ends_with(char::is_whitespace) { before.trim_end() } else { &text[..text.len() - 1] };
            self.paragraph(kept);
        }
        self.literal(&dedented(&lines[end..block]));
        block
    }

    /// Preformatted lines.
    pub fn literal(&mut self, lines: &[&str]) {
        let text = lines.join("\n");
        self.element("pre", |p| p.tree.text(text.trim_matches('\n')));
    }
}

/// Whether a line cannot belong to the paragraph above it. Directives end one even without an empty line, which docutils asks for.
fn ends_paragraph(lines: &[&str], at: usize) -> bool {
    let line = lines[at];
    line.is_empty()
        || indent_of(line) > 0
        || directives::is_directive(line)
        || title(lines, at).is_some_and(|t| t.style.1 || t.text.chars().count() > 1)
}
