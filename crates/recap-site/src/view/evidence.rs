//! Where every value of an event comes from.

use std::collections::{BTreeMap, HashMap};

use recap_export::view::safe;
use recap_model::{Conflict, Evidence, Method, Recap, Source};
use recap_text::width::CodePoints;
use serde::Serialize;
use serde_json::Value;

use super::Cut;
use crate::paths;

/// The text of a source that positions in evidence count in, where it is at hand.
pub type Texts<'t> = dyn Fn(&Source) -> Option<String> + 't;

/// Which page tells of which value; made before any page, since pages link to it.
#[derive(Debug, Default)]
pub struct Plan {
    file: String,
    /// Pointers of each page.
    pub pages: Vec<Vec<String>>,
    page_of: HashMap<String, usize>,
}

/// A value and its proofs.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// JSON Pointer.
    pub pointer: String,
    /// Name of its place on the page.
    pub anchor: String,
    /// The value.
    pub value: Cut,
    /// Best first.
    pub proofs: Vec<Proof>,
    /// Values that lost against it.
    pub rivals: Vec<Rival>,
}

/// A place that a value comes from.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    /// What stands before the quote.
    pub before: String,
    /// The quote.
    pub quote: Cut,
    /// What stands behind it.
    pub after: String,
    /// Whether the text of the source was at hand.
    pub in_text: bool,
    /// The attribute that holds the quote.
    pub attribute: Option<Cut>,
    /// The source's title, address or file name.
    pub source: Cut,
    /// Id of the source.
    pub source_id: String,
    /// The source's address.
    pub url: Option<String>,
    /// Code points.
    pub start: usize,
    /// Code points.
    pub end: usize,
    /// The rule.
    pub rule: Cut,
    /// The method's word.
    pub method: &'static str,
    /// In hundredths.
    pub confidence: u32,
    /// Pointers and anchors of values that it was made from.
    pub from: Vec<(String, Option<String>)>,
}

/// A value that lost.
#[derive(Debug, Clone, Serialize)]
pub struct Rival {
    /// The value.
    pub value: Cut,
    /// Why it lost.
    pub reason: Cut,
    /// Where it comes from.
    pub proofs: Vec<Proof>,
}

/// Characters that are shown before and behind a quote.
const AROUND: usize = 120;
/// Most proofs of one value, and most values that lost, on a page.
const PROOFS: usize = 8;
/// Bytes of a proof's markup.
const MARKUP: usize = 1400;

impl Plan {
    /// The pages of an event's evidence.
    pub fn new(file: &str, recap: &Recap) -> Self {
        let mut pointers: Vec<&String> = recap.evidence.keys().chain(recap.conflicts.iter().map(|c| &c.pointer)).collect();
        pointers.sort_by_cached_key(|pointer| natural(pointer));
        pointers.dedup();
        let lost = by_pointer(&recap.conflicts);
        let size = |pointer: &str| {
            let own = recap.evidence.get(pointer).map(Vec::as_slice).unwrap_or_default();
            let lost = lost.get(pointer).into_iter().flatten().take(PROOFS).flat_map(|c| c.evidence.iter().take(2));
            own.iter().take(PROOFS).chain(lost).map(quoted).sum::<usize>()
        };
        let pages = super::pages(pointers, |pointer| 400 + size(pointer), usize::MAX);
        let pages: Vec<Vec<String>> = pages.into_iter().map(|page| page.into_iter().cloned().collect()).collect();
        let numbered = pages.iter().enumerate().flat_map(|(n, page)| page.iter().map(move |pointer| (pointer.clone(), n + 1)));
        let page_of = numbered.collect();
        Self { file: file.to_owned(), pages, page_of }
    }

