//! What differs between two recaps, by field and as people would say it: positions, ids and texts of sections do not count.

use std::collections::{BTreeMap, BTreeSet};

use recap_model::{Recap, Talk};
use serde::Serialize;

/// What a recap says, by field: a field's values as a set.
pub type Facts = BTreeMap<String, BTreeSet<String>>;

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The field, such as `event/name` or `talks/TITLE/speakers`.
    pub field: String,
    /// Values that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// Values that are new.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
}

/// A recap that is new, other or gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecapChange {
    /// Its id; its last one, where it is gone.
    pub id: String,
    /// `added`, `changed` or `removed`.
    pub what: &'static str,
    /// Its earlier id, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The event's name.
    pub name: Option<String>,
    /// What differs; nothing where the recap is new or gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

impl RecapChange {
    /// That of a new recap.
    pub(crate) fn added(id: String, name: Option<String>) -> Self {
        Self { id, what: "added", was: None, name, changes: Vec::new() }
    }
}

/// What became of a recap; none where nothing did that counts.
pub fn between(old: Option<&Recap>, new: Option<&Recap>) -> Option<RecapChange> {
    let now = new.or(old)?;
    let (what, was, changes) = match (old, new) {
        (Some(old), Some(new)) => {
            let changes = diff(&facts(old), &facts(new));
            if changes.is_empty() {
                return None;
            }
            ("changed", (old.id != new.id).then(|| old.id.clone()), changes)
        }
        (None, _) => ("added", None, Vec::new()),
        (Some(_), None) => ("removed", None, Vec::new()),
    };
    Some(RecapChange { id: now.id.clone(), what, was, name: now.event.name.clone(), changes })
}

/// The fields that differ.
pub fn diff(old: &Facts, new: &Facts) -> Vec<Change> {
    let none = BTreeSet::new();
    let fields: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |field: &String| {
        let (old, new) = (old.get(field).unwrap_or(&none), new.get(field).unwrap_or(&none));
        let change =
            Change { field: field.clone(), removed: old.difference(new).cloned().collect(), added: new.difference(old).cloned().collect() };
        (change.removed.len() + change.added.len() > 0).then_some(change)
    };
    fields.into_iter().filter_map(change).collect()
}

/// Collects facts.
#[derive(Default)]
struct Book(Facts);

impl Book {
    fn add(&mut self, field: &str, values: impl IntoIterator<Item = impl ToString>) {
        let mut values = values.into_iter().map(|v| v.to_string()).peekable();
        if values.peek().is_some() {
            self.0.entry(field.to_owned()).or_default().extend(values);
        }
    }
}

/// What a recap says.
pub fn facts(recap: &Recap) -> Facts {
    let mut book = Book::default();
    event(recap, &mut book);
    recap.talks.iter().for_each(|t| talk(recap, t, &mut book));
    for person in &recap.people {
        let field = format!("people/{}", name_of(recap, &person.id));
        book.add("people", [name_of(recap, &person.id)]);
        book.add(&format!("{field}/aliases"), &person.aliases);
        book.add(&format!("{field}/handles"), person.handles.iter().map(|h| format!("{}:{}", h.platform, h.handle)));
        book.add(&format!("{field}/affiliation"), &person.affiliation);
        book.add(&format!("{field}/urls"), &person.urls);
        book.add(&format!("{field}/roles"), person.roles.iter().map(word));
    }
    for answer in &recap.questions {
        book.add("questions", [&answer.question]);
        book.add(&format!("questions/{}/answer", answer.question), &answer.answer);
    }
    for post in &recap.posts {
        let text: String = post.text.iter().flat_map(|t| t.chars()).take(60).collect();
        let name = post.url.clone().unwrap_or(text);
        book.add(&format!("posts/{name}/text"), &post.text);
        book.add(&format!("posts/{name}/status"), [word(&post.status)]);
        book.add("posts", [name]);
    }
    book.add("links", recap.links.iter().map(|l| &l.url));
    book.add("sections", recap.sections.iter().filter_map(|s| s.heading.as_ref()));
    let next = |n: &recap_model::NextEvent| [&n.name, &n.date, &n.url].map(|v| v.clone().unwrap_or_default()).join(" ").trim().to_owned();
    book.add("next_events", recap.next_events.iter().map(next));
    book.add("sources", recap.sources.iter().filter_map(|s| s.path.as_ref().or(s.url.as_ref())));
    book.add("issues", recap.issues.iter().map(|i| &i.code));
    book.0
}

fn event(recap: &Recap, book: &mut Book) {
    let event = &recap.event;
    let plain = [
        ("name", &event.name),
        ("series", &event.series),
        ("edition", &event.edition),
        ("theme", &event.theme),
        ("start", &event.start),
        ("end", &event.end),
        ("timezone", &event.timezone),
        ("venue/name", &event.venue.name),
        ("venue/address", &event.venue.address),
    ];
    plain.iter().for_each(|(field, value)| book.add(&format!("event/{field}"), *value));
    book.add("event/attendance_mode", event.attendance_mode.iter().map(word));
    book.add("event/organizers", event.organizers.iter().map(|id| name_of(recap, id)));
    book.add("event/sponsors", event.sponsors.iter().map(|id| name_of(recap, id)));
    book.add("event/hashtags", &event.hashtags);
    book.add("event/urls", &event.urls);
    book.add("event/videos", &event.videos);
    book.add("event/participants", event.participants);
}

fn talk(recap: &Recap, talk: &Talk, book: &mut Book) {
    let speakers: Vec<String> = talk.speakers.iter().map(|id| name_of(recap, id)).collect();
    let name = talk.title.clone().unwrap_or_else(|| speakers.join(", "));
    book.add("talks", [&name]);
    let field = |part: &str| format!("talks/{name}/{part}");
    book.add(&field("kind"), [word(&talk.kind)]);
    book.add(&field("speakers"), speakers);
    book.add(&field("slides"), &talk.slides);
    book.add(&field("videos"), &talk.videos);
    book.add(&field("links"), &talk.links);
    book.add(&field("start"), &talk.start);
    book.add(&field("end"), &talk.end);
    book.add(&field("language"), &talk.language);
    book.add(&field("summary"), &talk.summary);
}

/// A person's name, or handle, or whatever stands there.
fn name_of(recap: &Recap, id: &str) -> String {
    let person = recap.people.iter().find(|p| p.id == id);
    let name = person.and_then(|p| p.name.clone().or_else(|| p.handles.first().map(|h| format!("@{}", h.handle))));
    name.unwrap_or_else(|| id.to_owned())
}

/// A value of an enumeration as the JSON has it.
fn word(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).ok();
    json.and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
