//! Events by year, series and tag.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Card, Named, UNDATED};

/// Events that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// As people write it.
    pub name: String,
    /// Of its page.
    pub file: String,
    /// Positions in the library's list of events.
    #[serde(skip)]
    pub events: Vec<usize>,
    /// How many events.
    pub count: usize,
    /// Year of the first one.
    pub first: Option<String>,
    /// Year of the last one.
    pub last: Option<String>,
}

impl Group {
    fn new(named: Named, events: Vec<usize>, cards: &[Card]) -> Self {
        let years = || events.iter().filter_map(|&at| cards.get(at)).map(|card| &card.year).filter(|year| *year != UNDATED);
        let (first, last) = (years().min().cloned(), years().max().cloned());
        Self { name: named.name, file: named.file, count: events.len(), events, first, last }
    }
}

/// Years, newest first.
pub fn years(cards: &[Card]) -> Vec<Group> {
    let named = |card: &Card| vec![Named { name: card.year.clone(), file: card.year.clone() }];
    let mut all = grouped(cards, named);
    all.sort_by(|a, b| (a.name == UNDATED, &b.name).cmp(&(b.name == UNDATED, &a.name)));
    all
}

/// Series by name.
pub fn series(cards: &[Card]) -> Vec<Group> {
    let mut all = grouped(cards, |card| card.series.iter().cloned().collect());
    all.sort_by(|a, b| (a.name.to_lowercase(), &a.file).cmp(&(b.name.to_lowercase(), &b.file)));
    all
}

/// Tags, the most used first.
pub fn tags(cards: &[Card]) -> Vec<Group> {
    let mut all = grouped(cards, |card| card.tags.clone());
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.file.cmp(&b.file)));
    all
}

fn grouped(cards: &[Card], named: impl Fn(&Card) -> Vec<Named>) -> Vec<Group> {
    let mut groups: BTreeMap<String, (Named, Vec<usize>)> = BTreeMap::new();
    for (at, card) in cards.iter().enumerate() {
        for named in named(card) {
            groups.entry(named.file.clone()).or_insert_with(|| (named, Vec::new())).1.push(at);
        }
    }
    groups.into_values().map(|(named, events)| Group::new(named, events, cards)).collect()
}
