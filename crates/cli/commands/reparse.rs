//! `recap reparse`

use anyhow::Result;
use clap::Args;

use crate::console::Console;
use crate::exit::Exit;
use crate::work::WorkArgs;

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
        self.work.run_stored("reparse", console, async |job| job.reparse().await)
    }
}
