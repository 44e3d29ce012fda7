//! The table that CSV and Parquet are made of: a row per talk and speaker; a talk without speaker and an event without
//! talks have a row as well.

use recap_model::{Person, Recap, Talk};

use crate::view;

/// The columns; new ones come last.
pub const COLUMNS: [&str; 17] = [
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

/// A row; a value that no source gives is none.
pub type Row = [Option<String>; COLUMNS.len()];

/// The rows of an event.
pub fn rows(recap: &Recap) -> Vec<Row> {
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

fn row(recap: &Recap, talk: Option<&Talk>, person: Option<&Person>) -> Row {
    let event = &recap.event;
    let joined = |values: Vec<String>| Some(values.join(" ")).filter(|text| !text.is_empty());
    let handles = |person: &Person| person.handles.iter().map(|h| format!("{}:{}", h.platform, h.handle)).collect();
    [
        Some(recap.id.clone()),
        Some(view::name(recap)),
        event.series.clone(),
        event.edition.clone(),
        talk.and_then(|t| t.start.clone()).or_else(|| event.start.clone()),
        talk.and_then(|t| t.end.clone()).or_else(|| event.end.clone()),
        event.timezone.clone(),
        event.venue.name.clone(),
        event.urls.first().cloned(),
        talk.map(|t| t.id.clone()),
        talk.map(|t| kind(t).to_owned()),
        talk.and_then(|t| t.title.clone()),
        person.map(view::shown),
        person.map(handles).and_then(joined),
        person.and_then(|p| p.affiliation.clone()),
        talk.map(|t| t.slides.clone()).and_then(joined),
        talk.map(|t| t.videos.clone()).and_then(joined),
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
