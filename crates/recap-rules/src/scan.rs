//! Which rules may find something in a text: one pass over a document looks for the literals that patterns require, and
//! only the rules whose literals stand in a piece of it are run there.
//!
//! What always holds: a rule that a [`Scan`] leaves out for a text finds nothing in it, nor in the text on one line
//! ([`flat`]). `tests/scan.rs` compares.

use std::borrow::Cow;
use std::ops::{BitOrAssign, Deref, Range};

use aho_corasick::AhoCorasick;

use crate::{Found, Rule, Use};

/// Rules of one purpose that are told apart; those behind them are always asked.
const TOLD_APART: usize = 256;

/// A set of the rules of one purpose, by their place among them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Slots([u64; TOLD_APART / 64]);

impl Slots {
    const ALL: Slots = Slots([u64::MAX; TOLD_APART / 64]);

    fn insert(&mut self, slot: usize) {
        if let Some(word) = self.0.get_mut(slot / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    /// The places in the set out of the first `count`, in order.
    fn among(self, count: usize) -> impl Iterator<Item = usize> {
        let told = self.0.into_iter().enumerate().flat_map(|(i, mut word)| {
            std::iter::from_fn(move || {
                let bit = word.trailing_zeros() as usize;
                word &= word.wrapping_sub(1);
                (bit < 64).then_some(64 * i + bit)
            })
        });
        told.take_while(move |slot| *slot < count).chain(TOLD_APART..count)
    }
}

impl BitOrAssign for Slots {
    fn bitor_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }
}

/// The rules for one purpose and language, in their order.
#[derive(Debug, Clone, Default)]
struct Purpose {
    /// Their places in [`crate::Rules::all`].
    rules: Vec<usize>,
    /// Those that require no literal, or one that nearly every text has.
    always: Slots,
}

/// The rules of one purpose that require the same literal.
#[derive(Debug, Clone, Default)]
struct Owner {
    purpose: usize,
    slots: Slots,
}

/// The rules for a language by purpose, and the literals that they require.
#[derive(Debug, Clone)]
pub struct Index {
    /// By [`Use`].
    purposes: Vec<Purpose>,
    /// Finds the literals; ASCII letters of either case.
    literals: Option<AhoCorasick>,
    /// Who requires the literals.
    owners: Vec<Owner>,
    /// For each literal, its part of `owners`.
    of_literal: Vec<Range<usize>>,
}

impl Index {
    /// The index of the rules that `holds` picks.
    pub fn new(rules: &[Rule], holds: impl Fn(&Rule) -> bool) -> Self {
        let mut purposes = vec![Purpose::default(); Use::COUNT];
        let mut required: Vec<(Cow<'_, str>, usize, usize)> = Vec::new();
        for (number, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.purpose != Use::Link && holds(rule)) {
            let purpose = &mut purposes[rule.purpose as usize];
            let slot = purpose.rules.len();
            purpose.rules.push(number);
            match rule.literals().filter(|literals| literals.iter().all(|l| is_rare(l))) {
                Some(literals) => required.extend(literals.iter().map(|l| (flat(l), rule.purpose as usize, slot))),
                None => purpose.always.insert(slot),
            }
        }
        required.sort_unstable();
        let (mut literals, mut owners, mut of_literal) = (Vec::new(), Vec::<Owner>::new(), Vec::<Range<usize>>::new());
        for one in required.chunk_by(|a, b| a.0 == b.0) {
            let first = owners.len();
            for of_purpose in one.chunk_by(|a, b| a.1 == b.1) {
                let mut owner = Owner { purpose: of_purpose[0].1, slots: Slots::default() };
                of_purpose.iter().for_each(|(.., slot)| owner.slots.insert(*slot));
                owners.push(owner);
            }
            literals.push(one[0].0.as_bytes());
            of_literal.push(first..owners.len());
        }
        let literals = AhoCorasick::builder().ascii_case_insensitive(true).build(&literals).ok();
        if literals.is_none() {
            // More literals than an automaton has states: every rule is asked then.
            purposes.iter_mut().for_each(|purpose| purpose.always = Slots::ALL);
        }
        Self { purposes, literals, owners, of_literal }
    }

    /// Calls `found` with the place of every literal in a text and each of its owners.
    fn each(&self, text: &str, mut found: impl FnMut(Range<usize>, usize)) {
        let text = flat(text);
        for hit in self.literals.iter().flat_map(|literals| literals.find_overlapping_iter(&*text)) {
            self.of_literal[hit.pattern().as_usize()].clone().for_each(|owner| found(hit.range(), owner));
        }
    }
}

/// The rules for a language over one text.
#[derive(Debug)]
pub struct Scan<'r, 't> {
    rules: &'r [Rule],
    index: &'r Index,
    text: &'t str,
    /// Where literals stand in the text that rules of a purpose require.
    hits: Vec<Hits>,
}

/// Literals of one purpose in a text, in order of their ends.
#[derive(Debug, Clone, Default)]
struct Hits {
    all: Vec<Hit>,
    /// For every [`STEP`] bytes of the text, the first literal that ends behind their begin.
    first: Vec<u32>,
}

/// Bytes of the text between two entries of [`Hits::first`].
const STEP: usize = 64;

impl Hits {
    fn push(&mut self, hit: Hit) {
        // All steps that begin before its end and have none yet.
        let steps = hit.end.div_ceil(STEP);
        if self.first.len() < steps {
            self.first.resize(steps, u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        }
        self.all.push(hit);
    }

    /// The literals that end behind a place, in order.
    fn behind(&self, place: usize) -> &[Hit] {
        let Some(&first) = self.first.get(place / STEP) else { return &[] };
        let near = &self.all[first as usize..];
        &near[near.iter().take_while(|hit| hit.end <= place).count()..]
    }
}

#[derive(Debug, Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    /// In [`Index::owners`].
    owner: usize,
}

impl<'r, 't> Scan<'r, 't> {
    pub(crate) fn new(rules: &'r [Rule], index: &'r Index, text: &'t str) -> Self {
        let mut hits = vec![Hits::default(); Use::COUNT];
        index.each(text, |place, owner| hits[index.owners[owner].purpose].push(Hit { start: place.start, end: place.end, owner }));
        Self { rules, index, text, hits }
    }

