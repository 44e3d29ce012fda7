//! The second stage: from bytes to what they give. Pure but for the time it takes; it runs on blocking threads.

use std::borrow::Cow;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use recap_document::Hints;
use recap_extract::{Extraction, Input};
use recap_merge::Suppress;
use recap_model::{LinkKind, Recap, SourceKind};
use recap_rules::Rules;
use recap_store::{Extracted, Kind, Member, Previous, pack, sha256};

use crate::source::{Refused, Taken};
use crate::{lookup, merge};

/// What a source gives.
#[derive(Debug)]
pub struct Given {
    /// For the store.
    pub extracted: Extracted,
    /// The addresses that an event's page leads to.
    pub leads: Vec<String>,
    /// Whether its bytes name somebody or something that is left out, so that they are not to be kept.
    pub names_left_out: bool,
}

/// The program and its rules.
#[derive(Debug)]
pub struct Engine {
    /// None: the built-in ones, which are compiled when they are first asked; a night without changes does without.
    rules: Option<Rules>,
    id: String,
}

impl Engine {
    /// An engine with rules, the built-in ones where none are given; `texts` are those of the rule files that the user added.
    pub fn new(rules: Option<Rules>, texts: &[String]) -> Self {
        let mut all = String::from(env!("CARGO_PKG_VERSION"));
        let builtin = Rules::builtin_packs().iter().map(|(_, text)| *text);
        builtin.chain(texts.iter().map(String::as_str)).for_each(|text| all.push_str(&sha256(text.as_bytes())));
        Self { rules, id: sha256(all.as_bytes())[..16].to_owned() }
    }

    fn rules(&self) -> &Rules {
        self.rules.as_ref().unwrap_or_else(|| Rules::builtin())
    }

