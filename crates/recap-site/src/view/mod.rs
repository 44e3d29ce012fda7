//! What pages say, as plain data for templates.

pub mod event;
pub mod evidence;
pub mod list;
mod lookups;
pub mod parts;
pub mod person;
pub mod source;
mod text;

pub use text::Cut;
pub(crate) use text::{markup, pages, pages_below, weight};

use serde::Serialize;

/// A value that is shown: text, perhaps with an address, and the page that tells where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// As it is shown.
    pub text: Cut,
    /// A page of the site, from its root.
    pub page: Option<String>,
    /// An address outside, http or https.
    pub url: Option<String>,
    /// Where its evidence is told, from the site's root.
    pub why: Option<String>,
}
