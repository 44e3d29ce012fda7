//! What follows a question, and the talk it was put to.

use recap_document::{BlockKind, Span};
use recap_model::Method;
use recap_rules::Use;

use super::{Asked, Finder};
use crate::drafts::TalkDraft;
use crate::finding::{Found, Proof};

/// An answer has at most so many bytes.
const MAX_ANSWER: usize = 2_000;

impl Finder<'_, '_> {
    /// The text between a question and the next one, as far as it stands in the same section (and list).
    pub(super) fn answer(&self, asked: &Asked, next: Option<&Asked>) -> Option<Found<String>> {
        let position = self.answer_heading(asked.position?).unwrap_or(asked.position?);
        let from =
            if Some(position) == asked.position { asked.span.end } else { self.context.doc.blocks[self.context.leaves[position]].span.end };
        let told = self.told_by(&asked.rule);
        let end = self.boundary(position).min(next.map_or(usize::MAX, |n| n.span.start));
        let region = self.text(Span::new(from, end.max(from)));
        let skipped = region.len() - region.trim_start_matches(|c: char| c.is_whitespace() || "」』\"”')）】]*?？".contains(c)).len();
        let mut start = from + skipped;
        let mut cut = self.cut(start, end);
        let text = self.text(Span::new(start, cut));
        if let Some(mark) = self.context.asking(Use::Answer, text).find_map(|r| r.find(text)).filter(|f| f.start == 0) {
            start += mark.group("answer").or_else(|| mark.group("answer2")).map_or(mark.end, |(at, _, _)| at);
        }
        // The mark of the next question stands before it.
        if next.is_some_and(|n| n.span.start == end) {
            cut = cut.max(start);
            cut = start + without_last_mark(self.text(Span::new(start, cut))).len();
        }
        let span = self.trim(Span::new(start, cut));
        if span.is_empty() || told {
            return None;
        }
        Some(Found::new(
            self.text(span).split_whitespace().collect::<Vec<_>>().join(" "),
            Proof::text(span, "question/answer", Method::Verbatim, 0.8),
        ))
    }

    /// The heading `Answer` in the section that a question heads.
    fn answer_heading(&self, position: usize) -> Option<usize> {
        let leaf = self.context.leaves[position];
        let section = self.context.section_at(position);
        self.context.sections.get(section).filter(|s| s.heading == Some(leaf))?;
        let inside = self.context.sections.iter().skip(section + 1).take_while(|s| s.own.start <= self.context.sections[section].end);
        let heading =
            inside.filter(|s| s.parent == Some(section)).filter_map(|s| s.heading).find(|&h| self.answers(self.context.text(h)))?;
        self.context.position(heading)
    }

    /// Where the part ends that the leaf at a position stands in.
    fn boundary(&self, position: usize) -> usize {
        let doc = self.context.doc;
        let leaf = self.context.leaves[position];
        let section = self.context.sections.get(self.context.section_at(position)).map_or(self.context.leaves.len(), |s| s.own.end);
        let section = self.context.leaves.get(section).map_or(doc.text.len(), |&b| doc.blocks[b].span.start);
        let list = doc
            .ancestors(leaf)
            .find(|&a| matches!(doc.blocks[a].kind, BlockKind::List { .. } | BlockKind::Table))
            .map(|a| doc.blocks[a].span.end);
        list.map_or(section, |end| end.min(section))
    }

    /// The end, or that of the last whole leaf within the limit.
    fn cut(&self, start: usize, end: usize) -> usize {
        if end <= start {
            return start;
        }
        if end - start <= MAX_ANSWER {
            return end;
        }
        let mut limit = start + MAX_ANSWER;
        while !self.context.doc.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let text = self.text(Span::new(start, limit));
        start + text.rfind('\n').unwrap_or(text.len())
    }

    /// The talk whose leaves hold the question; else, in a question time, the talk before it.
    pub(super) fn talk(&self, asked: &Asked, talks: &[TalkDraft]) -> Option<usize> {
        let inside = |position: usize| {
            talks.iter().enumerate().filter(move |(_, t)| t.leaves.contains(&position)).min_by_key(|(_, t)| t.leaves.len())
        };
        if let Some((index, _)) = asked.position.and_then(inside) {
            return Some(index);
        }
        let section = self.context.section_of_offset(asked.span.start);
        let mut climb = std::iter::successors(Some(section), |&s| self.context.sections.get(s)?.parent);
        let in_question_time = climb.any(|s| self.context.sections.get(s).is_some_and(|s| s.kind.as_deref() == Some("qa")));
        if !in_question_time && asked.position.is_some() {
            return None;
        }
        talks
            .iter()
            .enumerate()
            .filter(|(_, t)| t.span.start <= asked.span.start && !t.leaves.is_empty())
            .max_by_key(|(_, t)| t.span.start)
            .map(|(i, _)| i)
    }
}

/// The text without a last line that is nothing but the next question's mark.
fn without_last_mark(text: &str) -> &str {
    let trimmed = text.trim_end();
    let line = trimmed.rfind('\n').map_or(trimmed, |at| &trimmed[at + 1..]);
    let is_mark = line.chars().count() <= 12
        && (line.ends_with([':', '：', '.', '。', ')', '）', '」', '「']) || line.trim().eq_ignore_ascii_case("q"));
    if is_mark { &trimmed[..trimmed.len() - line.len()] } else { text }
}
