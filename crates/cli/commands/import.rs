//! `recap import`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::settings::{FetchArgs, File};
use crate::sources;
use crate::work::{Task, WorkArgs};

/// Read or fetch sources, make recaps of them and keep both in the workspace
///
/// Feeds (RSS, Atom, JSON Feed), sitemaps and WARC files give the pages that they list or hold. What is there already and
/// did not change is not asked for or parsed again, so an interrupted import goes on when it is run again. What failed is
/// told, listed in the workspace's failed.ndjson, and does not stop the others.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap import blog/ 'blog/**/*.md' report.md
  recap import --workspace archive - < report.md
  recap import --offline --from list.txt")]
pub struct Import {
    /// Files, folders (walked for known extensions), globs, addresses, or - for stdin
    #[arg(required_unless_present = "from", value_name = "SOURCE")]
    sources: Vec<String>,
    /// A file with a source a line, or a failed.ndjson; - for stdin (repeatable)
    #[arg(long, value_name = "FILE")]
    from: Vec<PathBuf>,
    /// Import what event pages lead to, too: articles and decks, one step deep
    #[arg(long, env = "RECAP_FOLLOW", hide_env_values = true)]
    follow: bool,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    fetch: FetchArgs,
}

impl Import {
    /// Runs the command.
    ///
    /// # Errors
    /// Wrong settings, a workspace that is in use or cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let items = sources::all(&self.sources, &self.from)?;
        let fetch = self.fetch.clone();
        let task = Task { command: "import", file: File::default(), fetch, form: None, follow: self.follow, console };
        self.work.run(task, async |job| Ok(job.import(items).await.map_err(Failure::from)?))
    }
}
