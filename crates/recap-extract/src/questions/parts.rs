//! The parts of a question time or a panel: subheadings, bullets, paragraphs that ask.

use std::ops::Range;

use recap_document::{Block, BlockKind, Format, MarkKind, Span};
use recap_rules::Use;

use super::{Asked, Finder};

/// A label of a list (`Q&A`) has at most so many bytes.
const MAX_LABEL: usize = 160;
/// A paragraph that asks has at most so many bytes; longer ones tell something and ask by the way.
const MAX_PARAGRAPH: usize = 700;

impl Finder<'_, '_> {
    /// Questions by their place in the document.
    pub(super) fn in_parts(&self) -> Vec<Asked> {
        let mut asked = Vec::new();
        for (index, section) in self.context.sections.iter().enumerate() {
            match section.kind.as_deref() {
                Some("qa") => self.in_question_time(index, &mut asked),
                Some("panel" | "discussion") => self.in_panel(index, &mut asked),
                _ if self.is_panel(index) => self.in_panel(index, &mut asked),
                _ => self.asking_headings(index, &mut asked),
            }
        }
        for table in (0..self.context.doc.blocks.len()).filter(|&b| self.context.doc.blocks[b].kind == BlockKind::Table) {
            asked.extend(self.in_table(table));
        }
        for position in 0..self.context.leaves.len() {
            asked.extend(self.quoted(position));
            if let Some(items) = self.labelled_list(position) {
                self.items(items, &mut asked);
            }
        }
        asked
    }

    /// Whether a section's heading begins with what a panel is called: `Panel: …`, `20:00 座談会「…」`.
    fn is_panel(&self, index: usize) -> bool {
        let heading = self.context.sections[index].heading.map(|h| self.context.doc.blocks[h].span);
        heading.is_some_and(|span| crate::talks::is_panel(self.context, span))
    }

    fn in_question_time(&self, index: usize, asked: &mut Vec<Asked>) {
        let section = &self.context.sections[index];
        if self.marks_one(index) {
            return;
        }
        let children: Vec<usize> = self.children(index);
        for &heading in &children {
            asked.extend(self.heading(heading));
        }
        if children.is_empty() {
            self.items(section.own.clone(), asked);
        }
        self.answered(section.own.clone(), asked);
        let plain = self.context.doc.format == Format::Plain;
        for position in section.own.start..if plain { section.end } else { section.own.end } {
            let lines = self.asking_lines(position);
            if !lines.is_empty() {
                asked.extend(lines);
                continue;
            }
            asked.extend(self.paragraph(position, true).or_else(|| if plain { self.topic(position) } else { None }));
        }
    }

    /// Whether a section's heading is nothing but the mark of the one question below it (`Question`, with `Answer` behind it),
    /// which is read with the marks; else it opens a question time (`質問`).
    pub(super) fn marks_one(&self, index: usize) -> bool {
        let sections = &self.context.sections;
        let text = |heading: usize| self.context.text(heading);
        let section = &sections[index];
        let answered = || sections.get(index + 1).and_then(|s| s.heading).is_some_and(|h| self.answers(&format!("{} ", text(h))));
        let only = || section.own.len() <= 1 && section.own.end == section.end;
        section.heading.is_some_and(|h| self.is_mark(text(h))) && (only() || answered())
    }

    /// The lines of a paragraph that ask, where it has several.
    fn asking_lines(&self, position: usize) -> Vec<Asked> {
        let Some(block) = self.context.leaves.get(position).map(|&b| &self.context.doc.blocks[b]) else { return Vec::new() };
        let in_list = block.parent.is_some_and(|p| self.context.doc.blocks[p].kind == BlockKind::Item);
        let text = self.text(block.span);
        if block.kind != BlockKind::Paragraph || in_list || !text.trim().contains('\n') {
            return Vec::new();
        }
        let mut at = block.span.start;
        let mut asked = Vec::new();
        for line in text.split('\n') {
            let span = self.before_answer(self.trim(Span::new(at, at + line.len())));
            at += line.len() + 1;
            let line = self.text(span);
            let bullet = line.len() - line.trim_start_matches(['・', '•', '-', '*', '●', '■', '◆', ' ', '\u{3000}']).len();
            if self.asks(line) && !self.answers(line) {
                let span = Span::new(span.start + bullet, span.end);
                asked.push(self.found(self.unmarked(span), position, "question/line", 0.8));
            }
        }
        asked
    }

