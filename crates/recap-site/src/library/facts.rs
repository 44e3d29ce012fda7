//! What lists say of an event.

use std::collections::{BTreeMap, HashMap};

use recap_model::{AttendanceMode, Event, Recap, Talk};
use recap_text::names::fold;

use super::{Card, Named, UNDATED};
use crate::paths;
use crate::search::Filter;

/// The first characters of a text; `…` where more would follow.
pub fn clipped(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// Parts of a line that are there.
pub fn line<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(|part| clipped(part, 100)).collect();
    parts.join(" · ")
}

/// The day, or as much of it as is known.
pub fn day(card: &Card) -> &str {
    let start = card.start.as_deref().unwrap_or_default();
    start.get(..10).unwrap_or(start)
}

/// The year of an event's start.
pub fn year(event: &Event) -> String {
    let start = event.start.as_deref().and_then(|start| start.get(..4));
    start.filter(|year| year.bytes().all(|b| b.is_ascii_digit())).unwrap_or(UNDATED).to_owned()
}

/// Where an event was, in a few words.
pub fn place(event: &Event) -> Option<String> {
    let venue = event.venue.name.as_deref().map(|name| clipped(name, 100));
    venue.or_else(|| (event.attendance_mode == Some(AttendanceMode::Online)).then(|| "online".to_owned()))
}

/// The filters that an event's entries pass.
pub fn filters<'p>(card: &Card, people: impl Iterator<Item = &'p String>) -> Vec<Filter> {
    let series = card.series.iter().map(|series| Filter::Series(series.file.clone()));
    let people = people.map(|person| Filter::Person(person.clone()));
    series.chain(people).chain([Filter::Year(card.year.clone())]).collect()
}

/// A recap without what is long: enough to tell who is who.
pub fn thin(recap: &Recap) -> Recap {
    let talk = |talk: &Talk| Talk { summary: None, links: Vec::new(), slides: Vec::new(), videos: Vec::new(), ..talk.clone() };
    Recap {
        id: recap.id.clone(),
        event: Event { urls: Vec::new(), videos: Vec::new(), ..recap.event.clone() },
        talks: recap.talks.iter().map(talk).collect(),
        people: recap.people.clone(),
        redirects: recap.redirects.clone(),
        ..Recap::default()
    }
}

/// The events of the series before and behind each event, by its number; `order` is newest first.
pub fn neighbours(cards: &[Card], order: &[usize]) -> HashMap<usize, (Option<Named>, Option<Named>)> {
    let mut latest: HashMap<&str, usize> = HashMap::new();
    let mut out: HashMap<usize, (Option<Named>, Option<Named>)> = HashMap::new();
    let named = |at: usize| cards.get(at).map(|card| Named { name: card.name.clone(), file: card.file.clone() });
    for &at in order.iter().rev() {
        let Some(card) = cards.get(at).filter(|card| card.start.is_some()) else { continue };
        let Some(series) = &card.series else { continue };
        if let Some(before) = latest.insert(&series.file, at) {
            out.entry(before).or_default().1 = named(at);
            out.entry(at).or_default().0 = named(before);
        }
    }
    out
}

/// One name and one page for all spellings of a series, and of a tag.
pub struct Spellings {
    series: HashMap<String, Named>,
    tags: HashMap<String, Named>,
}

impl Spellings {
    /// Of all events.
    pub fn new(recaps: &[Recap]) -> Self {
        Self {
            series: usual(recaps.iter().filter_map(|recap| recap.event.series.as_deref())),
            tags: usual(recaps.iter().flat_map(|recap| recap.event.hashtags.iter().map(String::as_str))),
        }
    }

    /// A series by any of its spellings.
    pub fn series(&self, name: &str) -> Option<Named> {
        self.series.get(&fold(name)).cloned()
    }

    /// A tag by any of its spellings.
    pub fn tag(&self, name: &str) -> Option<Named> {
        self.tags.get(&fold(name)).cloned()
    }
}

/// Folded spelling -> the usual spelling, each with a page.
fn usual<'n>(names: impl Iterator<Item = &'n str>) -> HashMap<String, Named> {
    let mut counts: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for name in names.filter(|name| !fold(name).is_empty()) {
        *counts.entry(fold(name)).or_default().entry(name).or_default() += 1;
    }
    let most =
        |spellings: &BTreeMap<&'n str, usize>| spellings.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(name, _)| *name);
    let chosen: BTreeMap<String, &str> = counts.iter().filter_map(|(folded, all)| Some((folded.clone(), most(all)?))).collect();
    let files = paths::unique(chosen.values().copied());
    let named =
        |(folded, name): (String, &str)| (folded, Named { name: clipped(name, 200), file: files.get(name).cloned().unwrap_or_default() });
    chosen.into_iter().map(named).collect()
}