    /// The rules for a purpose that may find something in `text`, in their order. A piece of the scanned text costs the
    /// literals in it, any other text a pass of its own.
    pub fn asking(&self, purpose: Use, text: &str) -> impl Iterator<Item = Candidate<'r>> + use<'r> {
        let (rules, of) = (self.rules, &self.index.purposes[purpose as usize]);
        let slots = self.required(purpose, text);
        slots.among(of.rules.len()).map(move |slot| Candidate(&rules[of.rules[slot]]))
    }

    /// The rules for a purpose whose literals stand in a text.
    fn required(&self, purpose: Use, text: &str) -> Slots {
        let (purpose, owners) = (purpose as usize, &self.index.owners);
        let mut slots = self.index.purposes[purpose].always;
        let Some(range) = place(self.text, text) else {
            self.index.each(text, |_, owner| {
                if owners[owner].purpose == purpose {
                    slots |= owners[owner].slots;
                }
            });
            return slots;
        };
        for hit in
            self.hits[purpose].behind(range.start).iter().take_while(|hit| hit.end <= range.end).filter(|hit| hit.start >= range.start)
        {
            slots |= owners[hit.owner].slots;
        }
        slots
    }
}

/// Whether a literal leaves out anything: hardly a text has no space and no `a`, and every hit costs.
fn is_rare(literal: &str) -> bool {
    !matches!(literal.as_bytes(), [b' ' | b'\n' | b'a'..=b'z'])
}

/// A text on one line, byte for byte as long: line breaks and tabs as spaces.
pub fn flat(text: &str) -> Cow<'_, str> {
    let broken = memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_some();
    if broken { Cow::Owned(text.replace(['\n', '\t'], " ")) } else { Cow::Borrowed(text) }
}

/// Where a piece of a text stands in it; none for a text from elsewhere.
fn place(whole: &str, piece: &str) -> Option<Range<usize>> {
    let start = (piece.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (start + piece.len() <= whole.len()).then(|| start..start + piece.len())
}

/// A rule that may find something in the text it was picked for, also on one line: its pattern is run at once.
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
