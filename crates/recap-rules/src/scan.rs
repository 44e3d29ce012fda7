//! Which rules may find something in a text: one pass over a document looks for the literals that patterns require, and
//! only the rules whose literals stand in a piece of it are run there.
//!
//! What always holds: a rule that a [`Scan`] leaves out for a text finds nothing in it. `tests/scan.rs` compares.

use std::ops::{Deref, Range};

use crate::finder::Finder;
use crate::{Found, Rule, Use};

/// Rules of one purpose that are told apart; those behind them are always asked.
const TOLD_APART: usize = 256;

/// A set of the rules of one purpose, by their place among them.
#[derive(Debug, Clone, Copy, Default)]
struct Slots([u64; TOLD_APART / 64]);

impl Slots {
    fn insert(&mut self, slot: usize) {
        if let Some(word) = self.0.get_mut(slot / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    fn contains(&self, slot: usize) -> bool {
        self.0.get(slot / 64).is_none_or(|word| word & (1 << (slot % 64)) != 0)
    }
}

/// The rules for one purpose and language, in their order.
#[derive(Debug, Clone, Default)]
struct Purpose {
    /// Their places in [`crate::Rules::all`].
    rules: Vec<usize>,
    /// Those that require no literal.
    always: Slots,
}

/// The rules for a language by purpose, and the literals that they require.
#[derive(Debug, Clone)]
pub struct Index {
    /// By [`Use`].
    purposes: Vec<Purpose>,
    finder: Finder,
    /// For each literal, who requires it: purpose and place among its rules.
    owners: Vec<Vec<(usize, usize)>>,
    /// For each literal, the purposes of its owners, one bit each.
    masks: Vec<u32>,
}

impl Index {
    /// The index of the rules that `holds` picks.
    pub fn new(rules: &[Rule], holds: impl Fn(&Rule) -> bool) -> Self {
        let mut purposes = vec![Purpose::default(); Use::COUNT];
        let mut required: Vec<(&str, usize, usize)> = Vec::new();
        for (number, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.purpose != Use::Link && holds(rule)) {
            let purpose = &mut purposes[rule.purpose as usize];
            let slot = purpose.rules.len();
            purpose.rules.push(number);
            match rule.literals() {
                Some(literals) => required.extend(literals.iter().map(|l| (l.as_str(), rule.purpose as usize, slot))),
                None => purpose.always.insert(slot),
            }
        }
        required.sort_unstable();
        let (mut literals, mut owners, mut masks) = (Vec::new(), Vec::<Vec<(usize, usize)>>::new(), Vec::<u32>::new());
        for (literal, purpose, slot) in required {
            if literals.last() != Some(&literal) {
                literals.push(literal);
                owners.push(Vec::new());
                masks.push(0);
            }
            if let (Some(owners), Some(mask)) = (owners.last_mut(), masks.last_mut()) {
                owners.push((purpose, slot));
                *mask |= 1 << purpose;
            }
        }
        Self { purposes, finder: Finder::new(&literals), owners, masks }
    }
}

/// The rules for a language over one text.
#[derive(Debug)]
pub struct Scan<'r, 't> {
    rules: &'r [Rule],
    index: &'r Index,
    text: &'t str,
    /// Where literals stand in the text, in order.
    hits: Vec<Hit>,
}

#[derive(Debug, Clone, Copy)]
struct Hit {
    start: usize,
    literal: usize,
}

impl<'r, 't> Scan<'r, 't> {
    pub(crate) fn new(rules: &'r [Rule], index: &'r Index, text: &'t str) -> Self {
        let mut hits = Vec::new();
        index.finder.each(text, |start, literal| hits.push(Hit { start, literal }));
        Self { rules, index, text, hits }
    }

    /// The rules for a purpose that may find something in `text`, in their order. A piece of the scanned text costs the
    /// literals in it, any other text a pass of its own.
    pub fn asking(&self, purpose: Use, text: &str) -> impl Iterator<Item = Candidate<'r>> + use<'r> {
        let (rules, of) = (self.rules, &self.index.purposes[purpose as usize]);
        let mut slots = of.always;
        let mask = 1 << (purpose as usize);
        self.each_literal(text, |literal| {
            if self.index.masks[literal] & mask != 0 {
                let owners = self.index.owners[literal].iter().filter(|(owner, _)| *owner == purpose as usize);
                owners.for_each(|(_, slot)| slots.insert(*slot));
            }
        });
        of.rules.iter().enumerate().filter(move |(slot, _)| slots.contains(*slot)).map(move |(_, &number)| Candidate(&rules[number]))
    }

    /// Calls `found` with every literal in a text.
    fn each_literal(&self, text: &str, mut found: impl FnMut(usize)) {
        let Some(range) = place(self.text, text) else { return self.index.finder.each(text, |_, literal| found(literal)) };
        let first = self.hits.partition_point(|hit| hit.start < range.start);
        for hit in self.hits[first..].iter().take_while(|hit| hit.start < range.end) {
            if hit.start + self.index.finder.length(hit.literal) <= range.end {
                found(hit.literal);
            }
        }
    }
}

/// Where a piece of a text stands in it; none for a text from elsewhere.
fn place(whole: &str, piece: &str) -> Option<Range<usize>> {
    let start = (piece.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (start + piece.len() <= whole.len()).then(|| start..start + piece.len())
}

/// A rule that may find something in the text it was picked for: its pattern is run at once.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'r>(&'r Rule);

impl<'r> Candidate<'r> {
    /// The rule.
    pub fn rule(self) -> &'r Rule {
        self.0
    }

    /// The first finding in the text.
    pub fn find<'t>(&self, text: &'t str) -> Option<Found<'r, 't>> {
        self.0.run(text)
    }

    /// Whether it finds anything; cheaper than [`Candidate::find`].
    pub fn matches(&self, text: &str) -> bool {
        self.0.run_matches(text)
    }

    /// All findings, without overlaps.
    pub fn find_all<'t>(&self, text: &'t str) -> impl Iterator<Item = Found<'r, 't>> + use<'r, 't> {
        self.0.run_all(text)
    }
}

impl Deref for Candidate<'_> {
    type Target = Rule;

    fn deref(&self) -> &Rule {
        self.0
    }
}
