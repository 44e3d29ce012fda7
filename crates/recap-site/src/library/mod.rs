//! Everything that lists need, without the recaps themselves: events, people, and the search index.
//!
//! A library is made once from all recaps, one after the other, and kept in a file: fifty thousand recaps cannot be read
//! again whenever a server starts. The page of an event is made from its recap, which is read when somebody asks.

mod build;
mod facts;
mod groups;
mod people;

use std::collections::HashMap;
use std::io;

use serde::{Deserialize, Serialize};

use crate::search::{Arena, Index, Reader, write_bytes};

pub use build::Builder;
pub use groups::Group;
pub use people::{Account, At, Beside, Detail, PersonCard, Year};

/// The first bytes of a library's file; the last one counts its versions.
const MAGIC: &[u8] = b"recap library 1\n";

/// What stands for the year of an event without a date.
pub const UNDATED: &str = "undated";

/// Something with a page: its name and the page's file name, without folder and ending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// As people write it.
    pub name: String,
    /// Of its page.
    pub file: String,
}

/// An event in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The recap's id.
    pub id: String,
    /// Of its page.
    pub file: String,
    /// Where the recap is, as its owner named it.
    pub source: String,
    /// The event's name.
    pub name: String,
    /// Local ISO 8601.
    pub start: Option<String>,
    /// Four digits, or [`UNDATED`].
    pub year: String,
    /// The series.
    pub series: Option<Named>,
    /// Hashtags.
    pub tags: Vec<Named>,
    /// How many talks.
    pub talks: usize,
    /// How many people with a part.
    pub people: usize,
    /// The place, or `online`.
    pub place: Option<String>,
    /// Other ids that lead here.
    pub former: Vec<String>,
}

/// What is around an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Around {
    /// Person's id in the recap -> file name of the person's page.
    pub people: HashMap<String, String>,
    /// The event of the series before it.
    pub before: Option<Named>,
    /// The event of the series after it.
    pub after: Option<Named>,
}

/// The library.
#[derive(Debug, Default)]
pub struct Library {
    /// Newest first, those without a date last.
    pub events: Vec<Card>,
    /// By name.
    pub people: Vec<PersonCard>,
    /// By year, newest first; `undated` last.
    pub years: Vec<Group>,
    /// By name.
    pub series: Vec<Group>,
    /// By number of events, then name.
    pub tags: Vec<Group>,
    /// Of the events, JSON.
    around: Arena,
    /// Of the people, JSON.
    details: Arena,
    /// What can be found.
    pub search: Index,
    event_at: HashMap<String, usize>,
    person_at: HashMap<String, usize>,
}

impl Library {
    /// The event with an id, a former id, or the file name of its page.
    pub fn event(&self, name: &str) -> Option<(&Card, Around)> {
        let at = *self.event_at.get(name)?;
        Some((self.events.get(at)?, serde_json::from_slice(self.around.get(at)).unwrap_or_default()))
    }

    /// The person with the file name of their page.
    pub fn person(&self, file: &str) -> Option<Detail> {
        serde_json::from_slice(self.details.get(*self.person_at.get(file)?)).ok()
    }

    /// Writes it as one piece.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(MAGIC)?;
        write_bytes(&serde_json::to_vec(&self.events)?, out)?;
        write_bytes(&serde_json::to_vec(&self.people)?, out)?;
        self.around.write(out)?;
        self.details.write(out)?;
        self.search.write(out)
    }

    /// Reads what [`Library::write`] wrote, which begins at a place of these bytes and keeps them; none where it is damaged or
    /// of another version.
    pub fn read(bytes: Vec<u8>, at: usize) -> Option<Self> {
        let mut from = Reader::new(bytes, at);
        if !from.passes(MAGIC) {
            return None;
        }
        let events = serde_json::from_slice(&from.piece()?).ok()?;
        let people = serde_json::from_slice(&from.piece()?).ok()?;
        let (around, details) = (Arena::read(&mut from)?, Arena::read(&mut from)?);
        Some(Self::of(events, people, around, details, Index::read(&mut from)?))
    }

    fn of(events: Vec<Card>, people: Vec<PersonCard>, around: Arena, details: Arena, search: Index) -> Self {
        let mut event_at = HashMap::with_capacity(events.len());
        // An id that is in use is no former one.
        for (at, card) in events.iter().enumerate() {
            card.former.iter().for_each(|old| _ = event_at.entry(old.clone()).or_insert(at));
        }
        for (at, card) in events.iter().enumerate() {
            event_at.insert(card.id.clone(), at);
        }
        for (at, card) in events.iter().enumerate() {
            event_at.insert(card.file.clone(), at);
        }
        let person_at = people.iter().enumerate().map(|(at, person)| (person.file.clone(), at)).collect();
        let (years, series, tags) = (groups::years(&events), groups::series(&events), groups::tags(&events));
        Self { events, people, years, series, tags, around, details, search, event_at, person_at }
    }
}
