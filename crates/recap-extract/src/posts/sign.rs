//! Lines that sign a post, and lines that a network writes around one.

use recap_document::Span;
use recap_model::Method;
use recap_rules::Rule;
use recap_text::dates::{DateContext, Precision, parse_date};

use super::Finder;
use crate::finding::{Found, Proof};

/// Lines longer than this (bytes) sign nothing: a post has 280 characters, of three bytes each, and a signature behind.
const MAX_LINE: usize = 1_600;

/// Who signed a post, and when.
pub struct Signature {
    /// In the document text.
    pub span: Span,
    /// Display name.
    pub name: Option<Found<String>>,
    /// Without `@`.
    pub handle: Option<Found<String>>,
    /// ISO 8601, as the page shows it.
    pub date: Option<Found<String>>,
    /// The network that it names, or the post's address there.
    pub source: Option<Span>,
    /// Signs a post wherever it stands, also outside of quotations.
    pub full: bool,
}

/// What a line of a quotation is.
pub enum Line {
    /// A signature.
    Signature(Signature),
    /// Written by the network around the post.
    Chrome,
    /// Stands where a post was; with the id of the rule that says so.
    Gone(String),
}

/// Reads a line; `at` is its place in the document text.
pub fn read(finder: &Finder<'_>, line: &str, at: usize) -> Option<Line> {
    if line.len() > MAX_LINE || line.trim().is_empty() {
        return None;
    }
    let signs = line.contains(['@', '＠']);
    finder.signatures.iter().find_map(|rule| match rule.kind.as_deref() {
        Some("chrome") if line.len() < 120 => rule.matches(line).then_some(Line::Chrome),
        Some("gone") if line.len() < 240 => rule.matches(line).then(|| Line::Gone(rule.id.clone())),
        Some("full" | "line") if signs => signature(rule, line, at).map(Line::Signature),
        _ => None,
    })
}

fn signature(rule: &Rule, line: &str, at: usize) -> Option<Signature> {
    let found = rule.find(line)?;
    let full = rule.kind.as_deref() == Some("full");
    let date = match found.group("date") {
        Some((start, end, text)) => {
            let date = date(text);
            // What no date is makes a line running text, unless the line has a signature's form anyway.
            if date.is_none() && !full {
                return None;
            }
            date.map(|value| Found::new(value, Proof::text(Span::new(at + start, at + end), &rule.id, Method::Normalised, rule.confidence)))
        }
        None => None,
    };
    let part = |name: &str| {
        let (start, end, text) = found.group(name)?;
        let trimmed = text.trim();
        let lead = text.len() - text.trim_start().len();
        let span = Span::new(at + start + lead, at + (start + lead + trimmed.len()).min(end));
        (!trimmed.is_empty()).then(|| Found::new(trimmed.to_owned(), Proof::text(span, &rule.id, Method::Verbatim, rule.confidence)))
    };
    let blank = line[found.start..].len() - line[found.start..].trim_start().len();
    let span = Span::new(at + found.start + blank, at + found.end);
    let source = found.group("source").map(|(start, end, _)| Span::new(at + start, at + end));
    Some(Signature { span, name: part("name"), handle: part("handle"), date, source, full })
}

/// A full signature whose line was wrapped: read in a leaf's text with the breaks taken for spaces.
pub fn read_wrapped(finder: &Finder<'_>, leaf: &str, at: usize) -> Option<Signature> {
    if leaf.len() > MAX_LINE || !leaf.contains(['@', '＠']) || !leaf.contains('\n') {
        return None;
    }
    // A space for a break keeps all offsets.
    let folded = leaf.replace('\n', " ");
    let full = finder.signatures.iter().filter(|rule| rule.kind.as_deref() == Some("full"));
    full.filter_map(|rule| signature(rule, &folded, at)).next()
}

/// The date that a signature shows; its language is not known.
pub fn date(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', '。']);
    let cx = DateContext { reference: None, lang: None };
    parse_date(text, &cx).filter(|mention| mention.precision >= Precision::Day).map(|mention| mention.value)
}
