//! Labelled values, in whatever shape they are written: `会場: …`, `**When:** …`, 【日時】…, a table of two columns, a list
//! of terms, a heading or item that is a label with the values below it, front matter.

use std::ops::Range;

use recap_document::{BlockKind, Span};
use recap_rules::{Candidate, Rule, Use};

use crate::context::Context;

/// Longest label, in bytes.
const MAX_LABEL: usize = 60;
/// Values that one label takes from the lines and leaves below it.
const MAX_BELOW: usize = 8;
/// Separators of one line that are tried.
const MAX_SEPARATORS: usize = 3;

/// Lines of one leaf that are looked at for labels which only a space sets off.
const MAX_LINES: usize = 40;
/// Fewer of them are no list of labels.
const LEAST_SPACED: usize = 2;

/// A value with a label.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Labelled<'r> {
    /// What the label names: the rule's kind, `event.venue`, `talk.slides` …
    pub kind: &'r str,
    /// The rule that knew the label.
    pub rule: &'r Rule,
    /// The value: one line, without white space at its ends.
    pub value: Span,
    /// The leaf that the value stands in.
    pub block: usize,
    /// Its place among the values of the same label.
    pub index: usize,
}

/// All labelled values of the content, in reading order.
pub(crate) fn read<'a>(context: &Context<'a>) -> Vec<Labelled<'a>> {
    let mut reader = Reader { context, found: Vec::new() };
    for position in 0..context.leaves.len() {
        reader.leaf(position);
    }
    reader.found
}

/// The rule that knows a label.
pub(crate) fn label<'a>(context: &Context<'a>, text: &str) -> Option<&'a Rule> {
    context.asking(Use::Field, text).map(Candidate::rule).find(|r| is_all(r, text))
}

/// Whether a rule takes a text for a label, all of it: nothing but punctuation may stay over.
fn is_all(rule: &Rule, text: &str) -> bool {
    let over = |text: Option<&str>| text.unwrap_or_default().chars().any(char::is_alphanumeric);
    rule.find(text).is_some_and(|f| !over(text.get(..f.start)) && !over(text.get(f.end..)))
}

struct Reader<'c, 'a> {
    context: &'c Context<'a>,
    found: Vec<Labelled<'a>>,
}

/// A label that waits for its values.
#[derive(Clone, Copy)]
struct Open<'a> {
    rule: &'a Rule,
    label: Span,
    taken: usize,
}