    /// The cells of a table's column that is headed as questions, beside one of answers.
    fn in_table(&self, table: usize) -> Vec<Asked> {
        let doc = &self.context.doc;
        let cells = |row: usize| -> Vec<(u16, usize)> {
            let columns = doc.children(row).filter_map(|b| match doc.blocks[b].kind {
                BlockKind::Cell { column, .. } => Some((column, b)),
                _ => None,
            });
            columns.collect()
        };
        let rows: Vec<usize> = doc.children(table).filter(|&b| doc.blocks[b].kind == BlockKind::Row).collect();
        let Some((head, body)) = rows.split_first() else { return Vec::new() };
        let head = cells(*head);
        let Some(&(column, _)) = head.iter().find(|(_, b)| self.is_mark(self.text(doc.blocks[*b].span).trim())).filter(|_| head.len() >= 2)
        else {
            return Vec::new();
        };
        let asking = body.iter().filter_map(|&row| cells(row).into_iter().find(|(c, _)| *c == column));
        asking
            .filter_map(|(_, cell)| {
                let leaf = doc.leaves(cell).next()?;
                let span = self.trim(doc.blocks[leaf].span);
                Some(self.found(self.unmarked(span), self.context.position(leaf)?, "question/cell", 0.85))
            })
            .collect()
    }

    /// In text without markup: a short line over a paragraph that answers it.
    fn topic(&self, position: usize) -> Option<Asked> {
        let doc = self.context.doc;
        let block = |position: usize| self.context.leaves.get(position).map(|&b| &doc.blocks[b]);
        let (this, next) = (block(position)?, block(position + 1)?);
        let is_line = |b: &Block| b.kind == BlockKind::Paragraph && !self.text(b.span).trim_end().contains('\n');
        let text = self.text(this.span).trim();
        let ends = text.ends_with(['。', '.', '、', ',', ':', '：', '!', '！', '」']);
        let answered = next.kind == BlockKind::Paragraph && next.span.len() > this.span.len() && self.text(next.span).contains(['。', '.']);
        let short = this.span.len() <= MAX_LABEL && is_line(this) && !ends && answered && this.links.is_empty();
        short.then(|| self.found(self.trim(this.span), position, "question/topic", 0.75))
    }

    /// Whether a text is a question's mark without a question.
    fn is_mark(&self, text: &str) -> bool {
        let alone =
            |rule: recap_rules::Candidate<'_>| rule.kind.is_none() && rule.find(text).is_some_and(|f| f.group("question").is_none());
        self.questions(text).any(alone)
    }

    fn in_panel(&self, index: usize, asked: &mut Vec<Asked>) {
        let section = &self.context.sections[index];
        let children = self.children(index);
        asked
            .extend(children.iter().filter(|&&heading| self.asks(self.context.text(heading))).filter_map(|&heading| self.heading(heading)));
        for position in section.own.start..section.end {
            asked.extend(self.paragraph(position, false));
        }
        self.asking_items(section.own.clone(), asked);
    }

    /// A part whose headings, three or more, all ask: the record of a panel or an interview.
    fn asking_headings(&self, index: usize, asked: &mut Vec<Asked>) {
        let children = self.children(index);
        let title = self.context.sections[index].level <= 1;
        if !title && children.len() >= 3 && children.iter().all(|&h| self.context.text(h).trim_end().ends_with(['?', '？'])) {
            asked.extend(children.iter().filter_map(|&heading| self.heading(heading)));
        }
    }

    /// A quotation that asks, behind a line that says so.
    fn quoted(&self, position: usize) -> Option<Asked> {
        let doc = self.context.doc;
        let leaf = self.context.leaves[position];
        let quote = doc.blocks[leaf].parent.filter(|&p| doc.blocks[p].kind == BlockKind::Quote)?;
        let before = *self.context.leaves.get(position.checked_sub(1)?)?;
        let span = self.trim(doc.blocks[leaf].span);
        let asks = quote + 1 == leaf
            && self.text(span).ends_with(['?', '？'])
            && self.context.text(before).ends_with([':', '：'])
            && self.is_label(before);
        asks.then(|| self.found(span, position, "question/quoted", 0.85))
    }

    /// Whether a leaf ends in a line that opens questions.
    fn is_label(&self, leaf: usize) -> bool {
        let text = self.context.text(leaf);
        let line = text.rsplit('\n').next().unwrap_or(text);
        line.len() <= MAX_LABEL && (self.context.says(Use::Section, "qa", line) || self.context.says(Use::Question, "label", line))
    }

