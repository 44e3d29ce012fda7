//! What services say of a recap's addresses, beside what its pages say.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a service says of an address that is in the recap. It stands apart from what the pages say and replaces none of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lookup {
    /// The address, as the recap has it.
    pub url: String,
    /// What is there.
    pub kind: LookupKind,
    /// Whether it is there.
    pub status: LookupStatus,
    /// The title that a deck or a video has with its service.
    pub title: Option<String>,
    /// Who put it there, as the service shows the account: often the speaker, or a channel.
    pub author: Option<String>,
    /// The account's page.
    pub author_url: Option<String>,
    /// Where a shortened address leads to.
    pub leads_to: Option<String>,
}

/// What is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LookupKind {
    /// A post.
    Post,
    /// A deck.
    Slides,
    /// A recording or stream.
    Video,
    /// A shortened address.
    Link,
}

/// What a lookup found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LookupStatus {
    /// It is there.
    Found,
    /// It is there no more: what the page quoted of it stays.
    Gone,
}
