//! Whether every quote still stands where the evidence says.

use std::collections::HashMap;
use std::path::Path;

use recap_document::{Document, Span};
use recap_model::{Evidence, Recap, Source};
use recap_text::width::CodePoints;

use crate::input::{self, Input, InputError, Loaded};

/// Reads a source again; none where it has no path.
///
/// # Errors
/// Where the path gives no document any more.
pub fn reload(source: &Source) -> Option<Result<Loaded, InputError>> {
    let input = Input::of(Path::new(source.path.as_deref()?));
    Some(input::guarded(&input, || input.load(source.url.as_deref())))
}

/// A document that quotes are looked up in.
pub struct Lookup<'d> {
    document: &'d Document,
    points: CodePoints<'d>,
    attributes: HashMap<(&'d str, Span), Vec<&'d str>>,
}

impl<'d> Lookup<'d> {
    /// Indexes a document.
    pub fn new(document: &'d Document) -> Self {
        let mut attributes: HashMap<_, Vec<_>> = HashMap::new();
        for (name, value, span) in document.attributes() {
            attributes.entry((name, span)).or_default().push(value);
        }
        Self { document, points: CodePoints::new(&document.text), attributes }
    }

    /// The bytes of the document text that the evidence names.
    pub fn span(&self, evidence: &Evidence) -> Span {
        Span::new(self.points.to_byte(evidence.start), self.points.to_byte(evidence.end))
    }

    /// Whether the quote stands there: in the text, or in the named attribute of the element.
    pub fn holds(&self, evidence: &Evidence) -> bool {
        let span = self.span(evidence);
        match &evidence.attribute {
            None => self.document.slice(span) == evidence.quote,
            Some(name) => self.attributes.get(&(name.as_str(), span)).is_some_and(|all| all.iter().any(|v| v.contains(&evidence.quote))),
        }
    }
}

/// The quotes of a recap that do not stand in a source, as `(pointer, what is wrong)`.
pub fn check(recap: &Recap, source: &Source, loaded: &Loaded) -> Vec<(String, String)> {
    if loaded.sha256 != source.sha256 {
        return vec![(format!("/sources/{}", source.id), "the source has changed since (its sha256 differs)".to_owned())];
    }
    let lookup = Lookup::new(&loaded.document);
    let own = recap.evidence.iter();
    let lost = recap.conflicts.iter().map(|c| (&c.pointer, &c.evidence));
    own.chain(lost)
        .flat_map(|(pointer, places)| places.iter().map(move |place| (pointer, place)))
        .filter(|(_, place)| place.source == source.id && !lookup.holds(place))
        .map(|(pointer, place)| (pointer.clone(), missing(place)))
        .collect()
}

fn missing(place: &Evidence) -> String {
    let attribute = place.attribute.as_ref().map(|a| format!(" in {a}")).unwrap_or_default();
    format!("the quote {:?} does not stand{attribute} at {}..{} (rule {})", place.quote, place.start, place.end, place.rule)
}
