//! Captures as a WARC file (ISO 28500, version 1.1), for archives and other tools; `warc` reads it back.

use std::fmt::Write as _;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use recap_store::{Source, Store, StoreError, sha256};

use crate::source::headers_of;

/// Sources that are read from the store at once.
const PAGE: u32 = 200;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Archived {
    /// Pages.
    pub pages: u64,
    /// Sources that came from no address, so that an archive has no place for them.
    pub files: u64,
    /// Pages whose capture was pruned.
    pub pruned: u64,
}

/// Why an archive was not written.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The workspace.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Where it is written to.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes the newest capture of every address, in order of the addresses; each record is a gzip member of its own, as
/// the standard recommends. Equal workspaces give equal bytes.
///
/// # Errors
/// Those of the store and of `out`.
pub async fn archive(store: &Store, mut out: impl Write) -> Result<Archived, ArchiveError> {
    let (mut done, mut after) = (Archived::default(), String::new());
    let info = format!("software: recap/{}\r\nformat: WARC File Format 1.1\r\n", env!("CARGO_PKG_VERSION"));
    member(&mut out, &record("warcinfo", None, 0, "application/warc-fields", info.as_bytes()))?;
    loop {
        let sources = store.sources(&after, None, PAGE).await?;
        let Some(last) = sources.last() else { break };
        after.clone_from(&last.key);
        for source in &sources {
            let Some(sha) = &source.sha256 else { continue };
            let Some(url) = &source.url else {
                done.files += 1;
                continue;
            };
            match store.capture(sha).await? {
                Some(body) => {
                    let block = response(source, &body);
                    member(
                        &mut out,
                        &record("response", Some(url), source.fetched_at.unwrap_or(0), "application/http;msgtype=response", &block),
                    )?;
                    done.pages += 1;
                }
                None => done.pruned += 1,
            }
        }
    }
    out.flush()?;
    Ok(done)
}

fn member(out: &mut impl Write, record: &[u8]) -> io::Result<()> {
    let mut gzip = GzEncoder::new(out, Compression::default());
    gzip.write_all(record)?;
    gzip.finish().map(drop)
}

/// The HTTP answer as it was: the headers that are kept, and the body, which is stored unpacked.
fn response(source: &Source, body: &[u8]) -> Vec<u8> {
    let mut head = String::from("HTTP/1.1 200 OK\r\n");
    for (name, value) in headers_of(source.head.as_deref().unwrap_or_default()).0 {
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let _ = write!(head, "content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A record. Its id is made of what it holds, so that it is the same each time.
fn record(kind: &str, url: Option<&str>, at: i64, content_type: &str, block: &[u8]) -> Vec<u8> {
    let at = Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let id = sha256(&[kind.as_bytes(), url.unwrap_or_default().as_bytes(), at.to_string().as_bytes(), block].concat());
    // RFC 9562, section 5.8: version and variant of a UUID of one's own making.
    let id = format!("{}-{}-8{}-8{}-{}", &id[..8], &id[8..12], &id[13..16], &id[17..20], &id[20..32]);
    let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {at}\r\n");
    if let Some(url) = url {
        let _ = write!(head, "WARC-Target-URI: {url}\r\n");
    }
    let _ = write!(head, "Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}
