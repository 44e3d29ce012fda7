//! `recap import`

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use recap_document::MAX_BYTES;
use recap_pipeline::{Item, Refused, WalkError, walk};

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::input::NONE_KNOWN;
use crate::work::WorkArgs;

/// Read sources, make recaps of them and keep both in the workspace
///
/// What is there already and did not change is not parsed again, so an interrupted import goes on when it is run again.
/// What failed is told, listed in the workspace's failed.ndjson, and does not stop the others.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap import blog/ 'blog/**/*.md' report.md
  recap import --workspace archive - < report.md")]
pub struct Import {
    /// Files, folders (walked for known extensions), globs, or - for stdin
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    #[command(flatten)]
    work: WorkArgs,
}

impl Import {
    /// Runs the command.
    ///
    /// # Errors
    /// Wrong rules, a workspace that is in use or cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let sources = self.sources.clone();
        let items = sources.into_iter().flat_map(items);
        self.work.run(console, "import", None, async |job| Ok(job.import(items).await.map_err(Failure::from)?))
    }
}

/// The items that an argument names.
fn items(argument: String) -> Box<dyn Iterator<Item = Result<Item, Refused>> + Send> {
    if argument == "-" {
        return Box::new(std::iter::once(stdin()));
    }
    let files = walk(&PathBuf::from(argument));
    Box::new(files.map(|file| file.map(Item::file).map_err(|error| refused(&error))))
}

fn stdin() -> Result<Item, Refused> {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) => Ok(Item::bytes(bytes, None, None)),
        Err(error) => Err(Refused::new("-", error.to_string(), None)),
    }
}

fn refused(error: &WalkError) -> Refused {
    let key = error.path().to_string_lossy().into_owned();
    match error {
        WalkError::Unreadable(_, error) => Refused::new(key, error.to_string(), Some("check its permissions")),
        WalkError::Empty(_) => Refused::new(key, "the folder holds no document", Some(NONE_KNOWN)),
        WalkError::NoMatch(_) => Refused::new(key, "no file matches", Some("check the pattern")),
    }
}
