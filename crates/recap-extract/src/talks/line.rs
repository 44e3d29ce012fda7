//! The grammar of a line that may announce a talk: time, label, title, speakers, in the orders that people use.

use std::rc::Rc;
use std::sync::Arc;

use hashbrown::HashMap;
use recap_document::{BlockKind, Span};
use recap_model::TalkKind;

pub use super::labels::{announced, asks, bare_label, is_answer, is_question, labels, leading_label};
use super::labels::{take_label, take_material, take_time};
pub use super::quote::unquote;
use super::shapes;
use crate::context::Context;
use crate::finding::Mention;
use crate::person::{Known, trim};

/// A label that was taken off.
#[derive(Debug, Clone)]
pub struct Label {
    /// Id of the rule.
    pub rule: Arc<str>,
    /// Where.
    pub span: Span,
    /// What it says of the talk; none for mere numbering.
    pub kind: Option<TalkKind>,
}

/// The end of the shapes that a comma makes: many lines have one, so something else must tell that the line is a talk.
const BY_COMMA: &str = ", ";

/// A speaker that stands before the title is this sure a name (0 to 1), or like one of the same list that is.
pub const SURE_FIRST: f64 = 0.66;

/// One way to read a line.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Which way: the separator and the order. Lines of one list are mostly written in one shape.
    pub shape: String,
    /// The title, without brackets around it.
    pub title: Option<Span>,
    /// The speakers.
    pub people: Vec<Mention>,
    /// 0 to 1.
    pub score: f64,
    pub(super) doubtful: bool,
}

impl Variant {
    /// Whether the speaker stands first and is none that the name alone makes sure.
    pub fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Whether only a comma stands between title and speaker.
    pub fn is_weak(&self) -> bool {
        self.shape.ends_with(BY_COMMA)
    }
}

/// A line and the ways to read it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The line without time and labels.
    pub body: Span,
    /// `19:00` or `19:00-19:20`.
    pub time: Option<Span>,
    /// Labels in front and behind.
    pub labels: Vec<Label>,
    /// Best first; the last one takes the whole body for the title.
    pub variants: Vec<Variant>,
}

impl Line {
    /// The kind that a label tells.
    pub fn kind(&self) -> Option<&Label> {
        self.labels.iter().find(|l| l.kind.is_some_and(|k| k != TalkKind::Talk)).or_else(|| self.labels.iter().find(|l| l.kind.is_some()))
    }

    /// The best variant that names somebody, with at least `least` score.
    pub fn with_people(&self, least: f64) -> Option<&Variant> {
        self.variants.iter().find(|v| !v.people.is_empty() && v.score >= least)
    }

    /// The title of the line when nobody is named in it.
    pub fn plain_title(&self) -> Option<Span> {
        self.variants.iter().find(|v| v.people.is_empty()).and_then(|v| v.title)
    }
}

/// Lines that were read already: headings, lists, cards and tables look at the same ones.
pub type Lines = HashMap<Span, Rc<Line>>;

/// Reads a line.
pub fn read(context: &Context<'_>, known: &Known, span: Span) -> Rc<Line> {
    if let Some(line) = context.lines.borrow().get(&span) {
        return Rc::clone(line);
    }
    let line = Rc::new(parse(context, known, span));
    context.lines.borrow_mut().insert(span, Rc::clone(&line));
    line
}

fn parse(context: &Context<'_>, known: &Known, span: Span) -> Line {
    let mut line = head(context, span);
    let before = context.leaves.partition_point(|&leaf| context.doc.blocks[leaf].span.start <= span.start);
    let leaf = before.checked_sub(1).map(|i| &context.doc.blocks[context.leaves[i]]);
    let heading = leaf.is_some_and(|leaf| matches!(leaf.kind, BlockKind::Heading(_)));
    line.variants = shapes::variants(context, known, line.body, heading || line.time.is_some());
    line
}

/// A line's time and labels, and what is left; its title and people are not read.
pub fn head(context: &Context<'_>, span: Span) -> Line {
    let doc = context.doc;
    let mut line = Line { body: trim(doc, span), time: None, labels: Vec::new(), variants: Vec::new() };
    for _ in 0..4 {
        let before = line.body;
        take_time(doc, &mut line);
        take_label(context, &mut line);
        take_material(context, &mut line);
        if line.body == before {
            break;
        }
    }
    line
}

/// The talk kind that a rule's `kind` names.
pub fn talk_kind(kind: &str) -> Option<TalkKind> {
    Some(match kind {
        "keynote" => TalkKind::Keynote,
        "talk" => TalkKind::Talk,
        "lightning" => TalkKind::Lightning,
        "sponsor" => TalkKind::Sponsor,
        "panel" => TalkKind::Panel,
        "workshop" => TalkKind::Workshop,
        "other" => TalkKind::Other,
        _ => return None,
    })
}
