//! Lists of events, series, tags and people.

use serde::Serialize;

use super::{pages, weight};
use crate::library::{Card, Group, Library, PersonCard};

/// A line of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Row<'l> {
    /// Heading that the line begins, such as a year.
    pub heading: Option<&'l str>,
    /// The event.
    pub card: &'l Card,
}

/// Bytes of a line's markup.
const MARKUP: usize = 250;

/// Pages of events; a heading stands where the year changes, if that is asked for.
pub fn events<'l>(library: &'l Library, group: &Group, by_year: bool) -> Vec<Vec<Row<'l>>> {
    let cards: Vec<&Card> = group.events.iter().filter_map(|&at| library.events.get(at)).collect();
    let mut pages = pages(cards.into_iter().map(|card| Row { heading: None, card }).collect(), |row| MARKUP + weight(row), 200);
    for page in pages.iter_mut().filter(|_| by_year) {
        let mut last = None;
        for row in page {
            row.heading = Some(row.card.year.as_str()).filter(|year| last != Some(*year));
            last = Some(&row.card.year);
        }
    }
    pages
}

/// Pages of groups.
pub fn groups(groups: &[Group]) -> Vec<Vec<&Group>> {
    pages(groups.iter().collect(), |group| MARKUP + weight(group), 300)
}

/// Pages of people.
pub fn people(people: &[PersonCard]) -> Vec<Vec<&PersonCard>> {
    pages(people.iter().collect(), |person| MARKUP + weight(person), 300)
}

/// A bar of a small chart.
#[derive(Debug, Clone, Serialize)]
pub struct Bar<'l> {
    /// What it counts.
    pub group: &'l Group,
    /// 1 to 100.
    pub length: usize,
}

/// A bar for each group, the longest 100.
pub fn bars(groups: &[Group]) -> Vec<Bar<'_>> {
    let most = groups.iter().map(|group| group.count).max().unwrap_or(1).max(1);
    groups.iter().map(|group| Bar { group, length: (group.count * 100).div_ceil(most) }).collect()
}
