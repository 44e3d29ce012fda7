//! SQL for SQLite: the tables and views of `tables.sql`, then a row for everything in the recaps.

use std::collections::HashSet;
use std::fmt::Write as _;

use recap_model::{Person, Recap, Talk};
use serde::Serialize;

use crate::{Error, Export, Settings, table};

/// One script, which fills an empty database.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut script = Script(format!("BEGIN;\n{}", include_str!("tables.sql")));
    let (mut missing, mut seen) = (Export::default(), HashSet::new());
    for recap in recaps {
        if seen.insert(&recap.id) {
            recap_rows(&mut script, recap);
        } else {
            missing.miss(recap, "`event` is unique; another recap has this id and this one was left out");
        }
    }
    script.0.push_str("COMMIT;\n");
    Ok(Export { missing: missing.missing, ..Export::one("recaps", "sql", script.0) })
}

fn recap_rows(script: &mut Script, recap: &Recap) {
    let event = &recap.event;
    script
        .row("events", &recap.id)
        .texts([&event.name, &event.series, &event.edition, &event.theme, &event.start, &event.end, &event.timezone])
        .word(event.date_precision)
        .word(event.attendance_mode)
        .texts([&event.venue.name, &event.venue.address])
        .number(event.participants);
    for tag in &event.hashtags {
        script.row("tags", &recap.id).text(tag);
    }
    addresses(script, recap, None, "page", &event.urls);
    addresses(script, recap, None, "video", &event.videos);
    recap.people.iter().for_each(|one| person(script, recap, one));
    recap.talks.iter().enumerate().for_each(|(at, one)| talk(script, recap, at, one));
    for one in &recap.questions {
        script.row("questions", &recap.id).texts([&one.talk]).text(&one.question).texts([&one.answer]);
    }
    for post in &recap.posts {
        let row = script.row("posts", &recap.id).text(&post.platform);
        row.texts([&post.url, &post.author.name, &post.author.handle, &post.posted_at, &post.text]).word(Some(post.status));
    }
    for next in &recap.next_events {
        script.row("next_events", &recap.id).texts([&next.name, &next.date, &next.url]);
    }
    for source in &recap.sources {
        let row = script.row("sources", &recap.id).text(&source.id).word(Some(source.kind));
        row.texts([&source.path, &source.url, &source.title, &source.language, &source.published_at]).text(&source.sha256);
    }
    evidence(script, recap);
}

fn person(script: &mut Script, recap: &Recap, person: &Person) {
    script.row("people", &recap.id).text(&person.id).texts([&person.name, &person.affiliation]);
    for role in &person.roles {
        script.row("roles", &recap.id).text(&person.id).word(Some(role));
    }
    for account in &person.handles {
        script.row("accounts", &recap.id).text(&person.id).text(&account.platform).text(&account.handle);
    }
}

fn talk(script: &mut Script, recap: &Recap, at: usize, talk: &Talk) {
    let row = script.row("talks", &recap.id).text(&talk.id).number(Some(at + 1)).text(table::kind(talk));
    row.texts([&talk.title, &talk.start, &talk.end, &talk.language, &talk.summary]);
    for (at, speaker) in talk.speakers.iter().enumerate() {
        script.row("speakers", &recap.id).text(&talk.id).number(Some(at + 1)).text(speaker);
    }
    for (kind, urls) in [("slides", &talk.slides), ("video", &talk.videos), ("link", &talk.links)] {
        addresses(script, recap, Some(&talk.id), kind, urls);
    }
}

fn addresses(script: &mut Script, recap: &Recap, talk: Option<&String>, kind: &str, urls: &[String]) {
    for url in urls {
        script.row("addresses", &recap.id).texts([&talk.cloned()]).text(kind).text(url);
    }
}

fn evidence(script: &mut Script, recap: &Recap) {
    for (pointer, places) in &recap.evidence {
        for place in places {
            let row = script.row("evidence", &recap.id).text(pointer).text(&place.source);
            let row = row.number(Some(place.start)).number(Some(place.end)).text(&place.quote).texts([&place.attribute]);
            row.text(&place.rule).word(Some(place.method)).number(Some(place.confidence));
        }
    }
}

/// A script that grows.
struct Script(String);

impl Script {
    /// Begins a row, which ends with the value that this is given back.
    fn row(&mut self, table: &str, event: &str) -> Row<'_> {
        let _ = write!(self.0, "INSERT INTO {table} VALUES (");
        let row = Row { out: &mut self.0, first: true };
        row.text(event)
    }
}

/// A row whose values are written one after the other; it is closed when it is dropped.
struct Row<'s> {
    out: &'s mut String,
    first: bool,
}

impl Row<'_> {
    fn put(mut self, value: Option<&str>) -> Self {
        if !std::mem::take(&mut self.first) {
            self.out.push(',');
        }
        self.out.push_str(value.unwrap_or("NULL"));
        self
    }

    /// A text in quotes; U+0000, at which SQLite would stop to read, is left out.
    fn text(self, text: &str) -> Self {
        self.put(Some(&format!("'{}'", text.replace('\0', "").replace('\'', "''"))))
    }

    fn texts<const N: usize>(self, texts: [&Option<String>; N]) -> Self {
        texts.into_iter().fold(self, |row, text| match text {
            Some(text) => row.text(text),
            None => row.put(None),
        })
    }

    fn number(self, number: Option<impl std::fmt::Display>) -> Self {
        self.put(number.map(|number| number.to_string()).as_deref())
    }

    /// A value of a list of words, as recap JSON writes it.
    fn word(self, word: Option<impl Serialize>) -> Self {
        let written = word.and_then(|word| serde_json::to_value(word).ok());
        match written.as_ref().and_then(|value| value.as_str()) {
            Some(word) => self.text(word),
            None => self.put(None),
        }
    }
}

impl Drop for Row<'_> {
    fn drop(&mut self) {
        self.out.push_str(");\n");
    }
}
