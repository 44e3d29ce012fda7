//! `recap reparse`

use anyhow::Result;
use clap::Args;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::report::Form;
use crate::settings::{FetchArgs, File};
use crate::work::{Task, WorkArgs};

/// Make all recaps again from what was captured, without network, and say what changed
///
/// For when rules changed. Nothing is fetched and no file outside the workspace is read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap reparse
  recap reparse --rules mysite.toml")]
pub struct Reparse {
    #[command(flatten)]
    work: WorkArgs,
}

impl Reparse {
    /// Runs the command.
    ///
    /// # Errors
    /// Wrong rules, a workspace that is not there, is in use or cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        self.work.workspace.existing()?;
        let fetch = FetchArgs::offline();
        let task = Task { command: "reparse", file: File::default(), fetch, form: Some(Form::Text), follow: false, console };
        self.work.run(task, async |job| Ok(job.reparse().await.map_err(Failure::from)?))
    }
}
