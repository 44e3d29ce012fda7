//! Raw findings: a value with the places it comes from. They become recap JSON in `output`.

use recap_document::{Document, Field, Place, Span};
use recap_model::{Handle, Method, Role};
use recap_rules::Rule;

/// One place that a value comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// Where.
    pub place: Place,
    /// The attribute's value, for a place outside of the text.
    pub quote: Option<String>,
    /// Id of the rule.
    pub rule: String,
    /// How the value was made from what stands there.
    pub method: Method,
    /// 0 to 1.
    pub confidence: f64,
}

impl Proof {
    /// A proof in the document text.
    pub fn text(span: Span, rule: &str, method: Method, confidence: f64) -> Self {
        Self { place: Place::Text(span), quote: None, rule: rule.to_owned(), method, confidence }
    }

    /// A proof in an attribute.
    pub fn attribute(name: &str, quote: &str, at: Span, rule: &str, confidence: f64) -> Self {
        Self {
            place: Place::Attribute { name: name.to_owned(), at },
            quote: Some(quote.to_owned()),
            rule: rule.to_owned(),
            method: Method::Normalised,
            confidence,
        }
    }

    /// A proof by what the document says about itself or by a record's field.
    pub fn field(field: &Field, rule: &str, method: Method, confidence: f64) -> Self {
        let quote = matches!(field.place, Place::Attribute { .. }).then(|| field.value.clone());
        Self { place: field.place.clone(), quote, rule: rule.to_owned(), method, confidence }
    }
}

/// A value and its proofs, best first. There is at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub proofs: Vec<Proof>,
}

impl<T> Found<T> {
    /// A value with one proof.
    pub fn new(value: T, proof: Proof) -> Self {
        Self { value, proofs: vec![proof] }
    }

    /// The best proof's confidence.
    pub fn confidence(&self) -> f64 {
        self.proofs.first().map_or(0.0, |p| p.confidence)
    }

    /// Another value with the same proofs.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Found<U> {
        Found { value: make(self.value), proofs: self.proofs }
    }
}

impl Found<String> {
    /// The text of a span, as it stands.
    pub fn verbatim(document: &Document, span: Span, rule: &Rule) -> Self {
        Self::spoken(document, span, &rule.id, rule.confidence)
    }

    /// The text of a span, as it stands, found by a rule of the program itself.
    pub fn spoken(document: &Document, span: Span, rule: &str, confidence: f64) -> Self {
        let text = document.slice(span);
        // Most values stand in one line and have single spaces.
        let plain = !text.contains("  ") && text.trim() == text && text.chars().all(|c| c == ' ' || !c.is_whitespace());
        let value = if plain { text.to_owned() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") };
        Found::new(value, Proof::text(span, rule, Method::Verbatim, confidence))
    }
}

/// Somebody who is named in a place of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Without honorific and affiliation.
    pub name: Option<Found<String>>,
    /// Accounts given right there.
    pub handles: Vec<Found<Handle>>,
    /// As written.
    pub affiliation: Option<Found<String>>,
    /// The part that this place gives them.
    pub role: Role,
    /// The whole mention.
    pub span: Span,
}

impl Mention {
    /// A mention of nobody yet.
    pub fn new(role: Role, span: Span) -> Self {
        Self { name: None, handles: Vec::new(), affiliation: None, role, span }
    }

    /// Whether it names anybody.
    pub fn is_somebody(&self) -> bool {
        self.name.is_some() || !self.handles.is_empty()
    }
}

/// A value that lost against another.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// Pointer of the value that won.
    pub pointer: String,
    /// The value that lost.
    pub value: serde_json::Value,
    /// Why.
    pub reason: String,
    /// Where it comes from.
    pub proofs: Vec<Proof>,
}
