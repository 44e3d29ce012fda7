//! A piece of text that values are cut from: a stretch of the document text, or a field that the text does not show.

use std::ops::Range;

use recap_document::{Document, Field, Place, Span};
use recap_model::Method;

use crate::finding::{Found, Proof};

/// Where a piece comes from.
#[derive(Debug, Clone, Copy)]
enum Origin<'a> {
    /// The document text, from this byte on.
    Text(usize),
    /// A field's value, from this byte on.
    Field(&'a Field),
}

/// A piece of text.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// What stands there.
    pub text: &'a str,
    origin: Origin<'a>,
    doc: &'a Document,
}

impl<'a> Piece<'a> {
    /// A stretch of the document text.
    pub fn of(doc: &'a Document, span: Span) -> Self {
        Self { text: doc.slice(span), origin: Origin::Text(span.start), doc }
    }

    /// What the document says about itself.
    pub fn field(doc: &'a Document, field: &'a Field) -> Self {
        match &field.place {
            Place::Text(span) if doc.slice(*span) == field.value => Self::of(doc, *span),
            _ => Self { text: &field.value, origin: Origin::Field(field), doc },
        }
    }

    /// A part of it, without white space at its ends; empty where the range is none of it.
    pub fn part(&self, range: Range<usize>) -> Self {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let inner = text.trim_start();
        let start = range.start + (text.len() - inner.len());
        let origin = match self.origin {
            Origin::Text(at) => Origin::Text(at + start),
            Origin::Field(field) => Origin::Field(field),
        };
        Self { text: inner.trim_end(), origin, doc: self.doc }
    }

    /// Where it stands; a field that the text does not show stands at its element.
    pub fn span(&self) -> Span {
        match self.origin {
            Origin::Text(at) => Span::new(at, at + self.text.len()),
            Origin::Field(field) => field.place.span(),
        }
    }

    /// It as a value.
    pub fn found(&self, rule: &str, confidence: f64) -> Found<String> {
        match self.origin {
            Origin::Text(_) => Found::spoken(self.doc, self.span(), rule, confidence),
            Origin::Field(field) => {
                let value = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
                Found::new(value, Proof::field(field, rule, Method::Normalised, confidence))
            }
        }
    }
}
