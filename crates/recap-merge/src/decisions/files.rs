//! The decision files as text.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Decisions, EventDecision, Override, PeopleDecisions, Suppress};

/// Who is who.
pub const PEOPLE: &str = "people.toml";
/// Who and what is left out.
pub const SUPPRESS: &str = "suppress.toml";
/// Which sources tell of one event.
pub const REVIEW: &str = "review.toml";
/// Folder of the corrections, one file an event.
pub const OVERRIDES: &str = "overrides";

/// A decision file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionError {
    /// The file, below `decisions/`.
    pub file: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for DecisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for DecisionError {}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct OverrideFile {
    #[serde(rename = "override")]
    all: Vec<Override>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ReviewFile {
    pair: Vec<EventDecision>,
}

/// The file of an event's corrections, below `decisions/`.
pub fn overrides_file(id: &str) -> String {
    format!("{OVERRIDES}/{}.toml", recap_text::slug::slug(id))
}

impl Decisions {
    /// Adds the decisions of a file, named below `decisions/`.
    ///
    /// # Errors
    /// Text that is no such file.
    pub fn read(&mut self, file: &str, text: &str) -> Result<(), DecisionError> {
        let wrong =
            |error: toml::de::Error| DecisionError { file: file.to_owned(), message: error.to_string().trim_end().replace('\n', " ") };
        match file {
            PEOPLE => self.people = toml::from_str::<PeopleDecisions>(text).map_err(wrong)?,
            SUPPRESS => self.suppress = toml::from_str::<Suppress>(text).map_err(wrong)?,
            REVIEW => self.events = toml::from_str::<ReviewFile>(text).map_err(wrong)?.pair,
            _ => {
                let id = file.strip_prefix(OVERRIDES).map_or(file, |rest| rest.trim_start_matches(['/', '\\'])).trim_end_matches(".toml");
                let read = toml::from_str::<OverrideFile>(text).map_err(wrong)?.all;
                self.overrides.insert(id.to_owned(), read);
            }
        }
        Ok(())
    }

    /// The text of a file, sorted; empty where there is nothing to keep.
    pub fn write(&self, file: &str) -> String {
        let mut sorted = self.clone();
        sorted.people.sort();
        sorted.suppress.sort();
        sorted.events.sort();
        sorted.events.dedup();
        let (head, body) = match file {
            PEOPLE => ("Who is who: same person, different persons.", text(&sorted.people)),
            SUPPRESS => ("Who and what is left out of everything, for good.", text(&sorted.suppress)),
            REVIEW => ("Which sources tell of one event, and which do not.", text(&ReviewFile { pair: sorted.events })),
            _ => {
                let id = file.trim_start_matches(OVERRIDES).trim_start_matches('/').trim_end_matches(".toml");
                let mut all = sorted.overrides.remove(id).unwrap_or_default();
                all.sort_by(|a, b| a.key.cmp(&b.key));
                ("Corrections of this event; the last word on every value.", text(&OverrideFile { all }))
            }
        };
        if body.lines().all(|line| line.trim().is_empty() || line.ends_with("= []")) {
            String::new()
        } else {
            format!("# {head}\n\n{body}")
        }
    }
}

fn text(file: &impl Serialize) -> String {
    toml::to_string(file).unwrap_or_default()
}