    /// What tells this program with these rules from others.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What a source gives, without what is to be left out. With `known`, the digest of what is stored already, no recap that
    /// has this digest is made ready for the store.
    ///
    /// # Errors
    /// Where it is no document.
    pub fn extract(&self, taken: &Taken, sha: &str, suppress: &Suppress, known: Option<&str>) -> Result<Given, Refused> {
        let work = || self.read(taken, sha, suppress, known);
        panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            Err(Refused::new(&taken.key, "internal error", Some("this is a bug in recap: please report it with the document"))
                .of(taken.kind))
        })
    }

    fn read(&self, taken: &Taken, sha: &str, suppress: &Suppress, known: Option<&str>) -> Result<Given, Refused> {
        let name = match taken.kind {
            Kind::File => Path::new(&taken.key).file_name().map(|n| n.to_string_lossy()),
            _ => taken.url.as_deref().and_then(last_segment).map(Cow::Borrowed),
        };
        let hints = Hints { name: name.as_deref(), content_type: taken.content_type.as_deref(), url: taken.url.as_deref() };
        let document = recap_document::read(&taken.bytes, &hints)
            .map_err(|error| Refused::new(&taken.key, error.to_string(), Some(error.hint())).of(taken.kind))?;
        let path = (taken.kind == Kind::File).then_some(taken.key.as_str());
        let input = Input { path, url: taken.url.as_deref(), sha256: sha };
        let mut extraction = recap_extract::extract(&document, self.rules(), &input);
        let names_left_out = !suppress.is_empty() && {
            let before = extraction.recap.clone();
            recap_merge::apply_suppress(&mut extraction.recap, suppress);
            let (raw, text) = (String::from_utf8_lossy(&taken.bytes), document.text.as_str());
            before != extraction.recap || recap_merge::named_in(&raw, suppress) || recap_merge::named_in(text, suppress)
        };
        let leads = leads(&extraction.recap);
        Ok(Given { extracted: self.extracted(taken, sha, extraction, known), leads, names_left_out })
    }

    /// What a source gave once, without what is to be left out; none where it names nothing of it.
    pub(crate) fn without(&self, member: &Member, previous: Previous, suppress: &Suppress) -> Option<Extracted> {
        let before: Recap = serde_json::from_slice(&member.recap).ok()?;
        let mut recap = before.clone();
        recap_merge::apply_suppress(&mut recap, suppress);
        let json = serde_json::to_vec(&recap).ok().filter(|_| recap != before)?;
        Some(Extracted {
            source: member.source.clone(),
            sha256: previous.sha256,
            engine: previous.engine,
            is_recap: true,
            reason: String::new(),
            talks: recap.talks.len(),
            fired: previous.fired,
            digest: sha256(&json),
            recap: pack(&json),
            keys: merge::keys(&recap),
            wanted: lookup::wanted(&recap),
        })
    }

    /// The recap of a service's answer; none where that is no document.
    pub(crate) fn answer(&self, bytes: &[u8], url: &str) -> Option<Recap> {
        let work = || {
            let hints = Hints { name: None, content_type: Some("application/json"), url: Some(url) };
            let document = recap_document::read(bytes, &hints).ok()?;
            let sha = sha256(bytes);
            Some(recap_extract::extract(&document, self.rules(), &Input { path: None, url: Some(url), sha256: &sha }).recap)
        };
        panic::catch_unwind(AssertUnwindSafe(work)).ok().flatten()
    }

    fn extracted(&self, taken: &Taken, sha: &str, extraction: Extraction, known: Option<&str>) -> Extracted {
        let Extraction { recap, is_recap, reason, fired } = extraction;
        // Of plain data, so it cannot fail; an empty text would not be taken for a recap.
        let json = if is_recap { serde_json::to_vec(&recap).unwrap_or_default() } else { Vec::new() };
        let digest = sha256(&json);
        let new = is_recap && known != Some(digest.as_str());
        Extracted {
            source: taken.key.clone(),
            sha256: sha.to_owned(),
            engine: self.id.clone(),
            is_recap,
            reason,
            talks: recap.talks.len(),
            fired: fired.into_keys().collect(),
            digest,
            recap: if new { pack(&json) } else { Vec::new() },
            keys: if new { merge::keys(&recap) } else { Vec::new() },
            wanted: if new { lookup::wanted(&recap) } else { Vec::new() },
        }
    }
}

/// Where an event's page leads to: decks and articles.
fn leads(recap: &Recap) -> Vec<String> {
    let is_page = recap.sources.iter().any(|source| source.kind == SourceKind::EventPage);
    let wanted = |link: &&recap_model::Link| is_page && matches!(link.kind, LinkKind::Article | LinkKind::Slides);
    recap.links.iter().filter(wanted).map(|link| link.url.clone()).collect()
}

/// The last part of an address' path, whose extension may tell the format.
fn last_segment(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    let (_, path) = path.split_once("://").unwrap_or(("", path));
    path.split('/').skip(1).last().filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use recap_model::{Link, Source};

    use super::*;

    #[test]
    fn an_events_page_leads_to_decks_and_articles() {
        let link = |kind: LinkKind| Link { url: format!("https://example.org/{kind:?}"), kind, text: None, section: None };
        let source = |kind: SourceKind| Source { id: "src1".to_owned(), kind, ..Source::default() };
        let links = vec![link(LinkKind::Article), link(LinkKind::Profile), link(LinkKind::Slides), link(LinkKind::Other)];
        let mut recap = Recap { links, sources: vec![source(SourceKind::EventPage)], ..Recap::default() };
        assert_eq!(leads(&recap), ["https://example.org/Article", "https://example.org/Slides"]);
        recap.sources = vec![source(SourceKind::WriteUp)];
        assert!(leads(&recap).is_empty());
    }

    #[test]
    fn the_last_part_of_an_address_may_tell_the_format() {
        for (url, name) in [("https://a.example/b/c.md?x=1#y", Some("c.md")), ("https://a.example/", None), ("https://a.example", None)] {
            assert_eq!(last_segment(url), name);
        }
    }
}
