//! Who speaks in a dialogue: the panelists of a panel that is told turn by turn.

use std::ops::Range;

use recap_document::{BlockKind, Span};
use recap_model::Role;
use recap_rules::Use;
use recap_text::names::fold;

use super::lines;
use crate::context::Context;
use crate::finding::Mention;
use crate::person::{Known, whole_line};

/// Lines of a part that are read.
const MAX_LINES: usize = 600;

/// A name this sure needs no repetition.
const SURE: f64 = 0.9;

/// Who takes a turn, and how often.
struct Voice {
    folded: String,
    mention: Mention,
    score: f64,
    turns: usize,
}

/// The people who take turns in a range of leaves; at least two, each of whom is named beyond doubt or speaks several times.
/// Hosts and those who ask from the audience are none. Outside of a panel everybody must speak twice.
pub fn speakers(context: &Context<'_>, known: &Known, range: Range<usize>, panel: bool) -> Vec<Mention> {
    let mut voices: Vec<Voice> = Vec::new();
    let running = |leaf: &&usize| context.doc.blocks[**leaf].kind == BlockKind::Paragraph;
    let spans = context.leaves[range].iter().filter(running).flat_map(|&leaf| lines(context, leaf));
    for span in spans.take(MAX_LINES) {
        let Some(who) = turn(context, span) else { continue };
        let (people, score) = whole_line(context, Some(known), who, Role::Speaker, 0.45);
        let [one] = people.as_slice() else { continue };
        let folded = fold(context.doc.slice(who));
        match voices.iter_mut().find(|v| v.folded == folded) {
            Some(voice) => voice.turns += 1,
            None => voices.push(Voice { folded, mention: one.clone(), score, turns: 1 }),
        }
    }
    let least = if panel { 1 } else { 2 };
    voices.retain(|v| if v.score >= SURE { v.turns >= least } else { v.turns > least });
    if voices.len() < 2 { Vec::new() } else { voices.into_iter().map(|v| v.mention).collect() }
}

/// The name before a turn.
fn turn(context: &Context<'_>, span: Span) -> Option<Span> {
    let text = context.doc.slice(span);
    let mut rules = context.asking(Use::Question, text).filter(|r| matches!(r.kind.as_deref(), Some("turn" | "voice")));
    let (s, e, rule) = rules.find_map(|rule| rule.find(text)?.group("who").map(|(s, e, _)| (s, e, rule)))?;
    context.fire(&rule.id, span);
    // An honorific behind the name tells a person.
    Some(crate::person::with_honorific(context, Span::new(span.start + s, span.start + e), span.end))
}
