//! Structured data, in one vocabulary.

use super::Field;

/// An item of structured data in schema.org's words, whatever vocabulary it came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// `json-ld`, `microdata`, `rdfa`, `hcalendar`, `h-event`, `opengraph`, `ical`, or the API's name (`connpass-api`).
    pub vocabulary: String,
    /// schema.org types without the prefix: `Event`, `SocialMediaPosting` …
    pub types: Vec<String>,
    /// `(property, value)` in order; a property may stand several times.
    pub props: Vec<(String, Value)>,
}

/// A record's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, a number or an address, as written.
    Text(Field),
    /// Another record.
    Record(Record),
}

impl Record {
    /// The first text of a property.
    pub fn text(&self, property: &str) -> Option<&Field> {
        self.props.iter().find_map(|(name, value)| match value {
            Value::Text(field) if name == property => Some(field),
            _ => None,
        })
    }

    /// All texts of a property.
    pub fn texts(&self, property: &str) -> impl Iterator<Item = &Field> {
        self.all(property).filter_map(|value| match value {
            Value::Text(field) => Some(field),
            Value::Record(_) => None,
        })
    }

    /// All records of a property.
    pub fn records(&self, property: &str) -> impl Iterator<Item = &Record> {
        self.all(property).filter_map(|value| match value {
            Value::Record(record) => Some(record),
            Value::Text(_) => None,
        })
    }

    /// All values of a property.
    pub fn all(&self, property: &str) -> impl Iterator<Item = &Value> {
        self.props.iter().filter(move |(name, _)| name == property).map(|(_, value)| value)
    }

    /// Whether it is of a type (`Event` also stands for its subtypes such as `MusicEvent`).
    pub fn is_a(&self, kind: &str) -> bool {
        self.types.iter().any(|t| t == kind || (kind == "Event" && t.ends_with("Event") && t != "PublicationEvent"))
    }

    /// All fields, those of the records in it, too. Depth is bounded where records are read.
    pub fn fields(&self) -> Box<dyn Iterator<Item = &Field> + '_> {
        Box::new(self.props.iter().flat_map(|(_, value)| -> Box<dyn Iterator<Item = &Field> + '_> {
            match value {
                Value::Text(field) => Box::new(std::iter::once(field)),
                Value::Record(inner) => inner.fields(),
            }
        }))
    }
}
