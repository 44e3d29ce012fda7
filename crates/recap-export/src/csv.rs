//! CSV (RFC 4180): a row per talk and speaker; a talk without speaker and an event without talks have a row as well.

use csv::{Terminator, WriterBuilder};
use recap_model::{Person, Recap, Talk};

use crate::{Error, Export, Settings, view};

/// The columns; new ones come last.
const COLUMNS: [&str; 17] = [
    "event_id",
    "event",
    "series",
    "edition",
    "start",
    "end",
    "timezone",
    "venue",
    "event_url",
    "talk_id",
    "kind",
    "title",
    "speaker",
    "handles",
    "affiliation",
    "slides",
    "videos",
];

/// Writes all recaps.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let fail = Error::of("CSV");
    writer.write_record(COLUMNS).map_err(|e| fail(&e))?;
    for row in recaps.iter().flat_map(rows) {
        writer.write_record(row).map_err(|e| fail(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| fail(&e))?;
    Ok(Export::one("talks", "csv", String::from_utf8_lossy(&bytes).into_owned()))
}

fn rows(recap: &Recap) -> Vec<[String; 17]> {
    if recap.talks.is_empty() {
        return vec![row(recap, None, None)];
    }
    let mut rows = Vec::new();
    for talk in &recap.talks {
        let mut people = view::speakers(recap, talk).peekable();
        if people.peek().is_none() {
            rows.push(row(recap, Some(talk), None));
        }
        rows.extend(people.map(|person| row(recap, Some(talk), Some(person))));
    }
    rows
}

fn row(recap: &Recap, talk: Option<&Talk>, person: Option<&Person>) -> [String; 17] {
    let event = &recap.event;
    let text = |value: Option<&String>| cell(value.map_or("", String::as_str));
    let many = |values: Option<&Vec<String>>| cell(&values.map_or(String::new(), |v| v.join(" ")));
    let handles =
        person.map_or(String::new(), |p| p.handles.iter().map(|h| format!("{}:{}", h.platform, h.handle)).collect::<Vec<_>>().join(" "));
    [
        cell(&recap.id),
        cell(&view::name(recap)),
        text(event.series.as_ref()),
        text(event.edition.as_ref()),
        text(talk.and_then(|t| t.start.as_ref()).or(event.start.as_ref())),
        text(talk.and_then(|t| t.end.as_ref()).or(event.end.as_ref())),
        text(event.timezone.as_ref()),
        text(event.venue.name.as_ref()),
        text(event.urls.first()),
        talk.map_or(String::new(), |t| t.id.clone()),
        talk.map_or(String::new(), |t| kind(t).to_owned()),
        text(talk.and_then(|t| t.title.as_ref())),
        cell(&person.map_or(String::new(), view::shown)),
        cell(&handles),
        text(person.and_then(|p| p.affiliation.as_ref())),
        many(talk.map(|t| &t.slides)),
        many(talk.map(|t| &t.videos)),
    ]
}

/// The kind as recap JSON writes it.
pub fn kind(talk: &Talk) -> &'static str {
    use recap_model::TalkKind::{Keynote, Lightning, Other, Panel, Sponsor, Workshop};
    match talk.kind {
        Keynote => "keynote",
        recap_model::TalkKind::Talk => "talk",
        Lightning => "lightning",
        Sponsor => "sponsor",
        Panel => "panel",
        Workshop => "workshop",
        Other => "other",
    }
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before `=`, `+`, `-`, `@`, tab and return.
/// A handle (`@name`) gets one, too: spreadsheets read `@` as a formula's start.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
