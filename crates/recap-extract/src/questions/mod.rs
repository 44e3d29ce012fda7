//! Questions put to speakers and panels: marked lines (`Q:`), the parts of a question time, dialogues, questions that are
//! told in quotation marks.

mod answer;
mod answered;
mod marks;
mod parts;
mod posts;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use recap_document::{BlockKind, Span};
use recap_rules::{Candidate, Use};

use crate::context::Context;
use crate::drafts::{QuestionDraft, TalkDraft};
use crate::finding::Found;

/// A question has at most so many bytes.
const MAX_QUESTION: usize = 900;
/// And at least so many: `Q: ?` is none.
const MIN_QUESTION: usize = 4;

/// Questions with their answers and talks.
pub fn find(context: &Context<'_>, talks: &[TalkDraft]) -> Vec<QuestionDraft> {
    let finder = Finder::new(context);
    // What says itself that it is a question comes before what is one by its place.
    let ways = [finder.marked(), finder.in_turns(), finder.in_parts(), finder.in_posts()];
    let mut kept: BTreeMap<usize, Asked> = BTreeMap::new();
    for mut asked in ways {
        asked.sort_by_key(|a| (a.span.start, Reverse(a.span.end)));
        for one in asked {
            let fits = (MIN_QUESTION..=MAX_QUESTION).contains(&one.span.len());
            let before = kept.range(..one.span.end).next_back().is_none_or(|(_, last)| last.span.end <= one.span.start);
            if fits && before {
                kept.insert(one.span.start, one);
            }
        }
    }
    let kept: Vec<Asked> = kept.into_values().collect();
    kept.iter().enumerate().map(|(i, one)| finder.draft(one, kept.get(i + 1), talks)).collect()
}

/// A question and where it stands.
struct Asked {
    span: Span,
    /// Position in [`Context::leaves`]; none for one in a post.
    position: Option<usize>,
    rule: String,
    confidence: f64,
}

/// A line of a leaf.
#[derive(Clone, Copy)]
struct Line {
    position: usize,
    span: Span,
}

/// The context with the rules and lines that all ways of finding share.
struct Finder<'c, 'a> {
    context: &'c Context<'a>,
    lines: Vec<Line>,
}

impl<'c, 'a> Finder<'c, 'a> {
    fn new(context: &'c Context<'a>) -> Self {
        Self { context, lines: lines(context) }
    }

    /// Rules that may see in a line one that opens or tells a question.
    fn questions(&self, line: &str) -> impl Iterator<Item = Candidate<'a>> + use<'a> {
        self.context.asking(Use::Question, line).filter(|r| matches!(r.kind.as_deref(), None | Some("dialogue" | "told")))
    }

    /// Rules that may see in a line a speaker's turn in a dialogue.
    fn turns(&self, line: &str) -> impl Iterator<Item = Candidate<'a>> + use<'a> {
        self.context.asking_for(Use::Question, "turn", line)
    }

    /// Whether a rule, by its id, sees questions that are told in running text.
    fn told_by(&self, rule: &str) -> bool {
        self.context.rules.of(Use::Question, self.context.language).any(|r| r.kind.as_deref() == Some("told") && r.id == rule)
    }

    /// Whether a line opens an answer.
    fn answers(&self, line: &str) -> bool {
        self.context.asking(Use::Answer, line).any(|r| r.matches(line))
    }

    fn text(&self, span: Span) -> &'a str {
        self.context.doc.slice(span)
    }

    /// Whether a text ends like a question.
    fn asks(&self, text: &str) -> bool {
        let text = text.trim_end();
        self.context.asking(Use::Question, text).any(|rule| rule.kind.as_deref() == Some("form") && rule.matches(text))
    }

    /// The span without white space around it.
    fn trim(&self, span: Span) -> Span {
        let text = self.text(span);
        let start = span.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }

    fn draft(&self, asked: &Asked, next: Option<&Asked>, talks: &[TalkDraft]) -> QuestionDraft {
        self.context.fire(&asked.rule, asked.span);
        QuestionDraft {
            question: Found::spoken(self.context.doc, asked.span, &asked.rule, asked.confidence),
            answer: self.answer(asked, next),
            talk: self.talk(asked, talks),
        }
    }
}

/// The lines of all leaves that hold running text.
fn lines(context: &Context<'_>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(context.leaves.len());
    for (position, &leaf) in context.leaves.iter().enumerate() {
        let block = &context.doc.blocks[leaf];
        if block.kind == BlockKind::Code {
            continue;
        }
        let mut at = block.span.start;
        for line in context.text(leaf).split('\n') {
            if !line.trim().is_empty() {
                lines.push(Line { position, span: Span::new(at, at + line.len()) });
            }
            at += line.len() + 1;
        }
    }
    lines
}
