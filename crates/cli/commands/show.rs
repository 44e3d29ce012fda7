//! `recap show`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;

use crate::exit::{Exit, Failure};
use crate::workspace::WorkspaceArgs;

/// Print a recap of the workspace
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap show \"$(recap list | head -n 1 | cut -f 2)\"")]
pub struct Show {
    /// Its id, or one that it had before
    id: String,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

impl Show {
    /// Runs the command.
    ///
    /// # Errors
    /// A recap or workspace that is not there or cannot be read, stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let json = self.workspace.look(async |store| {
            let unknown = || Failure::input(format!("{}: no such recap", self.id), Some("recap list names them"));
            let entry = store.recap(&self.id).await.map_err(Failure::from)?.ok_or_else(unknown)?;
            Ok(store.read_recap(&entry).map_err(Failure::from)?)
        })?;
        io::stdout().lock().write_all(&json)?;
        Ok(Exit::Done)
    }
}
