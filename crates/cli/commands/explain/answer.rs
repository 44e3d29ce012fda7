//! What there is to say about a value.

use std::collections::BTreeMap;

use recap_merge::overrides_file;
use recap_model::{Evidence, Method, Recap};
use serde::Serialize;
use serde_json::Value;

use super::packs::Packs;
use crate::exit::Failure;
use crate::input::Loaded;
use crate::recaps::evidence::Lookup;

/// Source id -> the document, or why it cannot be read again.
pub type Sources = BTreeMap<String, Result<Loaded, String>>;

/// Characters of a line that are shown before and behind a quote.
const AROUND: usize = 60;

/// The answer.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// What was asked for.
    pub pointer: String,
    /// The value.
    pub value: Value,
    /// Whom an id stands for.
    pub means: Option<String>,
    /// Where it comes from; values in it too, where it is an object or a list.
    pub evidence: Vec<Proof>,
    /// The values that lost against it.
    pub rivals: Vec<Rival>,
}

/// A place that a value comes from.
#[derive(Debug, Serialize)]
pub struct Proof {
    /// The value that it proves.
    pub pointer: String,
    /// The evidence as the recap has it.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// The source's path, else its address.
    pub path: Option<String>,
    /// The text around the quote.
    pub context: Option<Context>,
    /// Why the quote is not shown in its context.
    pub missing: Option<String>,
    /// The rule file.
    pub rule_file: Option<String>,
    /// The rule's text.
    pub rule_text: Option<String>,
}

/// A quote in its line.
#[derive(Debug, Serialize)]
pub struct Context {
    /// Before the quote.
    pub before: String,
    /// The quote, or the text of the element whose attribute it is.
    pub quote: String,
    /// Behind it.
    pub after: String,
}

/// A value that lost.
#[derive(Debug, Serialize)]
pub struct Rival {
    /// The value.
    pub value: Value,
    /// Why it lost.
    pub reason: String,
    /// Where it comes from.
    pub evidence: Vec<Proof>,
}

impl Answer {
    /// Explains a value.
    ///
    /// # Errors
    /// A pointer that leads nowhere.
    pub fn new(recap: &Recap, sources: &Sources, pointer: &str, packs: &Packs) -> Result<Self, Failure> {
        let json = serde_json::to_value(recap).unwrap_or_default();
        let value = json.pointer(pointer).cloned().ok_or_else(|| nowhere(&json, pointer))?;
        let proof = |pointer: &String, evidence: &Evidence| prove(recap, sources, packs, pointer, evidence);
        let evidence = places(recap, pointer).into_iter().map(|(at, evidence)| proof(at, evidence)).collect();
        let lost = recap.conflicts.iter().filter(|c| covers(pointer, &c.pointer));
        let rivals = lost.map(|c| Rival {
            value: c.value.clone(),
            reason: c.reason.clone(),
            evidence: c.evidence.iter().map(|e| proof(&c.pointer, e)).collect(),
        });
        let rivals = rivals.collect();
        let means = value.as_str().and_then(|id| meaning(&json, pointer, id));
        Ok(Self { pointer: pointer.to_owned(), value, means, evidence, rivals })
    }
}

/// The value's own evidence; else that of the values in it; else that of what it stands in.
fn places<'r>(recap: &'r Recap, pointer: &str) -> Vec<(&'r String, &'r Evidence)> {
    let within: Vec<_> =
        recap.evidence.iter().filter(|(at, _)| covers(pointer, at)).flat_map(|(at, all)| all.iter().map(move |e| (at, e))).collect();
    if !within.is_empty() {
        return within;
    }
    let mut around = pointer;
    while let Some((parent, _)) = around.rsplit_once('/') {
        if let Some((at, all)) = recap.evidence.get_key_value(parent) {
            return all.iter().map(|e| (at, e)).collect();
        }
        around = parent;
    }
    Vec::new()
}

/// Whether `at` is the pointer or lies below it.
fn covers(pointer: &str, at: &str) -> bool {
    at.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn prove(recap: &Recap, sources: &Sources, packs: &Packs, pointer: &str, evidence: &Evidence) -> Proof {
    let (context, missing) = match sources.get(&evidence.source) {
        Some(Ok(loaded)) => context(loaded, evidence),
        Some(Err(why)) => (None, Some(why.clone())),
        None if evidence.method == Method::Override => (None, Some(format!("a correction, in decisions/{}", overrides_file(&recap.id)))),
        None => (None, Some("the recap does not name this source".to_owned())),
    };
    let rule = packs.find(&evidence.rule);
    Proof {
        pointer: pointer.to_owned(),
        evidence: evidence.clone(),
        path: recap.sources.iter().find(|s| s.id == evidence.source).and_then(|s| s.path.clone().or_else(|| s.url.clone())),
        context,
        missing,
        rule_file: rule.as_ref().map(|(file, _)| (*file).to_owned()),
        rule_text: rule.map(|(_, text)| text),
    }
}

fn context(loaded: &Loaded, evidence: &Evidence) -> (Option<Context>, Option<String>) {
    let lookup = Lookup::new(&loaded.document);
    if !lookup.holds(evidence) {
        return (None, Some("the quote does not stand there".to_owned()));
    }
    let span = lookup.span(evidence);
    let text = &loaded.document.text;
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let before: String = before.rsplit('\n').next().unwrap_or_default().chars().rev().take(AROUND).collect();
    let context = Context {
        before: before.chars().rev().collect(),
        quote: loaded.document.slice(span).to_owned(),
        after: after.lines().next().unwrap_or_default().chars().take(AROUND).collect(),
    };
    (Some(context), None)
}

/// The name or title of the item that has an id.
fn meaning(json: &Value, pointer: &str, id: &str) -> Option<String> {
    if pointer.ends_with("/id") {
        return None;
    }
    let lists = ["people", "talks", "sections"].into_iter().filter_map(|list| json.get(list)?.as_array());
    let item = lists.flatten().find(|item| item.get("id").and_then(Value::as_str) == Some(id))?;
    let name = ["name", "title", "heading"].into_iter().find_map(|field| item.get(field)?.as_str());
    let handle = || item.pointer("/handles/0/handle")?.as_str();
    name.or_else(handle).map(str::to_owned)
}

fn nowhere(json: &Value, pointer: &str) -> Failure {
    let mut around = pointer;
    let parent = loop {
        around = around.rsplit_once('/').map_or("", |(parent, _)| parent);
        if let Some(value) = json.pointer(around) {
            break value;
        }
    };
    let place = if around.is_empty() { "the recap" } else { around };
    let there = match parent {
        Value::Object(fields) => fields.keys().cloned().collect::<Vec<_>>().join(", "),
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        Value::Array(items) => format!("0 to {}", items.len() - 1),
        _ => "no parts".to_owned(),
    };
    Failure::usage(format!("{pointer:?} leads nowhere"), format!("a pointer looks like /event/name; {place} has {there}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_covers_itself_and_what_is_below() {
        assert!(covers("/talks/1", "/talks/1"));
        assert!(covers("/talks/1", "/talks/1/title"));
        assert!(!covers("/talks/1", "/talks/12/title"));
        assert!(covers("", "/event/name"));
    }

    #[test]
    fn a_wrong_pointer_is_told_what_there_is() {
        let json = serde_json::json!({"talks": [{"title": "x"}]});
        let hint = |pointer| nowhere(&json, pointer).hint.unwrap_or_default();
        assert!(hint("/talks/3/title").contains("/talks has 0 to 0"));
        assert!(hint("/talk").contains("the recap has talks"));
        assert!(hint("no/slash").contains("talks"));
    }
}
