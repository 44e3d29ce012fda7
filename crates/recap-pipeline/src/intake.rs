//! The first stage: bytes from where they are.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use recap_document::MAX_BYTES;
use recap_store::{Kind, Store};

use crate::source::{Item, Origin, Refused, Taken};

/// Reads a source.
pub async fn take(store: &Store, item: Item) -> Result<Taken, Refused> {
    let Item { key, origin } = item;
    match origin {
        Origin::File(path) => {
            let read = tokio::task::spawn_blocking(move || bounded(&path)).await.map_err(io::Error::other).flatten();
            let bytes = read.map_err(|error| unreadable(&key, &error))?;
            Ok(Taken { key, kind: Kind::File, bytes, url: None, content_type: None, head: None, stored: false })
        }
        Origin::Bytes { bytes, url, content_type } => {
            Ok(Taken { key, kind: Kind::Once, bytes, url, content_type, head: None, stored: false })
        }
        Origin::Capture { sha256, kind, url, head } => match store.capture(&sha256).await {
            Ok(Some(bytes)) => {
                let content_type = head.as_deref().and_then(content_type);
                Ok(Taken { key, kind, bytes, url, content_type, head, stored: true })
            }
            Ok(None) => Err(Refused::new(key, "its capture was pruned", Some("import it again"))),
            Err(error) => Err(Refused::new(key, error.to_string(), error.hint())),
        },
    }
}

/// A file's bytes, one more than the limit at most.
fn bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(key: &str, error: &io::Error) -> Refused {
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => ("no such file".to_owned(), Some("check the path")),
        io::ErrorKind::PermissionDenied => ("may not be read".to_owned(), Some("check its permissions")),
        io::ErrorKind::IsADirectory => ("is a folder, not a file".to_owned(), Some("name a file in it")),
        _ => (error.to_string(), None),
    };
    Refused::new(key, message, hint)
}

/// The content type in a head of the journal.
fn content_type(head: &str) -> Option<String> {
    let head: serde_json::Value = serde_json::from_str(head).ok()?;
    head.get("content-type")?.as_str().map(str::to_owned)
}
