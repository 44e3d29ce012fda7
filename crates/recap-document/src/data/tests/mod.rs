//! Tests of the readers of embedded data, on pages that were made up for them.

mod files;
mod hostile;
mod json_ld;
mod microformats;
mod pages;
mod social;

use crate::document::{Document, Field, Place, Record, Value};
use crate::{Hints, read};

/// A page read without hints; every value that claims to stand in the text does.
pub fn page(html: &str) -> Document {
    let document = read(format!("<!doctype html>{html}").as_bytes(), &Hints::default()).expect("readable");
    check_places(&document);
    document
}

/// A file read by its name.
pub fn file(name: &str, content: &str) -> Document {
    let document = read(content.as_bytes(), &Hints { name: Some(name), ..Hints::default() }).expect("readable");
    check_places(&document);
    document
}

/// Asserts that every `Place::Text` shows its value.
pub fn check_places(document: &Document) {
    fn check(record: &Record, document: &Document) {
        for (name, value) in &record.props {
            match value {
                Value::Record(inner) => check(inner, document),
                Value::Text(Field { value, place: Place::Text(span) }) => assert_eq!(document.slice(*span), value, "{name}"),
                Value::Text(field) => assert!(document.text.get(field.place.span().range()).is_some(), "{name}"),
            }
        }
    }
    document.records.iter().for_each(|r| check(r, document));
}

/// The only record of a vocabulary.
pub fn only<'a>(document: &'a Document, vocabulary: &str) -> &'a Record {
    let found = document.records.iter().filter(|r| r.vocabulary == vocabulary).collect::<Vec<_>>();
    assert_eq!(found.len(), 1, "{vocabulary}: {found:#?}");
    found[0]
}

/// A value by a path such as `location.name`.
pub fn get<'a>(record: &'a Record, path: &str) -> Option<&'a str> {
    match path.split_once('.') {
        None => record.text(path).map(|f| f.value.as_str()),
        Some((outer, rest)) => record.records(outer).find_map(|inner| get(inner, rest)),
    }
}

/// All texts of a property.
pub fn all<'a>(record: &'a Record, property: &str) -> Vec<&'a str> {
    record.texts(property).map(|f| f.value.as_str()).collect()
}