impl<'a> Reader<'_, 'a> {
    fn label(&self, text: &str) -> Option<&'a Rule> {
        let text = text.trim();
        let fits = !text.is_empty() && text.len() <= MAX_LABEL && text.chars().any(char::is_alphanumeric);
        fits.then(|| label(self.context, text).or_else(|| label(self.context, &closed_up(text)?))).flatten()
    }

    fn leaf(&mut self, position: usize) {
        let block = self.context.leaves[position];
        let text = self.context.text(block);
        let span = self.context.doc.blocks[block].span;
        if let Some(rule) = self.label(text) {
            let open = Open { rule, label: Span::new(span.start, span.start + text.len()), taken: 0 };
            self.below(position, open);
            return;
        }
        let mut open: Option<Open<'a>> = None;
        for line in lines(text, span.start) {
            open = self.line(block, line, open);
        }
        self.spaced(block, text, span.start);
    }

    /// Lines of a leaf whose labels only a space sets off (`会場 見本ビル`): several below each other, for one may be a sentence's start.
    fn spaced(&mut self, block: usize, text: &str, start: usize) {
        let value = |line: &Span| {
            let text = self.context.doc.slice(*line);
            let (label, value) = text.split_once([' ', '\u{3000}']).filter(|(label, _)| label.chars().all(char::is_alphanumeric))?;
            let value = value.trim_start();
            let rule =
                self.label(label).filter(|rule| !value.is_empty() && rule.kind.as_deref().is_some_and(|k| k.starts_with("event.")))?;
            Some((rule, Span::new(line.end - value.len(), line.end), Span::new(line.start, line.start + label.len())))
        };
        if !text.contains('\n') {
            return;
        }
        let found: Vec<_> = lines(text, start).take(MAX_LINES).filter_map(|line| value(&line)).collect();
        if found.len() >= LEAST_SPACED {
            for (rule, value, label) in found {
                self.push(block, &mut Open { rule, label, taken: 0 }, value);
            }
        }
    }

    /// Reads one line; gives the label that waits for the next one.
    fn line(&mut self, block: usize, line: Span, open: Option<Open<'a>>) -> Option<Open<'a>> {
        let text = self.context.doc.slice(line);
        if let Some(rule) = self.label(text) {
            return Some(Open { rule, label: line, taken: 0 });
        }
        if let Some((rule, value)) = self.split(text) {
            let value = Span::new(line.start + value.start, line.start + value.end);
            self.push(block, &mut Open { rule, label: Span::new(line.start, value.start), taken: 0 }, value);
            return None;
        }
        self.push(block, &mut open?, line);
        None
    }

    /// The rule that knows a line's label, and where its value stands in the line.
    fn split(&self, text: &str) -> Option<(&'a Rule, Range<usize>)> {
        let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let separators = text.char_indices().skip_while(|(at, _)| *at < start).take_while(|(at, _)| *at <= start + MAX_LABEL);
        for (at, c) in separators.filter(|(_, c)| is_separator(*c)).take(MAX_SEPARATORS) {
            let (label, rest) = (text.get(start..at)?, text.get(at + c.len_utf8()..)?);
            let value = rest.trim_start_matches(|c: char| is_separator(c) || matches!(c, ' ' | '-' | '–' | '—' | '*'));
            let from = text.len() - value.len();
            let value = value.trim_end();
            if let Some(rule) = self.label(label).filter(|_| !value.is_empty()) {
                return Some((rule, from..from + value.len()));
            }
        }
        None
    }

    /// Takes the values of a leaf that is nothing but a label.
    fn below(&mut self, position: usize, mut open: Open<'a>) {
        let block = self.context.leaves[position];
        let end = self.reach(position, block);
        for next in position + 1..end {
            let leaf = self.context.leaves[next];
            let (text, span) = (self.context.text(leaf), self.context.doc.blocks[leaf].span);
            let heading = matches!(self.context.doc.blocks[leaf].kind, BlockKind::Heading(_));
            if heading || open.taken >= MAX_BELOW || self.label(text).is_some() {
                return;
            }
            for line in lines(text, span.start) {
                if self.split(self.context.doc.slice(line)).is_none() {
                    self.push(leaf, &mut open, line);
                }
            }
        }
    }

    /// Position after the last leaf that may hold values of a label standing alone.
    fn reach(&self, position: usize, block: usize) -> usize {
        let doc = self.context.doc;
        let after = |end: usize| self.context.leaves.partition_point(|&leaf| leaf < end);
        let near = (position + 1 + MAX_BELOW).min(self.context.leaves.len());
        match doc.blocks[block].kind {
            BlockKind::Heading(_) => return near,
            BlockKind::Paragraph => {}
            _ => return position,
        }
        let Some(parent) = doc.blocks[block].parent else { return (position + 2).min(near) };
        match doc.blocks[parent].kind {
            BlockKind::Cell { .. } => after(self.next_cell_end(parent)).min(near),
            BlockKind::Item if doc.blocks[parent].attr("role") == Some("term") => after(self.definition_end(parent)).min(near),
            BlockKind::Item => after(doc.blocks[parent].next).min(near),
            _ => (position + 2).min(near),
        }
    }

    /// Where the cell to the right ends; nothing is to the right of a label in a row of more than two.
    fn next_cell_end(&self, cell: usize) -> usize {
        let doc = self.context.doc;
        let Some(row) = doc.blocks[cell].parent else { return cell };
        let mut cells = doc.children(row);
        match (cells.next(), cells.next(), cells.next()) {
            (Some(first), Some(second), None) if first == cell => doc.blocks[second].next,
            _ => cell,
        }
    }

    /// Where the definitions behind a term end.
    fn definition_end(&self, term: usize) -> usize {
        let blocks = &self.context.doc.blocks;
        let mut end = blocks[term].next;
        while blocks.get(end).is_some_and(|b| b.attr("role") == Some("definition")) {
            end = blocks[end].next;
        }
        end
    }

    fn push(&mut self, block: usize, open: &mut Open<'a>, value: Span) {
        let Some(kind) = open.rule.kind.as_deref() else { return };
        self.context.fire(&open.rule.id, open.label);
        self.found.push(Labelled { kind, rule: open.rule, value, block, index: open.taken });
        open.taken += 1;
    }
}

/// `日 時`, `会　場`: a label of wide characters that are set apart to fill the column.
fn closed_up(text: &str) -> Option<String> {
    let apart = text.split([' ', '\u{3000}']).all(|part| part.chars().count() <= 1) && text.chars().any(|c| c as u32 >= 0x2e80);
    (apart && text.contains([' ', '\u{3000}'])).then(|| text.chars().filter(|c| !c.is_whitespace()).collect())
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ':' | '：' | '】' | ']' | '］' | '〕' | '〉' | '》' | '>' | '＞' | '|' | '｜' | '?' | '？' | '\t' | '\u{3000}' | '…' | '→' | '⇒'
    )
}

/// The lines of a leaf that have text, without white space at their ends.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> {
    let mut at = start;
    text.split('\n').filter_map(move |line| {
        let from = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        let trimmed = line.trim();
        (!trimmed.is_empty()).then(|| Span::new(from, from + trimmed.len()))
    })
}
