//! What is to be read, and what was read.

use std::path::PathBuf;

use recap_store::Kind;

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
        /// Status and headers of the answer.
        head: Option<String>,
    },
}

/// A source that cannot be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The source's key.
    pub key: String,
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
    /// Status and headers as they are kept in the journal.
    pub head: Option<String>,
    /// Whether the bytes come from the store, so that the journal need not hear of it.
    pub stored: bool,
}

impl Item {
    /// A file, as the user named it.
    pub fn file(path: PathBuf) -> Self {
        Self { key: path.to_string_lossy().into_owned(), origin: Origin::File(path) }
    }

    /// Bytes that cannot be read again.
    pub fn bytes(bytes: Vec<u8>, url: Option<String>, content_type: Option<String>) -> Self {
        let key = url.clone().unwrap_or_else(|| format!("stdin:{}", &recap_store::sha256(&bytes)[..16]));
        Self { key, origin: Origin::Bytes { bytes, url, content_type } }
    }
}

impl Refused {
    /// One that may be readable another time.
    pub fn new(key: impl Into<String>, message: impl Into<String>, hint: Option<&str>) -> Self {
        Self { key: key.into(), message: message.into(), hint: hint.map(str::to_owned), gone: false }
    }
}
