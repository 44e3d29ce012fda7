//! Questions put to speakers and panels: marked lines (`Q:`), the parts of a question time, dialogues, questions that are
//! told in quotation marks.

mod answer;
mod marks;
mod parts;
mod posts;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use recap_document::{BlockKind, Span};
use recap_rules::{Rule, Use};

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
    /// Lines that open or tell a question.
    questions: Vec<&'a Rule>,
    /// What a question ends like.
    forms: Vec<&'a Rule>,
    /// Lines that open a list of questions.
    labels: Vec<&'a Rule>,
    /// A speaker's turn in a dialogue.
    turns: Vec<&'a Rule>,
    answers: Vec<&'a Rule>,
}

impl<'c, 'a> Finder<'c, 'a> {
    fn new(context: &'c Context<'a>) -> Self {
        let of = |purpose: Use| context.rules.of(purpose, context.language).collect::<Vec<_>>();
        let all = of(Use::Question);
        let kind = |wanted: &str| all.iter().copied().filter(|r| r.kind.as_deref() == Some(wanted)).collect::<Vec<_>>();
        let mut labels: Vec<&Rule> = of(Use::Section).into_iter().filter(|r| r.kind.as_deref() == Some("qa")).collect();
        labels.extend(kind("label"));
        let (forms, turns) = (kind("form"), kind("turn"));
        let questions = all.into_iter().filter(|r| matches!(r.kind.as_deref(), None | Some("dialogue" | "told"))).collect();
        Self { context, lines: lines(context), questions, forms, labels, turns, answers: of(Use::Answer) }
    }

    fn text(&self, span: Span) -> &'a str {
        self.context.doc.slice(span)
    }

    /// Whether a text ends like a question.
    fn asks(&self, text: &str) -> bool {
        self.forms.iter().any(|rule| rule.matches(text.trim_end()))
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
