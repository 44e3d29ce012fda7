//! Where a value comes from.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// JSON Pointer (RFC 6901) of a value in the recap -> the places it comes from, best first.
pub type EvidenceMap = BTreeMap<String, Vec<Evidence>>;

/// How the value was made from its quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The value is the quote, character for character (white space apart).
    Verbatim,
    /// Dates, URLs, widths: the quote in another notation.
    Normalised,
    /// Made from other values, which [`Evidence::from`] names, or implied by the quote.
    Derived,
    /// A person's correction.
    Override,
}

/// One place that a value comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Id of the source ([`crate::Source::id`]).
    pub source: String,
    /// First code point of the quote in the source's document text; of the element, where `attribute` is given.
    pub start: usize,
    /// Code point after the quote's last one.
    pub end: usize,
    /// What stands there, or the attribute's value.
    pub quote: String,
    /// The attribute (`href`, `src`, `data-id`, a JSON-LD path …) that holds the quote, where it is not in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// The rule that found it, `pack/name`.
    pub rule: String,
    /// How the value was made from the quote.
    pub method: Method,
    /// Pointers of the values that a derived value was made from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// 0 to 1: the share of such values that are right.
    pub confidence: f64,
}

/// A value that lost against another one, kept with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// Pointer of the value that won.
    pub pointer: String,
    /// The value that lost.
    pub value: serde_json::Value,
    /// Why it lost.
    pub reason: String,
    /// Where it comes from.
    pub evidence: Vec<Evidence>,
}

/// A problem with the source that a reader should know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// Short stable name, such as `weekday-conflict`.
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// Id of the source.
    pub source: Option<String>,
    /// Code point in the document text, where it has one.
    pub start: Option<usize>,
}
