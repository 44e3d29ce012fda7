//! The pages of a person.

use serde::Serialize;

use super::{pages, weight};
use crate::library::{At, Detail};
use crate::paths;

/// A part in an event, with addresses.
#[derive(Debug, Clone, Serialize)]
pub struct Part<'d> {
    /// Heading that it begins: the year.
    pub heading: Option<&'d str>,
    /// The event.
    pub at: &'d At,
    /// The event's page.
    pub page: String,
    /// Titles and pages of talks.
    pub talks: Vec<(Option<&'d str>, String)>,
}

/// Pages of a person's events, newest first.
pub fn parts(detail: &Detail) -> Vec<Vec<Part<'_>>> {
    let mut all = Vec::new();
    for year in &detail.years {
        for (n, at) in year.events.iter().enumerate() {
            let talks = at.talks.iter().take(60).map(|(id, title)| (title.as_deref(), paths::encoded(&paths::talk(&at.event, id))));
            all.push(Part {
                heading: (n == 0).then_some(year.year.as_str()),
                at,
                page: paths::encoded(&paths::event(&at.event, 1)),
                talks: talks.collect(),
            });
        }
    }
    pages(all, |part| 400 + weight(part), 150)
}
