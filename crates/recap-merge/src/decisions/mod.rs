//! What people decided, and the text files that hold it.
//!
//! All files are TOML, sorted, one decision a table, made for git: `people.toml`, `overrides/<id>.toml`, `suppress.toml` and
//! `review.toml` below the workspace's `decisions/`. Reading and writing the files is the caller's; this is their form.

mod files;
mod overrides;
mod people;
mod suppress;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use files::{DecisionError, OVERRIDES, PEOPLE, REVIEW, SUPPRESS, overrides_file};
pub use overrides::{Action, Override, apply as apply_overrides, resolve, stable_key};
pub use people::{PeopleDecision, PeopleDecisions};
pub use suppress::{Suppress, Suppressed, apply as apply_suppress, named_in};

/// Everything that people decided, as far as merging heeds it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decisions {
    /// Source key ([`crate::source_key`]) -> the id that the event of this source had so far and keeps.
    pub ids: BTreeMap<String, String>,
    /// Who is who.
    pub people: PeopleDecisions,
    /// Id of an event -> its corrections.
    pub overrides: BTreeMap<String, Vec<Override>>,
    /// Who and what is left out of everything.
    pub suppress: Suppress,
    /// Which sources tell of one event, and which do not.
    pub events: Vec<EventDecision>,
}

/// Whether two sources tell of one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventDecision {
    /// Source key ([`crate::source_key`]) of the one.
    pub a: String,
    /// Source key of the other.
    pub b: String,
    /// One event, or two.
    pub decision: Likeness,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// One or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Likeness {
    /// One.
    Same,
    /// Two.
    Different,
}
