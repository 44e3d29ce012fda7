//! Makes records, mostly by tables of `(property, where the data has it)`.

use crate::document::{Field, Place, Record, Value};

use super::node::Node;

/// A table of properties and the paths of their values. A property may be nested (`location.name`); of several paths
/// joined by `|`, the first that holds something counts.
pub type Table = &'static [(&'static str, &'static str)];

/// A record in the making.
#[derive(Debug)]
pub struct Draft {
    record: Record,
}

impl Draft {
    /// An empty record.
    pub fn new(vocabulary: &str, kind: &str) -> Self {
        Self { record: Record { vocabulary: vocabulary.to_owned(), types: vec![kind.to_owned()], props: Vec::new() } }
    }

    /// A record filled from a table.
    pub fn of(vocabulary: &str, kind: &str, node: &Node, table: Table) -> Self {
        let mut draft = Self::new(vocabulary, kind);
        draft.copy(node, table);
        draft
    }

    /// Adds the values that the table finds.
    pub fn copy(&mut self, node: &Node, table: Table) {
        for (property, paths) in table {
            let found = paths.split('|').map(|path| node.list(path)).find(|items| items.iter().any(|i| i.as_field().is_some()));
            for item in found.unwrap_or(&[]) {
                self.put(property, item.as_field().cloned());
            }
        }
    }

    /// Adds a value, if there is one; `location.name` goes into the nested record.
    pub fn put(&mut self, property: &str, field: Option<Field>) {
        if let Some(field) = field.filter(|f| !f.value.trim().is_empty()) {
            put(&mut self.record, property, field);
        }
    }

    /// Adds a nested record, unless it says nothing.
    pub fn nest(&mut self, property: &str, record: Record) {
        if !record.props.is_empty() {
            self.record.props.push((property.to_owned(), Value::Record(record)));
        }
    }

    /// Puts a value in the place of a property's first one.
    pub fn replace(&mut self, property: &str, field: Field) {
        if let Some((_, value)) = self.record.props.iter_mut().find(|(name, _)| name == property) {
            *value = Value::Text(field);
        }
    }

    /// Whether the property has a value.
    pub fn has(&self, property: &str) -> bool {
        self.record.all(property).next().is_some()
    }

    /// What it is so far.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The record.
    pub fn finish(self) -> Record {
        self.record
    }
}

fn put(record: &mut Record, property: &str, field: Field) {
    let Some((outer, inner)) = property.split_once('.') else {
        record.props.push((property.to_owned(), Value::Text(field)));
        return;
    };
    let found = record.props.iter().position(|(name, value)| name == outer && matches!(value, Value::Record(_)));
    let at = found.unwrap_or_else(|| {
        let nested = Record { vocabulary: record.vocabulary.clone(), types: vec![type_of(outer).to_owned()], props: Vec::new() };
        record.props.push((outer.to_owned(), Value::Record(nested)));
        record.props.len() - 1
    });
    if let Some((_, Value::Record(nested))) = record.props.get_mut(at) {
        put(nested, inner, field);
    }
}

/// What a property's nested record is.
fn type_of(property: &str) -> &'static str {
    match property {
        "location" => "Place",
        "address" => "PostalAddress",
        "superEvent" => "EventSeries",
        "subEvent" => "Event",
        "isPartOf" => "WebSite",
        "organizer" | "publisher" | "affiliation" => "Organization",
        "recordedIn" | "video" => "VideoObject",
        "workFeatured" => "PresentationDigitalDocument",
        "sharedContent" => "SocialMediaPosting",
        _ => "Person",
    }
}

/// A value that was made of another one: it stands at the same place, but is not its text.
pub fn derived(value: impl Into<String>, from: &Field, name: &str) -> Field {
    let value = value.into();
    if value == from.value {
        return from.clone();
    }
    let place = match &from.place {
        Place::Text(span) => Place::Attribute { name: name.to_owned(), at: *span },
        attribute => attribute.clone(),
    };
    Field { value, place }
}

/// The kind of a talk in one word, for `additionalType`: `keynote`, `lightning`, `workshop`, `panel`, `sponsor`.
pub fn talk_kind(label: &str) -> Option<&'static str> {
    const KINDS: &[(&str, &[&str])] = &[
        ("keynote", &["keynote", "plenary", "基調"]),
        ("lightning", &["lightning", "ライトニング", "short talk", "short_talk"]),
        ("workshop", &["workshop", "tutorial", "hands-on", "hands_on", "ワークショップ", "ハンズオン"]),
        ("panel", &["panel", "podium", "パネル", "fireside"]),
        ("sponsor", &["sponsor", "スポンサー"]),
    ];
    let label = label.to_lowercase();
    let word = |w: &&str| label.contains(w);
    let lt = label.split(|c: char| !c.is_alphanumeric()).any(|w| w == "lt");
    KINDS.iter().find(|(_, words)| words.iter().any(word)).map(|(kind, _)| *kind).or(lt.then_some("lightning"))
}
