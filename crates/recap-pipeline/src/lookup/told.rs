//! From a service's answer to what it says.

use recap_merge::Told;
use recap_model::{Evidence, LookupStatus, Method, Source, SourceKind};
use recap_store::{Lookup, State, sha256};
use serde_json::Value;

use super::providers::{Form, Providers};
use crate::Engine;

/// The rule of values that are fields of an oEmbed answer.
const RULE: &str = "lookup/oembed";
/// The rule of where a shortened address leads to.
const REDIRECT: &str = "lookup/redirect";

/// What stored answers say. How they are read is told by the names of their services, whatever their endpoints are.
pub fn told(engine: &Engine, answers: &[Lookup]) -> Vec<Told> {
    let providers = Providers::builtin();
    answers.iter().filter_map(|answer| one(engine, providers, answer)).collect()
}

fn one(engine: &Engine, providers: &Providers, lookup: &Lookup) -> Option<Told> {
    let provider = providers.named(&lookup.provider)?;
    let gone = lookup.state == State::Gone;
    let bytes = lookup.answer.as_deref().filter(|_| !gone);
    let status = if gone { LookupStatus::Gone } else { LookupStatus::Found };
    let mut told = Told::new(lookup.url.clone(), provider.kind, status, source(&lookup.endpoint, bytes.unwrap_or_default()));
    match (provider.form, bytes) {
        _ if gone => {}
        (Form::Redirect, _) => told.leads_to(proof(lookup.leads_to.clone()?, "location", REDIRECT)),
        (Form::Oembed, Some(bytes)) => oembed(&mut told, bytes)?,
        (Form::Post, Some(bytes)) => {
            let recap = engine.answer(bytes, &lookup.endpoint)?;
            told.source = recap.sources.into_iter().next().map(|s| Source { kind: SourceKind::Api, ..s })?;
            told.post = Some((recap.posts.into_iter().next()?, recap.evidence));
        }
        (_, None) => return None,
    }
    Some(told)
}

fn source(endpoint: &str, bytes: &[u8]) -> Source {
    Source { id: "src1".to_owned(), kind: SourceKind::Api, url: Some(endpoint.to_owned()), sha256: sha256(bytes), ..Source::default() }
}

fn oembed(told: &mut Told, bytes: &[u8]) -> Option<()> {
    let answer: Value = serde_json::from_slice(bytes).ok()?;
    let field = |name: &str| {
        let text = answer.get(name)?.as_str()?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| proof(text, name, RULE))
    };
    let (title, author) = (field("title"), field("author_name"));
    if title.is_none() && author.is_none() {
        return None;
    }
    told.title(title);
    told.author(author, field("author_url").filter(|e| e.quote.starts_with("http")));
    Some(())
}

/// A field of an answer; its value is the quote.
fn proof(quote: String, field: &str, rule: &str) -> Evidence {
    Evidence {
        source: "src1".to_owned(),
        start: 0,
        end: 0,
        quote,
        attribute: Some(field.to_owned()),
        rule: rule.to_owned(),
        method: Method::Verbatim,
        from: Vec::new(),
        confidence: 0.95,
    }
}