    /// The headings of the sections right under a section, those apart that tell another part.
    fn children(&self, index: usize) -> Vec<usize> {
        let later = self.context.sections.iter().skip(index + 1);
        let end = self.context.sections[index].end;
        let inside = later.take_while(|s| s.own.start <= end);
        inside.filter(|s| s.parent == Some(index) && s.kind.as_deref().is_none_or(|k| k == "qa")).filter_map(|s| s.heading).collect()
    }

    fn heading(&self, heading: usize) -> Option<Asked> {
        let span = self.trim(self.context.doc.blocks[heading].span);
        Some(self.found(self.unmarked(span), self.context.position(heading)?, "question/heading", 0.9))
    }

    pub(super) fn found(&self, span: Span, position: usize, rule: &str, confidence: f64) -> Asked {
        let text = self.text(span);
        let bullet = text.len() - text.trim_start_matches(['・', '•', '●', '■', '◆', ' ', '\u{3000}']).len();
        let span = Span::new(span.start + bullet, span.end);
        Asked { span, position: Some(position), rule: rule.to_owned(), confidence }
    }

    /// The span without a question's mark.
    pub(super) fn unmarked(&self, span: Span) -> Span {
        let text = self.text(span);
        let group = self.questions(text).filter(|r| r.kind.is_none()).find_map(|r| r.find(text)?.group("question").map(|(s, e, _)| (s, e)));
        group.map_or(span, |(start, end)| self.trim(Span::new(span.start + start, span.start + end)))
    }

    /// The leaves of the list that a short label (`Q&A`, outside of headings) opens: those in its item, or the list behind it.
    fn labelled_list(&self, position: usize) -> Option<Range<usize>> {
        let doc = self.context.doc;
        let leaf = self.context.leaves[position];
        let block = &doc.blocks[leaf];
        if block.kind != BlockKind::Paragraph || block.span.len() > MAX_PARAGRAPH {
            return None;
        }
        let list = doc.blocks.get(block.next).filter(|b| matches!(b.kind, BlockKind::List { .. }) && b.parent == block.parent)?;
        if !self.is_label(leaf) {
            return None;
        }
        let end = self.context.leaves.partition_point(|&b| b < list.next);
        Some(position + 1..end)
    }

    /// A paragraph that asks: in a question time whole, if nothing else stands in it; else the sentences at its end that ask.
    fn paragraph(&self, position: usize, question_time: bool) -> Option<Asked> {
        let doc = self.context.doc;
        let block = &doc.blocks[*self.context.leaves.get(position)?];
        let in_list = block.parent.is_some_and(|p| doc.blocks[p].kind == BlockKind::Item);
        if block.kind != BlockKind::Paragraph || in_list || block.span.len() > MAX_PARAGRAPH {
            return None;
        }
        let whole = self.trim(block.span);
        let text = self.text(whole);
        let bold = block.marks.iter().find(|m| m.kind == MarkKind::Strong && m.span.start == whole.start && self.asks(self.text(m.span)));
        if let Some(mark) = bold.filter(|_| question_time) {
            return Some(self.found(self.unmarked(self.trim(mark.span)), position, "question/strong", 0.9));
        }
        if !text.ends_with(['?', '？']) {
            return None;
        }
        Some(self.found(self.asking_end(whole), position, "question/paragraph", if question_time { 0.8 } else { 0.7 }))
    }

    /// The sentences at the end of a text that ask, without the name of the asker before them.
    fn asking_end(&self, whole: Span) -> Span {
        let text = self.text(whole);
        let mut start = text.len();
        let mut ends: Vec<usize> = text
            .char_indices()
            .filter(|(_, c)| matches!(c, '。' | '?' | '？' | '!' | '！' | '\n'))
            .map(|(at, c)| at + c.len_utf8())
            .collect();
        ends.extend(text.match_indices(". ").map(|(at, _)| at + 2));
        ends.sort_unstable();
        for end in ends.into_iter().rev().chain([0]).filter(|&e| e < text.len()) {
            let sentence = text[end..start].trim();
            if !sentence.is_empty() && !sentence.ends_with(['?', '？']) {
                break;
            }
            start = end;
        }
        self.trim(Span::new(whole.start + start.min(text.len()), whole.end))
    }
}
