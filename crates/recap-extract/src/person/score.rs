//! How much a piece of text looks like a person's name, and whether it looks like a company or a job.

use std::cell::RefCell;
use std::hash::Hash;
use std::rc::Rc;

use hashbrown::HashMap;
use recap_document::Span;
use recap_model::Role;
use recap_rules::Use;

use super::Known;
use super::parse::Reading;
use crate::context::Context;

/// Names are shorter than this, in characters.
const MAX_NAME: usize = 40;

/// How like a name one is that the document proves.
const PROVEN: f64 = 0.95;

/// A shape this sure is a name, whatever words are in it.
const SURE_SHAPE: f64 = 0.75;

/// Pieces that are remembered; then the memory starts anew, so that it stays small on any input.
const REMEMBERED: usize = 20_000;

/// What was found out about pieces of text before: the same pieces are asked about for every way to read a line.
#[derive(Debug, Default)]
pub struct Memo {
    likeness: RefCell<HashMap<Box<str>, f64>>,
    affiliation: RefCell<HashMap<Box<str>, bool>>,
    /// With the document's proven names.
    proven: RefCell<HashMap<Box<str>, f64>>,
    readings: RefCell<HashMap<Piece, Rc<Reading>>>,
    splits: RefCell<HashMap<Stretch, Option<(Span, Span)>>>,
}

/// A stretch of the document text, whether the document's proven names are known, and whether a person is sure to be named in it.
pub type Stretch = (Span, bool, bool);

/// A piece of the document text, whether the document's proven names are known, and the part that its people have.
pub type Piece = (Span, bool, Role);

impl Memo {
    /// What a piece was read as before, else a new reading.
    pub fn reading(&self, piece: Piece, read: impl FnOnce() -> Reading) -> Rc<Reading> {
        if let Some(known) = self.readings.borrow().get(&piece) {
            return Rc::clone(known);
        }
        let new = Rc::new(read());
        keep(&self.readings, piece, Rc::clone(&new));
        new
    }

    /// How a stretch was split before, else a new split.
    pub fn split(&self, stretch: Stretch, split: impl FnOnce() -> Option<(Span, Span)>) -> Option<(Span, Span)> {
        if let Some(known) = self.splits.borrow().get(&stretch) {
            return *known;
        }
        let new = split();
        keep(&self.splits, stretch, new);
        new
    }
}

/// The remembered answer, else a new one.
fn recall<T: Copy>(memo: &RefCell<HashMap<Box<str>, T>>, text: &str, find: impl FnOnce() -> T) -> T {
    if let Some(known) = memo.borrow().get(text) {
        return *known;
    }
    let new = find();
    keep(memo, text.into(), new);
    new
}

fn keep<K: Hash + Eq, T>(memo: &RefCell<HashMap<K, T>>, piece: K, found: T) {
    let mut memo = memo.borrow_mut();
    if memo.len() >= REMEMBERED {
        memo.clear();
    }
    memo.insert(piece, found);
}

/// 0 to 1: the share of such pieces that are names, before what stands around them is looked at.
pub fn name_likeness(context: &Context<'_>, known: Option<&Known>, name: &str) -> f64 {
    let name = name.trim();
    if name.is_empty() || name.len() > 4 * MAX_NAME {
        return 0.0;
    }
    let Some(known) = known else { return recall(&context.memo.likeness, name, || shape(context, name)) };
    recall(&context.memo.proven, name, || {
        if known.has_name(name) { PROVEN } else { recall(&context.memo.likeness, name, || shape(context, name)) }
    })
}

fn shape(context: &Context<'_>, name: &str) -> f64 {
    if name.chars().count() > MAX_NAME || !name.chars().any(char::is_alphabetic) {
        return 0.0;
    }
    let shape = context.asking(Use::Name, name).find(|rule| rule.matches(name)).map_or(0.0, |rule| rule.confidence);
    // Many nicknames end in a full stop or a star.
    let bare = name.trim_end_matches(['。', '☆', '★', '♪']);
    if shape == 0.0 || is_affiliation(context, bare) || is_remark(context, bare) {
        return 0.0;
    }
    if shape < SURE_SHAPE && context.asking(Use::NotName, bare).any(|rule| rule.matches(bare)) {
        return 0.0;
    }
    shape
}

/// Whether a piece has a word of companies, schools, teams or jobs in it.
pub fn is_affiliation(context: &Context<'_>, text: &str) -> bool {
    let mut rules = context.asking(Use::Affiliation, text).filter(|r| r.kind.as_deref() != Some("none")).peekable();
    rules.peek().is_some() && recall(&context.memo.affiliation, text, || rules.any(|rule| rule.matches(text)))
}

/// Whether a piece says something other than a name or an affiliation: `20分`, `欠席`.
pub fn is_remark(context: &Context<'_>, text: &str) -> bool {
    let mut rules = context.asking(Use::Affiliation, text).filter(|r| r.kind.as_deref() == Some("none"));
    rules.any(|rule| rule.matches(text))
}

/// Whether a piece is a company's or a school's name and nothing else.
pub fn is_company(context: &Context<'_>, text: &str) -> bool {
    let mut rules = context.asking(Use::Affiliation, text).filter(|r| r.kind.as_deref() == Some("company"));
    rules.any(|rule| rule.matches(text))
}

/// Whether a piece is nothing but a job: it names nobody's company.
pub fn is_job(context: &Context<'_>, text: &str) -> bool {
    let mut jobs = context.asking(Use::Affiliation, text).filter(|r| r.kind.as_deref() == Some("job"));
    jobs.any(|rule| rule.find(text).is_some_and(|hit| hit.start == 0 && hit.end == text.len()))
}
