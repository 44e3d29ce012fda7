//! Which leaves tell of the event as a whole: the start of the document, and nothing about later events.

use recap_document::{BlockKind, Field};
use recap_rules::{Rule, Use};

use super::fields::{self, Labelled};
use crate::context::Context;

/// Leaves of the start that are read for sentences about the event.
const FRONT_LEAVES: usize = 40;
/// Bytes of the start that are read for sentences about the event.
const FRONT_BYTES: usize = 6_000;

/// Labelled values about the event that are looked at.
const MAX_FIELDS: usize = 200;
/// Leaves at the very start tell of the event itself, also where they mention the next one.
const EARLY: usize = 5;

/// What the parts of the event are read from.
#[derive(Debug)]
pub struct Scope<'c, 'a> {
    /// The document.
    pub context: &'c Context<'a>,
    /// Leaves at the start, in order.
    pub front: Vec<usize>,
    /// Labelled values about the event.
    pub fields: Vec<Labelled<'a>>,
    /// Front matter about the event, with the rules that know its keys.
    front_matter: Vec<(&'a Rule, &'a Field)>,
}

impl<'c, 'a> Scope<'c, 'a> {
    /// Looks a document over.
    pub fn new(context: &'c Context<'a>) -> Self {
        let mut scope = Self { context, front: Vec::new(), fields: Vec::new(), front_matter: front_matter(context) };
        scope.front = scope.front_leaves();
        let fields = fields::read(context).into_iter().filter(|f| f.kind.starts_with("event.")).take(MAX_FIELDS);
        scope.fields = fields.filter(|f| !scope.is_later(f.block)).collect();
        scope
    }

    /// Whether a block tells of a later event.
    pub fn is_later(&self, block: usize) -> bool {
        let Some(position) = self.context.position(block) else { return false };
        let mut section = Some(self.context.section_at(position));
        while let Some(index) = section {
            let outline = &self.context.sections[index];
            if outline.kind.as_deref().is_some_and(|k| k.starts_with("next")) || outline.heading.is_some_and(|h| self.announces(h)) {
                return true;
            }
            section = outline.parent;
        }
        let text = self.context.text(block);
        let opens = |r: &recap_rules::Candidate<'_>| r.kind.as_deref().is_none_or(|k| k == "cue");
        // Of a short document the first two thirds.
        position >= EARLY.min((2 * self.context.leaves.len()).div_ceil(3))
            && self.context.asking(Use::NextEvent, text).filter(opens).any(|r| r.matches(text))
    }

    /// Whether a heading announces a later event.
    fn announces(&self, heading: usize) -> bool {
        let text = self.context.text(heading);
        let headed = |r: &recap_rules::Candidate<'_>| r.kind.as_deref() == Some("heading");
        self.context.asking(Use::NextEvent, text).filter(headed).any(|r| r.matches(text))
    }

    /// Whether the start gives the event's day and place in fields, as its own page or an announcement does: what it is headed by
    /// is the event then.
    pub fn is_sheet(&self) -> bool {
        let last = self.front.last().copied().unwrap_or_default();
        ["event.date", "event.venue"].iter().all(|kind| self.values(kind).any(|field| field.block <= last))
    }

    /// The values of a field, in order.
    pub fn values(&self, kind: &str) -> impl Iterator<Item = &Labelled<'a>> {
        self.fields.iter().filter(move |f| f.kind == kind)
    }

    /// The front matter of a kind, with the rules that knew the keys.
    pub fn given(&self, kind: &str) -> impl Iterator<Item = (&'a Rule, &'a Field)> {
        self.front_matter.iter().filter(move |(rule, _)| rule.kind.as_deref() == Some(kind)).copied()
    }

    /// The rules for a purpose and of a kind.
    pub fn rules(&self, purpose: Use, kind: &str) -> Vec<&'a Rule> {
        self.context.rules.of(purpose, self.context.language).filter(|r| r.kind.as_deref() == Some(kind)).collect()
    }

    fn front_leaves(&self) -> Vec<usize> {
        let mut bytes = 0;
        let mut front = Vec::new();
        for &leaf in self.context.leaves.iter().take(FRONT_LEAVES) {
            if bytes > FRONT_BYTES {
                break;
            }
            bytes += self.context.text(leaf).len();
            if self.context.doc.blocks[leaf].kind != BlockKind::Rule && !self.is_later(leaf) {
                front.push(leaf);
            }
        }
        front
    }
}

/// Front matter whose key is a field's label: `venue`, `event_date`, `event.name`. A nested value is no field of the event.
fn front_matter<'a>(context: &Context<'a>) -> Vec<(&'a Rule, &'a Field)> {
    let known = |(key, field): &'a (String, Field)| {
        let label = key.strip_prefix("event.").unwrap_or(key).replace(['_', '-'], " ");
        let rule = fields::label(context, &label).filter(|_| !label.contains('.'))?;
        rule.kind.as_deref().is_some_and(|k| k.starts_with("event.")).then_some((rule, field))
    };
    context.doc.meta.other.iter().filter_map(known).collect()
}
