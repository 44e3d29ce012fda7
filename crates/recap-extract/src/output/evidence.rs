//! The ledger of evidence: JSON Pointer -> places, with positions in code points.

use recap_document::{Document, Place};
use recap_model::{Conflict, Evidence, EvidenceMap, Method};
use recap_text::width::CodePoints;

use crate::drafts::TalkDraft;
use crate::finding::{Found, Proof, Rival};

/// Places kept for one value.
const MAX_PLACES: usize = 5;

/// Collects the evidence of a recap.
pub struct Ledger<'a> {
    doc: &'a Document,
    points: CodePoints<'a>,
    source: &'a str,
    map: EvidenceMap,
}

impl<'a> Ledger<'a> {
    /// An empty ledger for a document.
    pub fn new(doc: &'a Document, source: &'a str) -> Self {
        Self { doc, points: CodePoints::new(&doc.text), source, map: EvidenceMap::new() }
    }

    /// Notes a value's proofs and gives the value.
    pub fn value<T: Clone>(&mut self, pointer: impl Into<String>, found: &Found<T>) -> T {
        self.proofs(pointer, &found.proofs);
        found.value.clone()
    }

    /// The same for a value that may be missing.
    pub fn optional<T: Clone>(&mut self, pointer: impl Into<String>, found: Option<&Found<T>>) -> Option<T> {
        found.map(|found| self.value(pointer, found))
    }

    /// The same for a list of values: `pointer/0`, `pointer/1` …
    pub fn list<T: Clone>(&mut self, pointer: &str, found: &[Found<T>]) -> Vec<T> {
        found.iter().enumerate().map(|(i, f)| self.value(format!("{pointer}/{i}"), f)).collect()
    }

    /// Notes proofs for a pointer.
    pub fn proofs(&mut self, pointer: impl Into<String>, proofs: &[Proof]) {
        let pointer = pointer.into();
        let evidence: Vec<Evidence> = self.evidence(&pointer, proofs);
        if !evidence.is_empty() {
            self.map.entry(pointer).or_default().extend(evidence);
        }
    }

    /// Notes that a value was made from another one.
    pub fn derived(&mut self, pointer: &str, from: &str, rule: &str) {
        if let Some(base) = self.map.get(from).and_then(|all| all.first()).cloned() {
            let evidence = Evidence { rule: rule.to_owned(), method: Method::Derived, from: vec![from.to_owned()], ..base };
            self.map.insert(pointer.to_owned(), vec![evidence]);
        }
    }

    /// Values that lost.
    pub fn conflicts(&self, rivals: &[Rival], talks: &[TalkDraft]) -> Vec<Conflict> {
        let titles = talks.iter().enumerate().flat_map(|(i, talk)| {
            talk.other_titles.iter().map(move |title| Rival {
                pointer: format!("/talks/{i}/title"),
                value: title.value.clone().into(),
                reason: "another spelling of the title".to_owned(),
                proofs: title.proofs.clone(),
            })
        });
        let all = rivals.iter().cloned().chain(titles);
        all.map(|r| Conflict { evidence: self.evidence(&r.pointer, &r.proofs), pointer: r.pointer, value: r.value, reason: r.reason })
            .collect()
    }

    /// The map.
    pub fn finish(self) -> EvidenceMap {
        self.map
    }

    fn evidence(&self, pointer: &str, proofs: &[Proof]) -> Vec<Evidence> {
        proofs.iter().take(MAX_PLACES).map(|proof| self.one(pointer, proof)).collect()
    }

    fn one(&self, pointer: &str, proof: &Proof) -> Evidence {
        let span = proof.place.span();
        let (attribute, quote) = match &proof.place {
            Place::Text(span) => (None, self.doc.slice(*span).to_owned()),
            Place::Attribute { name, .. } => (Some(name.clone()), proof.quote.clone().unwrap_or_default()),
        };
        Evidence {
            source: self.source.to_owned(),
            start: self.points.of_byte(span.start),
            end: self.points.of_byte(span.end),
            quote,
            attribute,
            rule: proof.rule.clone(),
            method: proof.method,
            from: Vec::new(),
            confidence: (super::measured::confidence(pointer, &proof.rule, proof.confidence) * 100.0).round() / 100.0,
        }
    }
}
