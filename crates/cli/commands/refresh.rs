//! `recap refresh`

use anyhow::Result;
use clap::Args;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::report::Form;
use crate::settings::{FetchArgs, File};
use crate::work::{Task, WorkArgs};

/// Ask the sources that are due, make what changed again, and say what changed: the nightly job
///
/// A page that did not change costs one conditional request. A page that is asked for and did not change is asked for less
/// and less often. What vanished, or says less than it did, keeps its recap, marked as stale, and is told (exit code 6).
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap refresh
  recap refresh --all --report markdown > changes.md")]
pub struct Refresh {
    /// Ask all sources, not only those that are due
    #[arg(long, env = "RECAP_ALL", hide_env_values = true)]
    all: bool,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    fetch: FetchArgs,
}

impl Refresh {
    /// Runs the command.
    ///
    /// # Errors
    /// Wrong settings, a workspace that is not there, is in use or cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        self.work.workspace.existing()?;
        let fetch = self.fetch.clone();
        let task = Task { command: "refresh", file: File::default(), fetch, form: Some(Form::Text), follow: false, console };
        self.work.run(task, async |job| Ok(job.refresh(self.all).await.map_err(Failure::from)?))
    }
}
