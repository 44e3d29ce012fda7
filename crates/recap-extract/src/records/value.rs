//! From a record's field to a finding.

use recap_document::{Document, Field, Place, Record};
use recap_model::Method;

use crate::context::Context;
use crate::finding::{Found, Proof};

/// Longest value that is taken for a name, in characters.
const MAX_NAME: usize = 200;

/// How far a vocabulary is trusted: the order in which records have their say, and the confidence of what they say.
const TRUST: &[(&str, f64)] =
    &[("json-ld", 0.97), ("microdata", 0.96), ("rdfa", 0.95), ("hcalendar", 0.92), ("h-event", 0.92), ("opengraph", 0.88), ("class", 0.8)];
/// Data that a platform made itself, and calendars.
const PLATFORM: f64 = 0.94;

/// How much a record's values are worth, 0 to 1.
pub fn trust(record: &Record) -> f64 {
    TRUST.iter().find(|(name, _)| *name == record.vocabulary).map_or(PLATFORM, |(_, trust)| *trust)
}

/// Id of the rule that takes values from a record.
pub fn rule(record: &Record) -> String {
    format!("record/{}", record.vocabulary)
}

/// A field's text without tags and with its entities decoded, on one line.
pub fn clean(text: &str) -> String {
    decoded(&without_tags(text)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Decodes character references: the numeric ones, and those names that APIs leave in their texts.
fn decoded(text: &str) -> String {
    const NAMED: &[(&str, &str)] =
        &[("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "), ("ndash", "–"), ("mdash", "—")];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let name = behind.split_once(';').map_or("", |(name, _)| name);
        let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| (*c).to_owned());
        match named.or_else(|| numbered(name)) {
            Some(text) => {
                out.push_str(&text);
                rest = &behind[name.len() + 1..];
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character of `#8217` or `#x2019`.
fn numbered(name: &str) -> Option<String> {
    let number = name.strip_prefix('#').filter(|n| n.len() <= 8)?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| !c.is_control()).map(String::from)
}

/// Takes out what looks like a tag: `<b>`, `</b>`, `<br />`.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        let tag = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match behind.split_once('>').filter(|_| tag) {
            Some((_, after)) => rest = after,
            None => {
                out.push('<');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A field's finding with a value made of it.
pub fn found<T>(context: &Context<'_>, record: &Record, field: &Field, value: T) -> Found<T>
where
    T: PartialEq<str>,
{
    let method = if value == *shown(context.doc, field) { Method::Verbatim } else { Method::Normalised };
    Found::new(value, Proof::field(field, &rule(record), method, trust(record)))
}

/// A finding that follows from a field: a mode from a type, a number from a text.
pub fn derived<T>(record: &Record, field: &Field, value: T) -> Found<T> {
    Found::new(value, Proof::field(field, &rule(record), Method::Normalised, trust(record)))
}

/// What the evidence of a field quotes.
fn shown<'a>(doc: &'a Document, field: &'a Field) -> &'a str {
    match &field.place {
        Place::Text(span) => doc.slice(*span),
        Place::Attribute { .. } => &field.value,
    }
}

/// A short text of a property: a name.
pub fn name(context: &Context<'_>, record: &Record, property: &str) -> Option<Found<String>> {
    let field = record.text(property)?;
    let text = clean(&field.value);
    let fits = text.chars().any(char::is_alphanumeric) && text.chars().count() <= MAX_NAME && !text.contains("://");
    fits.then(|| found(context, record, field, text))
}

/// An absolute web address.
pub fn is_address(text: &str) -> bool {
    text.strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}
