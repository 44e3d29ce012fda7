//! The recaps of a workspace to read: the library made of them and kept beside them, the recaps, the texts of their sources.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use anyhow::Result;
use recap_document::Hints;
use recap_model::{Recap, Source};
use recap_site::{Builder, Card, Library};
use recap_store::{Store, Workspace};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Runtime;

use crate::decisions;
use crate::exit::{Exit, Failure};
use crate::input::{Input, guarded};
use crate::jobs;

/// The file beside the recaps that the library is kept in; it is made again whenever it does not fit them.
const INDEX: &str = "recap.index";

/// What the recaps of a workspace and the decisions about them are, without reading them: names, sizes and times of files.
///
/// # Errors
/// A folder that cannot be read.
pub fn stamp(workspace: &Workspace) -> Result<String, Failure> {
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    for path in decisions::recap_paths(workspace)?.into_iter().chain(decisions::paths(workspace)?) {
        let about = fs::metadata(&path).map_err(|error| unreadable(&path, &error))?;
        let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        digest.update(relative(workspace, &path));
        digest.update(about.len().to_le_bytes());
        digest.update(changed.as_nanos().to_le_bytes());
    }
    Ok(format!("{:x}\n", digest.finalize()))
}

fn relative(workspace: &Workspace, path: &Path) -> String {
    path.strip_prefix(workspace.root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The library that is kept, and whether it fits the recaps of this stamp.
pub fn kept(workspace: &Workspace, stamp: &str) -> Option<(Library, bool)> {
    let bytes = fs::read(workspace.root().join(INDEX)).ok()?;
    let fits = bytes.starts_with(stamp.as_bytes());
    Some((Library::read(bytes, stamp.len())?, fits))
}

/// Makes the library anew and keeps it, where the folder may be written. Recaps that cannot be read are told by `tell`.
///
/// # Errors
/// A folder or a decision file that cannot be read.
pub fn make(workspace: &Workspace, stamp: &str, tell: impl Fn(&Failure)) -> Result<Library> {
    let people = decisions::load(workspace)?.people;
    let mut builder = Builder::default();
    let paths = decisions::recap_paths(workspace)?;
    let read = |path: std::path::PathBuf| (relative(workspace, &path), decisions::recap(&path));
    jobs::ordered(jobs::all_cores(), paths, read, |(path, recap)| {
        match recap {
            Ok(recap) => builder.add(&path, &recap),
            Err(failure) => tell(&failure),
        }
        Ok::<(), io::Error>(())
    })?;
    let library = builder.finish(&people);
    // A workspace that may only be read is read without it.
    let _ = recap_store::write_file_by(&workspace.root().join(INDEX), |out| {
        out.write_all(stamp.as_bytes())?;
        library.write(out)
    });
    Ok(library)
}

/// The library of a workspace: the one that is kept, if it fits, else a new one.
///
/// # Errors
/// A workspace without recaps, and those of [`make`].
pub fn library(workspace: &Workspace, tell: impl Fn(&Failure)) -> Result<Library> {
    exists(workspace)?;
    let stamp = stamp(workspace)?;
    match kept(workspace, &stamp) {
        Some((library, true)) => Ok(library),
        _ => make(workspace, &stamp, tell),
    }
}

/// # Errors
/// Where there is no folder of recaps.
pub fn exists(workspace: &Workspace) -> Result<(), Failure> {
    if workspace.recaps().is_dir() {
        return Ok(());
    }
    let message = format!("{}: no recaps", workspace.root().display());
    Err(Failure::usage(message, "name the workspace with --workspace, or begin one with recap import"))
}

/// The recap of an event in the library.
///
/// # Errors
/// A file that is gone or cannot be read.
pub fn recap(workspace: &Workspace, card: &Card) -> Result<Recap, Failure> {
    decisions::recap(&workspace.root().join(&card.source))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure { exit: Exit::Usage, message: format!("{}: {error}", path.display()), hint: Some("check its permissions".to_owned()) }
}

/// Texts of sources, from the captures of the workspace or, where they did not change, from the files themselves.
pub struct Texts {
    store: Option<(Store, Runtime)>,
    recent: Mutex<VecDeque<(String, Option<String>)>>,
}

/// Texts that are kept at hand.
const RECENT: usize = 16;

impl Texts {
    /// Of a workspace; without a database only files that are still there can be read.
    pub fn new(workspace: &Workspace) -> Self {
        let open = || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().ok()?;
            let store = runtime.block_on(Store::look(workspace)).ok()?;
            Some((store, runtime))
        };
        Self { store: workspace.exists().then(open).flatten(), recent: Mutex::default() }
    }

    /// The text that positions in evidence of a source count in.
    pub fn text(&self, source: &Source) -> Option<String> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, text)) = recent.iter().find(|(sha, _)| *sha == source.sha256) {
            return text.clone();
        }
        drop(recent);
        let text = self.read(source);
        recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.truncate(RECENT - 1);
        recent.push_front((source.sha256.clone(), text.clone()));
        text
    }

    fn read(&self, source: &Source) -> Option<String> {
        let captured = self.store.as_ref().and_then(|(store, runtime)| runtime.block_on(store.capture(&source.sha256)).ok().flatten());
        let path = source.path.as_deref().map(Path::new);
        let bytes = captured.or_else(|| {
            let bytes = fs::read(path?).ok()?;
            (format!("{:x}", Sha256::digest(&bytes)) == source.sha256).then_some(bytes)
        })?;
        let input = Input::of(path.unwrap_or(Path::new("source")));
        let name = path.and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
        let hints = Hints { name: name.as_deref(), content_type: None, url: source.url.as_deref() };
        guarded(&input, || Ok(recap_document::read(&bytes, &hints).ok())).ok().flatten().map(|document| document.text.clone())
    }
}
