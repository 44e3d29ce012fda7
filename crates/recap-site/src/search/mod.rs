//! Search as one types: every part of a word is found, in any script.
//!
//! The index has a list of entries for each pair of neighbouring characters, so a Japanese word of two characters is one
//! lookup and needs no dictionary. Filters are lists of the same sort. Everything is in a few flat pieces of memory, which
//! are read from a file as they are. Order among results is fixed: by how well the title fits, then by kind, newest first.

mod arena;
mod fold;
mod postings;
mod query;
mod shards;
#[cfg(test)]
mod tests;

use std::io;

use serde::{Deserialize, Serialize};

pub(crate) use arena::{Arena, Reader, Texts, write_bytes};
pub use fold::fold;
pub use query::{Found, Query};
pub use shards::shards;

use postings::{Builder, Postings};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An event.
    Event,
    /// A person.
    Person,
    /// A talk.
    Talk,
    /// A question and its answer.
    Question,
    /// A post.
    Post,
}

impl Kind {
    /// All of them, in the order of results.
    pub const ALL: [Self; 5] = [Self::Event, Self::Person, Self::Talk, Self::Question, Self::Post];

    /// As in addresses and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Person => "person",
            Self::Talk => "talk",
            Self::Question => "question",
            Self::Post => "post",
        }
    }

    /// The kind of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a result shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its name, title or first words.
    pub title: String,
    /// Who, when and where, in a line.
    pub detail: String,
    /// Its page, from the site's root, percent-encoded.
    pub path: String,
}

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What a result shows.
    pub hit: Hit,
    /// What is searched besides the title.
    pub body: String,
    /// The day, newest first among entries of a kind.
    pub date: Option<String>,
    /// Filters that it passes: `year` …, as [`Filter`] makes them.
    pub filters: Vec<Filter>,
}

/// A property that results can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// Four digits, or `undated`.
    Year(String),
    /// File name of the series' page.
    Series(String),
    /// File name of the person's page.
    Person(String),
    /// What it is.
    Kind(Kind),
}

impl Filter {
    /// As scripts compare it; file names hold neither space nor colon.
    fn word(&self) -> String {
        match self {
            Self::Year(year) => format!("year:{year}"),
            Self::Series(series) => format!("series:{series}"),
            Self::Person(person) => format!("person:{person}"),
            Self::Kind(kind) => format!("kind:{}", kind.name()),
        }
    }
}

/// Longest text of an entry that is searched, in characters.
pub(crate) const LONGEST: usize = 2000;

/// Between title and body of a searched text; no folded text has it.
const BETWEEN: u8 = 1;

/// The index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// JSON of the hits.
    hits: Arena,
    /// Folded title and body.
    texts: Arena,
    /// Filters as words, for scripts.
    marks: Arena,
    postings: Postings,
}

impl Index {
    /// Makes an index; the order of the entries does not matter.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        let order = |a: &Entry, b: &Entry| {
            let newest = b.date.cmp(&a.date);
            let place = a.hit.kind.cmp(&b.hit.kind).then(newest).then_with(|| a.hit.path.cmp(&b.hit.path));
            place.then_with(|| a.hit.title.cmp(&b.hit.title)).then_with(|| a.body.cmp(&b.body))
        };
        entries.sort_by(order);
        let (mut hits, mut texts, mut marks, mut builder) = (Texts::default(), Texts::default(), Texts::default(), Builder::default());
        for (number, entry) in entries.into_iter().enumerate() {
            hits.push(&serde_json::to_string(&entry.hit).unwrap_or_default());
            let body: String = entry.body.chars().take(LONGEST).collect();
            let title: String = entry.hit.title.chars().take(LONGEST).collect();
            let text = format!("{}{}{}", fold(&title), char::from(BETWEEN), fold(&body));
            builder.text(number, &text);
            entry.filters.iter().chain([&Filter::Kind(entry.hit.kind)]).for_each(|filter| builder.filter(number, filter));
            texts.push(&text);
            marks.push(&entry.filters.iter().map(Filter::word).collect::<Vec<_>>().join(" "));
        }
        Self { hits: hits.finish(), texts: texts.finish(), marks: marks.finish(), postings: builder.finish() }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.hits.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The hit of an entry.
    pub fn hit(&self, number: usize) -> Option<Hit> {
        serde_json::from_slice(self.hits.get(number)).ok()
    }

    /// Writes the index behind other parts of a file.
    pub(crate) fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        [&self.hits, &self.texts, &self.marks].into_iter().try_for_each(|arena| arena.write(out))?;
        self.postings.write(out)
    }

    /// Reads what [`Index::write`] wrote; none where it is damaged.
    pub(crate) fn read(from: &mut Reader) -> Option<Self> {
        Some(Self { hits: Arena::read(from)?, texts: Arena::read(from)?, marks: Arena::read(from)?, postings: Postings::read(from)? })
    }
}
