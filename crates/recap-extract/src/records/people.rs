//! Organisers and speakers of records.

use recap_document::{Record, Value};
use recap_model::{Handle, LinkKind, Role};
use recap_rules::Use;
use recap_text::names::fold;

use super::value::{derived, name};
use crate::context::{Context, classify_url};
use crate::finding::{Found, Mention};

/// Longest name of a person, in characters.
const MAX_PERSON: usize = 48;
/// Vocabularies whose types are what the page wrote; in the others an organiser's type is a guess.
const TYPED: &[&str] = &["json-ld", "microdata", "rdfa"];

/// The persons of a property; organisations are left out.
pub fn of<'a>(context: &'a Context<'_>, record: &'a Record, property: &'a str, role: Role) -> impl Iterator<Item = Mention> + 'a {
    record.all(property).filter_map(move |value| match value {
        Value::Record(person) => mention(context, person, role),
        Value::Text(_) => None,
    })
}

/// Names of organisations of a property.
pub fn organisations(context: &Context<'_>, record: &Record, property: &str) -> Vec<Found<String>> {
    record.records(property).filter_map(|r| name(context, r, "name")).collect()
}

fn mention(context: &Context<'_>, person: &Record, role: Role) -> Option<Mention> {
    let mut found = name(context, person, "name")?;
    let handles = handles(context, person, &mut found);
    found.value = without_honorific(context, &found.value);
    if !is_person(context, person, &found.value) {
        return None;
    }
    let span = found.proofs.first().map(|p| p.place.span()).unwrap_or_default();
    let affiliation = ["affiliation", "worksFor"].iter().find_map(|property| {
        let text = name(context, person, property);
        text.or_else(|| person.records(property).find_map(|r| name(context, r, "name")))
    });
    let affiliation = affiliation.filter(|a| fold(&a.value) != fold(&found.value));
    Some(Mention { name: Some(found).filter(|n| !n.value.is_empty()), handles, affiliation, role, span })
}

/// Accounts among the person's addresses, and one that stands in the name: `Mara Quill (@maraq)`, `@maraq`.
fn handles(context: &Context<'_>, person: &Record, found: &mut Found<String>) -> Vec<Found<Handle>> {
    let mut handles: Vec<Found<Handle>> = Vec::new();
    for field in ["sameAs", "url"].iter().flat_map(|p| person.texts(p)) {
        if let (LinkKind::Profile, _, _, Some(handle)) = classify_url(context.rules, &field.value)
            && !handles.iter().any(|h| h.value == handle)
        {
            handles.push(derived(person, field, handle));
        }
    }
    if let Some((before, behind)) = found.value.split_once(['@', '＠']) {
        let account: String = behind.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let alone = before.is_empty() || before.ends_with([' ', '(', '（', '[', '/', '\u{3000}']);
        if alone && (2..=15).contains(&account.len()) {
            let handle = Handle { platform: "twitter".to_owned(), handle: account };
            let rest = before.trim_end_matches(|c: char| c.is_whitespace() || "(（[/".contains(c)).to_owned();
            let proofs = found.proofs.clone();
            if !handles.iter().any(|h| h.value == handle) {
                handles.push(Found { value: handle, proofs });
            }
            found.value = rest;
        }
    }
    handles
}

fn without_honorific(context: &Context<'_>, name: &str) -> String {
    let rules = context.rules.of(Use::Honorific, context.language);
    let cut = rules.filter_map(|r| r.find(name)).find(|f| f.end == name.len() && f.start > 0).map(|f| f.start);
    cut.map_or(name, |at| &name[..at]).trim().to_owned()
}

/// Whether a record is a person: by its type where the page wrote one, else by the name.
fn is_person(context: &Context<'_>, record: &Record, name: &str) -> bool {
    if name.chars().count() > MAX_PERSON {
        return false;
    }
    let typed = TYPED.contains(&record.vocabulary.as_str());
    if typed && record.types.iter().any(|t| t == "Person") {
        return true;
    }
    !typed && !context.rules.of(Use::Affiliation, context.language).any(|r| r.matches(name))
}
