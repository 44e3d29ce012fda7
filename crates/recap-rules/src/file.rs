//! The form of a rule file.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A rule file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Language that all rules of the file are for; none: for all.
    pub language: Option<String>,
    /// Pieces of patterns, used as `%{name}` in `match` (in those of other pieces too, if they stand before).
    #[serde(default)]
    pub define: toml::Table,
    /// The rules.
    #[serde(default)]
    pub rule: Vec<RuleText>,
}

/// A rule as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// `pack/name`, unique.
    pub id: String,
    /// What it is for.
    #[serde(rename = "use")]
    pub purpose: crate::Use,
    /// A regular expression with named groups.
    #[serde(rename = "match")]
    pub pattern: Option<String>,
    /// Instead of `match`: any of these, letter case and width apart.
    #[serde(default)]
    pub words: Vec<String>,
    /// `words` must be the whole text.
    #[serde(default)]
    pub whole: bool,
    /// Hosts that a link rule is for (their subdomains too); none: any host, asked last.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// What a match means: a talk's kind, a link's kind, a section's kind, a role, an attendance mode …
    pub kind: Option<String>,
    /// What a match stands for in another notation, with `{group}`s.
    pub value: Option<String>,
    /// Share of its findings that are right.
    pub confidence: Option<f64>,
    /// How much a cue speaks for (or, below 0, against).
    pub weight: Option<f64>,
    /// Texts that it must find something in.
    #[serde(default)]
    pub good: Vec<Example>,
    /// Texts that it must find nothing in.
    #[serde(default)]
    pub bad: Vec<String>,
}

/// A good example.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Example {
    /// A text that matches.
    Text(String),
    /// A text (`text`) and what the groups must hold.
    Groups(BTreeMap<String, String>),
}
