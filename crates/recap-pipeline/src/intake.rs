//! What one source gives: bytes from where they are.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use recap_document::MAX_BYTES;
use recap_fetch::{Content, FetchError, Fetcher, Known, Response};
use recap_store::{Answer, Kind, Source, State};
use url::Url;

use crate::Job;
use crate::collections::{self, Listed};
use crate::schedule;
use crate::source::{Intake, Item, Origin, Refused, Taken, head_of, headers_of, same_head};

/// What a source gave, and what is to be read because of it.
pub struct Got {
    /// The source itself.
    pub intake: Intake,
    /// What it lists.
    pub more: Vec<Item>,
}

impl From<Intake> for Got {
    fn from(intake: Intake) -> Self {
        Self { intake, more: Vec::new() }
    }
}

/// Reads a source.
pub async fn take(job: &Job, item: Item) -> Got {
    let result = match item.origin {
        Origin::File(path) => file(job, item.key, &path).await,
        Origin::Bytes { bytes, url, content_type } => {
            let taken = Taken { url, content_type, ..Taken::new(item.key, Kind::Once, bytes) };
            Ok(Intake::Taken(Box::new(taken)).into())
        }
        Origin::Capture { sha256, kind, url, head } => stored(job, item.key, &sha256, kind, url, head).await.map(Got::from),
        Origin::Url { url, known } => address(job, item.key, &url, known).await,
    };
    result.unwrap_or_else(|refused| Intake::Refused(refused).into())
}

async fn file(job: &Job, key: String, path: &Path) -> Result<Got, Refused> {
    let path = path.to_owned();
    let may_list =
        path.extension().is_some_and(|e| ["xml", "rss", "atom", "rdf", "json"].iter().any(|known| e.eq_ignore_ascii_case(known)));
    let read = tokio::task::spawn_blocking(move || bounded(&path)).await.map_err(io::Error::other).flatten();
    match read {
        Ok(bytes) => Ok(match collections::listed(&bytes, None).filter(|_| may_list) {
            Some(Listed { pages, lists }) => {
                let more = lists.into_iter().chain(pages).map(Item::url).collect();
                Got { intake: Intake::Known { key, answer: None, back: false }, more }
            }
            None => Intake::Taken(Box::new(Taken::new(key, Kind::File, bytes))).into(),
        }),
        Err(error) => {
            // What was there before and is not any more is gone; what never was is a mistake in the name.
            let before = before(job, &key, Kind::File).await?;
            let gone = error.kind() == io::ErrorKind::NotFound && before.is_some_and(|source| source.sha256.is_some());
            Err(Refused { gone, ..unreadable(&key, &error) })
        }
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

async fn stored(job: &Job, key: String, sha256: &str, kind: Kind, url: Option<String>, head: Option<String>) -> Result<Intake, Refused> {
    match job.store.capture(sha256).await {
        Ok(Some(bytes)) => {
            let content_type = head.as_deref().and_then(|head| headers_of(head).get("content-type").map(str::to_owned));
            let taken = Taken { url, content_type, head, stored: Some(sha256.to_owned()), ..Taken::new(key, kind, bytes) };
            Ok(Intake::Taken(Box::new(taken)))
        }
        Ok(None) => Err(Refused::new(key, "its capture was pruned", Some("import it again")).of(kind)),
        Err(error) => Err(Refused::new(key, error.to_string(), error.hint()).of(kind)),
    }
}

async fn before(job: &Job, key: &str, kind: Kind) -> Result<Option<Source>, Refused> {
    job.store.source(key).await.map_err(|error| Refused::new(key, error.to_string(), error.hint()).of(kind))
}

async fn address(job: &Job, key: String, url: &Url, source: Option<Box<Source>>) -> Result<Got, Refused> {
    let refused = |message: String, hint: Option<&str>| Refused::new(&key, message, hint).of(Kind::Url);
    let Some(fetcher) = &job.fetcher else {
        return Err(refused("is on the web, which is not asked".to_owned(), Some("leave --offline out")));
    };
    let now = source.is_some();
    let before = match source {
        Some(source) => Some(*source),
        None => before(job, &key, Kind::Url).await?,
    };
    let time = (job.clock)();
    // The journal knows what is outstanding: an import that goes on asks no page twice. Lists are always read anew, since
    // what they gave the last time may not have come to its end.
    let at_rest = |source: &Source| source.kind == Kind::Url && source.state == State::Done && source.due_at.is_some_and(|due| due > time);
    if !now && before.as_ref().is_some_and(at_rest) {
        return Ok(Intake::Known { key, answer: None, back: false }.into());
    }
    let known = before.as_ref().and_then(known);
    match ask(fetcher, url, known.as_ref()).await {
        Err(error) => Err(Refused { gone: error.is_gone(), ..refused(error.to_string(), error.hint()) }),
        Ok(Response::NotModified { headers, fresh_for }) => {
            let quiet = before.as_ref().and_then(|source| source.fetched_at).map_or(0, |at| time - at);
            let back = before.as_ref().is_some_and(|source| source.state == State::Gone);
            let due_at = Some(schedule::after_answer(time, quiet, seconds(fresh_for)));
            // What the journal has already need not be written again.
            let same = known.is_some_and(|known| same_head(&known.headers, &headers));
            let head = (!same).then(|| head_of(&headers));
            let answer = Answer { head, due_at, ..Answer::new(key.clone(), Kind::Url, State::Done, time) };
            Ok(Intake::Known { key, answer: Some(Box::new(answer)), back }.into())
        }
        Ok(Response::Content(content)) => Ok(match collections::listed(&content.body, Some(&content.url)) {
            Some(listed) => list(key, listed, &content, time),
            None => Intake::Taken(Box::new(page(key, content, before))).into(),
        }),
    }
}

/// A fetch whose future is small, so that many may wait.
async fn ask(fetcher: &Fetcher, url: &Url, known: Option<&Known>) -> Result<Response, FetchError> {
    Box::pin(fetcher.get(url, known)).await
}

/// What a conditional request needs, if the content is here still.
fn known(before: &Source) -> Option<Known> {
    let Source { url: Some(url), head: Some(head), captured: true, .. } = before else { return None };
    Some(Known { url: url.clone(), headers: headers_of(head) })
}

fn page(key: String, content: Content, before: Option<Source>) -> Taken {
    let Content { url, headers, body, fresh_for } = content;
    Taken {
        url: Some(url.to_string()),
        content_type: headers.get("content-type").map(str::to_owned),
        head: Some(head_of(&headers)),
        fresh_for: seconds(fresh_for),
        before: before.map(Box::new),
        ..Taken::new(key, Kind::Url, body)
    }
}

fn list(key: String, listed: Listed, content: &Content, time: i64) -> Got {
    let answer = Answer {
        url: Some(content.url.to_string()),
        head: Some(head_of(&content.headers)),
        due_at: Some(schedule::after_answer(time, 0, seconds(content.fresh_for))),
        ..Answer::new(key.clone(), Kind::List, State::Done, time)
    };
    let more = listed.lists.into_iter().chain(listed.pages).map(Item::url).filter(|item| item.key != key).collect();
    Got { intake: Intake::Known { key, answer: Some(Box::new(answer)), back: false }, more }
}

fn seconds(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