    /// The address, from the site's root, of what is told about a value, or about the item that it belongs to.
    pub fn why(&self, pointer: &str) -> Option<String> {
        let mut at = pointer;
        while at.matches('/').count() >= 2 {
            if let Some(page) = self.page_of.get(at) {
                return Some(format!("{}#{}", paths::encoded(&paths::evidence(&self.file, *page)), paths::anchor(at)));
            }
            at = at.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        None
    }

    /// What a page tells; pages count from 1.
    pub fn told(&self, recap: &Recap, page: usize, texts: &Texts<'_>) -> Vec<Told> {
        let Some(pointers) = page.checked_sub(1).and_then(|at| self.pages.get(at)) else { return Vec::new() };
        let json = serde_json::to_value(recap).unwrap_or_default();
        let mut teller = Teller { plan: self, recap, texts, read: HashMap::new() };
        let lost = by_pointer(&recap.conflicts);
        let tell = |pointer: &String| {
            let proofs = recap.evidence.get(pointer).map(Vec::as_slice).unwrap_or_default();
            let lost: Vec<&Conflict> = lost.get(pointer.as_str()).cloned().unwrap_or_default();
            Told {
                pointer: pointer.clone(),
                anchor: paths::anchor(pointer),
                value: shown(recap, json.pointer(pointer).unwrap_or(&Value::Null)),
                proofs: proofs.iter().take(PROOFS).map(|proof| teller.proof(proof)).collect(),
                rivals: lost.into_iter().take(PROOFS).map(|conflict| teller.rival(conflict)).collect(),
            }
        };
        pointers.iter().map(tell).collect()
    }
}

fn quoted(evidence: &Evidence) -> usize {
    let text = evidence.quote.len().min(12_000) + evidence.attribute.as_ref().map_or(0, |a| a.len().min(1200));
    let escaped = evidence.quote.bytes().take(12_000).filter(|b| matches!(b, b'<' | b'>' | b'&' | b'\'' | b'"')).count();
    MARKUP + text + 5 * escaped + evidence.from.len().min(20) * 100
}

fn by_pointer(conflicts: &[Conflict]) -> BTreeMap<&str, Vec<&Conflict>> {
    let mut map: BTreeMap<&str, Vec<&Conflict>> = BTreeMap::new();
    conflicts.iter().for_each(|conflict| map.entry(&conflict.pointer).or_default().push(conflict));
    map
}

/// Numbers in pointers count as numbers; parts come in the order of the page.
fn natural(pointer: &str) -> (usize, Vec<(usize, String)>) {
    const PARTS: [&str; 8] = ["event", "talks", "questions", "posts", "next_events", "people", "links", "lookups"];
    let mut steps = pointer.split('/').skip(1);
    let part = steps.next().unwrap_or_default();
    let place = PARTS.iter().position(|p| *p == part).unwrap_or(PARTS.len());
    (place, std::iter::once(part).chain(steps).map(|step| (step.parse().unwrap_or(0), step.to_owned())).collect())
}

/// A value for people: names instead of ids, texts without quotes.
fn shown(recap: &Recap, value: &Value) -> Cut {
    let text = match value {
        Value::String(text) => recap.people.iter().find(|p| p.id == *text).map_or_else(|| text.clone(), recap_export::view::shown),
        Value::Null => "–".to_owned(),
        Value::Object(_) | Value::Array(_) => String::new(),
        other => other.to_string(),
    };
    Cut::at(&text, 1000)
}

struct Teller<'r> {
    plan: &'r Plan,
    recap: &'r Recap,
    texts: &'r Texts<'r>,
    read: HashMap<String, Option<String>>,
}

impl Teller<'_> {
    fn rival(&mut self, conflict: &Conflict) -> Rival {
        Rival {
            value: shown(self.recap, &conflict.value),
            reason: Cut::short(&conflict.reason),
            proofs: conflict.evidence.iter().take(2).map(|proof| self.proof(proof)).collect(),
        }
    }

    fn proof(&mut self, evidence: &Evidence) -> Proof {
        let source = self.recap.sources.iter().find(|source| source.id == evidence.source);
        let texts = self.texts;
        let text = self.read.entry(evidence.source.clone()).or_insert_with(|| source.and_then(texts));
        let around = text.as_deref().and_then(|text| around(text, evidence));
        let (before, after) = around.clone().unwrap_or_default();
        let from = evidence.from.iter().take(20).map(|pointer| (pointer.chars().take(100).collect(), self.plan.why(pointer)));
        Proof {
            before,
            quote: Cut::long(&evidence.quote),
            after,
            in_text: around.is_some(),
            attribute: evidence.attribute.as_deref().map(Cut::short),
            source: source.map_or_else(Cut::default, |source| Cut::short(&super::source::called(source))),
            source_id: evidence.source.clone(),
            url: source.and_then(|source| source.url.as_deref()).and_then(safe).map(str::to_owned),
            start: evidence.start,
            end: evidence.end,
            rule: Cut::short(&evidence.rule),
            method: method(evidence.method),
            confidence: (evidence.confidence.clamp(0.0, 1.0) * 100.0).round() as u32,
            from: from.collect(),
        }
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Verbatim => "verbatim",
        Method::Normalised => "normalised",
        Method::Derived => "derived",
        Method::Override => "override",
    }
}

/// What stands around the quote of a text; none where it does not stand there, or is in an attribute.
fn around(text: &str, evidence: &Evidence) -> Option<(String, String)> {
    let points = CodePoints::new(text);
    let (start, end) = (points.to_byte(evidence.start), points.to_byte(evidence.end));
    if evidence.attribute.is_some() || text.get(start..end)? != evidence.quote {
        return None;
    }
    let before: String = near(text.get(..start)?.chars().rev()).chars().rev().collect();
    Some((before, near(text.get(end..)?.chars())))
}

/// The nearest characters, not further than a line beyond the quote's own.
fn near(characters: impl Iterator<Item = char>) -> String {
    let mut lines = 0;
    let within = characters.take(AROUND).take_while(|c| {
        lines += usize::from(*c == '\n');
        lines < 2
    });
    within.collect()
}
