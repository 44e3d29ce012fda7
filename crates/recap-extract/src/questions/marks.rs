//! Lines that say themselves that they are a question.

use std::collections::HashMap;

use recap_document::{BlockKind, Span};
use recap_rules::{Candidate, Rule};

use super::{Asked, Finder, Line};

/// A marked question runs over at most so many lines.
const MAX_LINES: usize = 4;
/// A speaker in a dialogue has at least so many turns.
const MIN_TURNS: usize = 2;

impl Finder<'_, '_> {
    /// Questions behind a mark, in dialogues, and told in quotation marks.
    pub(super) fn marked(&self) -> Vec<Asked> {
        let mut asked = Vec::new();
        for index in 0..self.lines.len() {
            let text = self.text(self.lines[index].span);
            for rule in self.questions(text) {
                match rule.kind.as_deref() {
                    Some("told") => asked.extend(self.told(rule, self.lines[index])),
                    kind => {
                        if let Some(one) = self.marked_line(rule, index, text, kind == Some("dialogue")) {
                            asked.push(one);
                            break;
                        }
                    }
                }
            }
        }
        asked
    }

    /// Turns of a dialogue that ask and are answered by somebody else's turn. Who asks has several turns; a heading or a
    /// field with a colon has one.
    pub(super) fn in_turns(&self) -> Vec<Asked> {
        let heading = |line: &Line| matches!(self.context.doc.blocks[self.context.leaves[line.position]].kind, BlockKind::Heading(_));
        let turn = |line: &Line| self.turns(self.text(line.span)).find_map(|r| r.find(self.text(line.span))).filter(|_| !heading(line));
        let who = |found: &recap_rules::Found<'_, '_>| found.group("who").map(|(_, _, who)| who.to_owned()).unwrap_or_default();
        let mut turns: HashMap<String, usize> = HashMap::new();
        let mut asked: Vec<(String, bool, Asked)> = Vec::new();
        let found: Vec<_> = self.lines.iter().map(turn).collect();
        for (index, one) in found.iter().enumerate() {
            let Some(one) = one else { continue };
            *turns.entry(who(one)).or_default() += 1;
            let (line, next) = (self.lines[index], self.lines.get(index + 1));
            let answered = found.get(index + 1).and_then(Option::as_ref).is_some_and(|other| who(other) != who(one));
            let near = next.is_some_and(|n| n.position <= line.position + 1);
            let nested = next.is_some_and(|n| self.is_below(line.position, n.position));
            if let Some((s, e, text)) = one.group("question").filter(|_| answered && near)
                && text.ends_with(['?', '？'])
            {
                let span = Span::new(line.span.start + s, line.span.start + e);
                asked.push((who(one), nested, self::asked(one.rule, self.trim(span), line.position)));
            }
        }
        // An answer in a list of its own below the question needs no second turn.
        asked.into_iter().filter(|(who, nested, _)| *nested || turns.get(who).is_some_and(|&n| n >= MIN_TURNS)).map(|(.., a)| a).collect()
    }

    /// Whether one leaf stands in a list below the item that begins with another.
    fn is_below(&self, upper: usize, lower: usize) -> bool {
        let doc = &self.context.doc;
        let item = doc.blocks[self.context.leaves[upper]].parent.filter(|&p| doc.blocks[p].kind == BlockKind::Item);
        let (Some(item), Some(&leaf)) = (item, self.context.leaves.get(lower)) else { return false };
        upper < lower && doc.ancestors(leaf).any(|a| a == item)
    }

    /// A question without the answer that follows in the same line behind a sign: `重くない？ → 大丈夫`, `… A: …`.
    pub(super) fn before_answer(&self, span: Span) -> Span {
        self.before_sign(span, false)
    }

