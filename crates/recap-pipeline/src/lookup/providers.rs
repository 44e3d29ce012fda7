//! The services that are asked, as data: `providers.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use recap_model::LookupKind;
use regex::{Captures, Regex};
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::byte_serialize;

/// What sort of answer a service gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A post as the service writes it; the extraction reads it.
    Post,
    /// Title and author, <https://oembed.com>.
    Oembed,
    /// A redirect to where the address leads to.
    Redirect,
}

/// A service.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its name, as settings name it.
    pub name: String,
    /// What it knows.
    pub kind: LookupKind,
    /// How it answers.
    pub form: Form,
    pattern: Regex,
    endpoint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    kind: LookupKind,
    r#match: String,
    endpoint: String,
    answer: Form,
}

/// All services, in their order.
#[derive(Debug, Clone)]
pub struct Providers(Vec<Provider>);

impl Providers {
    /// The services that recap knows, some of them with other endpoints.
    ///
    /// # Errors
    /// An endpoint for a service that is not known, or that is no address: what is wrong.
    pub fn new(endpoints: &BTreeMap<String, String>) -> Result<Self, String> {
        let file: File = toml::from_str(include_str!("../../providers.toml")).map_err(|e| e.to_string())?;
        let mut all = file.provider.into_iter().map(Entry::provider).collect::<Result<Vec<_>, _>>()?;
        for (name, endpoint) in endpoints {
            let Some(provider) = all.iter_mut().find(|p| p.name == *name) else {
                let known: Vec<&str> = all.iter().map(|p| p.name.as_str()).collect();
                return Err(format!("there is no service {name:?}; known are {}", known.join(", ")));
            };
            if Url::parse(&endpoint.replace(['{', '}'], "")).is_err() {
                return Err(format!("{endpoint:?} is no address"));
            }
            provider.endpoint.clone_from(endpoint);
        }
        Ok(Self(all))
    }

    /// The services that recap knows.
    ///
    /// # Panics
    /// Never in a released build: a test reads them.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Providers> = LazyLock::new(|| match Providers::new(&BTreeMap::new()) {
            Ok(providers) => providers,
            Err(error) => panic!("providers.toml: {error}"),
        });
        &BUILTIN
    }

    /// Who is asked about an address, and where.
    pub fn of(&self, kind: LookupKind, url: &str) -> Option<(&Provider, Url)> {
        self.0.iter().filter(|p| p.kind == kind).find_map(|p| Some((p, p.endpoint(url)?)))
    }

    /// The service of a name.
    pub fn named(&self, name: &str) -> Option<&Provider> {
        self.0.iter().find(|p| p.name == name)
    }
}

impl Entry {
    fn provider(self) -> Result<Provider, String> {
        let pattern = Regex::new(&self.r#match).map_err(|e| format!("{}: {e}", self.name))?;
        Ok(Provider { name: self.name, kind: self.kind, form: self.answer, pattern, endpoint: self.endpoint })
    }
}

impl Provider {
    fn endpoint(&self, url: &str) -> Option<Url> {
        let found = self.pattern.captures(url)?;
        let group = |found: &Captures<'_>, name: &str| found.name(name).map_or(String::new(), |m| m.as_str().to_owned());
        let encoded: String = byte_serialize(url.as_bytes()).collect();
        let endpoint = self.endpoint.replace("{host}", &group(&found, "host")).replace("{id}", &group(&found, "id"));
        Url::parse(&endpoint.replace("{address}", url).replace("{url}", &encoded)).ok().filter(|u| matches!(u.scheme(), "http" | "https"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_asked_of_its_service() {
        let all = Providers::new(&BTreeMap::new()).expect("the services are right");
        let asked = |kind, url: &str| all.of(kind, url).map(|(p, endpoint)| (p.name.clone(), endpoint.to_string()));
        let of = |name: &str, endpoint: &str| Some((name.to_owned(), endpoint.to_owned()));
        assert_eq!(
            asked(LookupKind::Slides, "https://speakerdeck.com/mugi/a-b"),
            of("speakerdeck", "https://speakerdeck.com/oembed.json?url=https%3A%2F%2Fspeakerdeck.com%2Fmugi%2Fa-b")
        );
        assert_eq!(asked(LookupKind::Link, "https://t.co/Ab1"), of("t-co", "https://t.co/Ab1"));
        assert_eq!(
            asked(LookupKind::Post, "https://social.example/@mugi/110012345678901234"),
            of("mastodon", "https://social.example/api/v1/statuses/110012345678901234")
        );
        for (kind, url) in [
            (LookupKind::Slides, "https://speakerdeck.com/mugi"),
            (LookupKind::Slides, "https://twitter.com/mugi/status/1"),
            (LookupKind::Post, "https://twitter.com/mugi"),
            (LookupKind::Post, "https://social.example/@mugi/about"),
            (LookupKind::Link, "https://evil.example/t.co/x"),
        ] {
            assert_eq!(asked(kind, url), None, "{url}");
        }
    }

    #[test]
    fn endpoints_can_be_set_and_mistakes_are_told() {
        let set = |name: &str, endpoint: &str| Providers::new(&BTreeMap::from([(name.to_owned(), endpoint.to_owned())]));
        let all = set("vimeo", "http://127.0.0.1:8/o?u={url}").expect("it is known");
        let asked = all.of(LookupKind::Video, "https://vimeo.com/12").map(|(_, url)| url.to_string());
        assert_eq!(asked.as_deref(), Some("http://127.0.0.1:8/o?u=https%3A%2F%2Fvimeo.com%2F12"));
        assert!(set("vimoe", "http://a/").is_err_and(|e| e.contains("known are twitter, bluesky")));
        assert!(set("vimeo", "nowhere").is_err());
    }
}
