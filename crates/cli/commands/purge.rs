//! `recap purge`

use anyhow::Result;
use clap::Args;

use crate::console::Console;
use crate::exit::Exit;
use crate::work::WorkArgs;

/// Take what recap suppress leaves out of everything that is stored, for good
///
/// Captures and services' answers that name a suppressed person or post are deleted, and so is their place in the
/// database's files; recaps are made again without them. A page that names them later gives its recap and is not kept.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap suppress person twitter:hana_ex && recap purge")]
pub struct Purge {
    #[command(flatten)]
    work: WorkArgs,
}

impl Purge {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace that is not there, is in use or cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        self.work.run_stored("purge", console, async |job| job.purge().await)
    }
}