    /// As [`Self::before_answer`]; where it is known that questions stand (`known`), what stands before the sign need not ask.
    pub(super) fn before_sign(&self, span: Span, known: bool) -> Span {
        const SIGNS: &[&str] = &["→", "⇒", "=>", "->", " A: ", " A：", " A. ", "　A：", "　A:"];
        let text = self.text(span);
        let open = known && !self.asks(text);
        let fits = |at: &usize| *at > 0 && (open || self.asks(text[..*at].trim_end()));
        let cut = SIGNS.iter().filter_map(|sign| text.find(sign)).filter(fits).min();
        cut.map_or(span, |at| self.trim(Span::new(span.start, span.start + at)))
    }

    fn told(&self, rule: Candidate<'_>, line: Line) -> Vec<Asked> {
        let found = rule
            .find_all(self.text(line.span))
            .filter_map(|f| f.group("question").map(|(s, e, _)| Span::new(line.span.start + s, line.span.start + e)));
        found.map(|span| asked(&rule, self.trim(span), line.position)).collect()
    }

    fn marked_line(&self, rule: Candidate<'_>, index: usize, text: &str, dialogue: bool) -> Option<Asked> {
        let line = self.lines[index];
        let found = rule.find(text)?;
        let Some((start, end, question)) = found.group("question") else {
            return self.behind_mark(&rule, index);
        };
        if dialogue && !self.asks(question) {
            return None;
        }
        let span = self.before_sign(Span::new(line.span.start + start, line.span.start + end), !dialogue);
        let end = if dialogue || span.end < line.span.start + end { span.end } else { self.wrapped_end(index, span) };
        Some(asked(&rule, self.trim(Span::new(span.start, end)), line.position))
    }

    /// A mark alone in its line: the question follows; under a heading that asks, the heading is the question.
    fn behind_mark(&self, rule: &Rule, index: usize) -> Option<Asked> {
        let line = self.lines[index];
        let leaf = self.context.leaves[line.position];
        // The header of a table of questions and answers.
        if self.context.doc.ancestors(leaf).any(|a| matches!(self.context.doc.blocks[a].kind, BlockKind::Cell { .. })) {
            return None;
        }
        if matches!(self.context.doc.blocks[leaf].kind, BlockKind::Heading(_)) {
            let section = self.context.section_at(line.position);
            if self.context.sections.get(section).is_some_and(|s| s.kind.as_deref() == Some("qa")) && !self.marks_one(section) {
                return None;
            }
            let parent = self.context.sections.get(section)?.parent?;
            let heading = self.context.sections.get(parent)?.heading?;
            if self.asks(self.context.text(heading)) {
                let span = self.context.doc.blocks[heading].span;
                return Some(asked(rule, self.trim(span), self.context.position(heading)?));
            }
        }
        let next = *self.lines.get(index + 1)?;
        let behind = self.context.doc.blocks[self.context.leaves[next.position]].kind;
        let text = self.text(next.span);
        let marked = self.questions(text).any(|r| r.kind.is_none() && r.find(text).is_some_and(|f| f.group("question").is_some()));
        (!marked && !self.answers(text) && !matches!(behind, BlockKind::Heading(_)))
            .then(|| asked(rule, self.trim(next.span), next.position))
    }

    /// Where a question ends whose line was wrapped: at the first line that ends like a sentence, before the next mark.
    fn wrapped_end(&self, index: usize, span: Span) -> usize {
        let position = self.lines[index].position;
        let mut end = span.end;
        for line in self.lines.iter().skip(index + 1).take(MAX_LINES).take_while(|l| l.position == position) {
            let so_far = self.text(Span::new(span.start, end)).trim_end();
            let text = self.text(line.span);
            let marked = self.answers(text) || self.questions(text).any(|r| r.kind.as_deref() != Some("told") && r.matches(text));
            if marked || so_far.ends_with(['?', '？', '。', '.', '!', '！', '」', '"', '”']) {
                return end;
            }
            end = line.span.end;
        }
        if self.asks(self.text(Span::new(span.start, end))) { end } else { span.end }
    }
}

/// A question found by a rule.
pub(super) fn asked(rule: &Rule, span: Span, position: usize) -> Asked {
    Asked { span, position: Some(position), rule: rule.id.clone(), confidence: rule.confidence }
}
