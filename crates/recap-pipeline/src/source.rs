//! What is to be read, and what was read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use recap_fetch::Headers;
use recap_store::{Answer, Kind, Source};
use url::Url;

/// A source to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What the journal calls it: the path as the user named it, the address, or a name made of the content.
    pub key: String,
    /// Where its bytes are.
    pub origin: Origin,
}

/// Where the bytes of a source are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In a file.
    File(PathBuf),
    /// On the web.
    Url {
        /// The address, as [`recap_fetch::canonical`] spells it.
        url: Box<Url>,
        /// What the journal has of it, where it is asked because of that; then it is asked, due or not.
        known: Option<Box<Source>>,
    },
    /// Here: from stdin or an archive.
    Bytes {
        /// The document.
        bytes: Vec<u8>,
        /// Its address, where it is known.
        url: Option<String>,
        /// Its content type, where it is known.
        content_type: Option<String>,
    },
    /// In the store.
    Capture {
        /// Their SHA-256.
        sha256: String,
        /// How they were read when they were captured.
        kind: Kind,
        /// The address that answered.
        url: Option<String>,
        /// The headers of the answer.
        head: Option<String>,
    },
}

/// A source that cannot be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The source's key.
    pub key: String,
    /// How it is read.
    pub kind: Kind,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Whether it is there no more, and asking again is of no use.
    pub gone: bool,
}

/// A source that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The source's key.
    pub key: String,
    /// How it was read.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its address, for relative links and for the recap.
    pub url: Option<String>,
    /// `Content-Type` of the answer.
    pub content_type: Option<String>,
    /// The headers of the answer as they are kept in the journal.
    pub head: Option<String>,
    /// Seconds that the answer is fresh by its headers.
    pub fresh_for: i64,
    /// What the journal had of it before.
    pub before: Option<Box<Source>>,
    /// The capture that the bytes are of, where they come from the store; then the journal need not hear of it.
    pub stored: Option<String>,
}

/// What the first stage gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intake {
    /// Bytes.
    Taken(Box<Taken>),
    /// Nothing new; the journal hears of it, if anything was asked.
    Known {
        /// The source's key.
        key: String,
        /// For the journal.
        answer: Option<Box<Answer>>,
        /// Whether it was gone before.
        back: bool,
    },
    /// Why not.
    Refused(Refused),
}

impl Item {
    /// A file, as the user named it.
    pub fn file(path: PathBuf) -> Self {
        Self { key: path.to_string_lossy().into_owned(), origin: Origin::File(path) }
    }

    /// An address.
    pub fn url(url: Url) -> Self {
        Self { key: url.to_string(), origin: Origin::Url { url: Box::new(url), known: None } }
    }

    /// Bytes that cannot be read again.
    pub fn bytes(bytes: Vec<u8>, url: Option<String>, content_type: Option<String>) -> Self {
        let key = url.clone().unwrap_or_else(|| format!("stdin:{}", &recap_store::sha256(&bytes)[..16]));
        Self { key, origin: Origin::Bytes { bytes, url, content_type } }
    }
}

impl Refused {
    /// A file that may be readable another time.
    pub fn new(key: impl Into<String>, message: impl Into<String>, hint: Option<&str>) -> Self {
        Self { key: key.into(), kind: Kind::File, message: message.into(), hint: hint.map(str::to_owned), gone: false }
    }

    /// The same of a source of another kind.
    #[must_use]
    pub fn of(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }
}

impl Taken {
    /// Bytes that were just read.
    pub fn new(key: String, kind: Kind, bytes: Vec<u8>) -> Self {
        Self { key, kind, bytes, url: None, content_type: None, head: None, fresh_for: 0, before: None, stored: None }
    }
}

/// Headers that later requests and rules need.
const KEPT: &[&str] = &["etag", "last-modified", "content-type", "cache-control", "expires", "date", "age", "content-language"];

/// Headers for the journal: a JSON object.
pub fn head_of(headers: &Headers) -> String {
    let kept: serde_json::Map<String, serde_json::Value> =
        KEPT.iter().filter_map(|name| Some(((*name).to_owned(), headers.get(name)?.into()))).collect();
    serde_json::Value::Object(kept).to_string()
}

/// Whether what is kept of two answers is the same.
pub fn same_head(a: &Headers, b: &Headers) -> bool {
    KEPT.iter().all(|name| a.get(name) == b.get(name))
}

/// Headers of the journal.
pub fn headers_of(head: &str) -> Headers {
    let head: BTreeMap<String, Option<String>> = serde_json::from_str(head).unwrap_or_default();
    Headers(head.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
}
