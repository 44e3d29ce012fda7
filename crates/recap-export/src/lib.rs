//! Recaps in other formats.
//!
//! A format is one file with a function from recaps to files and one line in [`FORMATS`]. It sees recaps only: no
//! clock, no network, no folder. What a format requires and a recap does not have is reported in [`Export::missing`]
//! and never made up.

mod activity_streams;
mod annotations;
mod atom;
mod csv;
mod frab_json;
mod frab_xml;
mod html;
mod ical;
mod json;
mod json_feed;
mod json_ld;
mod markdown;
mod opml;
#[cfg(feature = "parquet")]
mod parquet;
mod pyvideo;
mod rubyevents;
mod schedule;
mod sql;
mod table;
pub mod view;
mod when;
mod words;
mod xml;

use recap_model::Recap;

/// A format that recaps can be given in.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Name on the command line.
    pub name: &'static str,
    /// Extension of its files.
    pub extension: &'static str,
    /// What it is for.
    pub about: &'static str,
    write: fn(&[Recap], &Settings) -> Result<Export, Error>,
}

/// All formats.
pub static FORMATS: &[Format] = &[
    Format { name: "json", extension: "json", about: "recap JSON, indented, a file per event", write: json::pretty },
    Format { name: "ndjson", extension: "ndjson", about: "recap JSON, one event a line", write: json::lines },
    Format {
        name: "json-ld",
        extension: "jsonld",
        about: "schema.org Event with talks, speakers, decks and videos",
        write: json_ld::write,
    },
    Format { name: "ical", extension: "ics", about: "iCalendar (RFC 5545) with stable UIDs and time zones", write: ical::write },
    Format { name: "atom", extension: "atom", about: "Atom feed (RFC 4287), an entry per event", write: atom::write },
    Format { name: "json-feed", extension: "json", about: "JSON Feed 1.1, an item per event", write: json_feed::write },
    Format { name: "csv", extension: "csv", about: "a row per talk and speaker (RFC 4180)", write: csv::write },
    #[cfg(feature = "parquet")]
    Format { name: "parquet", extension: "parquet", about: "the same table as Parquet, for data frames", write: parquet::write },
    Format { name: "sql", extension: "sql", about: "tables and views for analysts, a script for SQLite", write: sql::write },
    Format { name: "frab-xml", extension: "xml", about: "frab schedule.xml, a file per event", write: frab_xml::write },
    Format { name: "frab-json", extension: "json", about: "frab schedule.json, a file per event", write: frab_json::write },
    Format { name: "pyvideo", extension: "json", about: "pyvideo records, a file per recorded talk", write: pyvideo::write },
    Format {
        name: "rubyevents",
        extension: "yml",
        about: "RubyEvents event.yml and videos.yml, two files per event",
        write: rubyevents::write,
    },
    Format {
        name: "activity-streams",
        extension: "json",
        about: "ActivityStreams 2.0 collection of events",
        write: activity_streams::write,
    },
    Format { name: "annotations", extension: "jsonld", about: "W3C Web Annotations of the evidence", write: annotations::write },
    Format { name: "markdown", extension: "md", about: "a recap post in Japanese or English, a file per event", write: markdown::write },
    Format { name: "html", extension: "html", about: "a plain page per event", write: html::write },
    Format { name: "opml", extension: "opml", about: "the sources as an outline (OPML 2.0)", write: opml::write },
];

/// The format of a name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

impl Format {
    /// Writes recaps, in the order of their events.
    ///
    /// # Errors
    /// A serializer's error; no recap is known that leads to one.
    pub fn write(&self, recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
        (self.write)(recaps, settings)
    }
}

/// What a user may say about an export.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `ja` or `en`: language of the words around the values; none: that of each event's sources.
    pub language: Option<String>,
    /// Title of feeds and calendars.
    pub title: Option<String>,
    /// Address under which pages of events are published: identifies events in feeds.
    pub base_url: Option<String>,
    /// What the address of a page ends with, behind the event's id: nothing, or `.html`.
    pub ending: &'static str,
}

impl Settings {
    /// Where an event's page is published.
    pub(crate) fn address(&self, recap: &Recap) -> Option<String> {
        self.base_url.as_ref().map(|base| format!("{}/{}{}", base.trim_end_matches('/'), view::slug(&recap.id), self.ending))
    }
}

/// schema.org `Event` as a JSON-LD object, for pages that embed it.
pub fn structured_data(recap: &Recap, settings: &Settings) -> serde_json::Value {
    json_ld::event(recap, settings)
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative path, `/` between folders, made of letters, digits, `-`, `_` and `.` only.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl File {
    pub(crate) fn of(path: String, content: impl Into<Vec<u8>>) -> Self {
        Self { path, bytes: content.into() }
    }

    /// Its content as text: all formats but Parquet are UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// Something that a format requires and a recap does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Id of the recap.
    pub recap: String,
    /// What is missing and what became of it.
    pub what: String,
}

/// What a format made of the recaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Export {
    /// Files, in the order of the recaps.
    pub files: Vec<File>,
    /// What was left out or left open.
    pub missing: Vec<Missing>,
}

impl Export {
    /// One file for all recaps.
    pub(crate) fn one(name: &str, extension: &str, content: impl Into<Vec<u8>>) -> Self {
        Self { files: vec![File::of(format!("{name}.{extension}"), content)], missing: Vec::new() }
    }

    pub(crate) fn file(&mut self, stem: &str, extension: &str, text: String) {
        self.files.push(File::of(format!("{}.{extension}", view::slug(stem)), text));
    }

    pub(crate) fn miss(&mut self, recap: &Recap, what: impl Into<String>) {
        self.missing.push(Missing { recap: recap.id.clone(), what: what.into() });
    }
}

/// A value that a serializer refused.
#[derive(Debug, thiserror::Error)]
#[error("writing {format}: {message}")]
pub struct Error {
    format: &'static str,
    message: String,
}

impl Error {
    pub(crate) fn of(format: &'static str) -> impl Fn(&dyn std::fmt::Display) -> Self {
        move |error| Self { format, message: error.to_string() }
    }
}
