//! `recap man`

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, CommandFactory as _};
use clap_mangen::Man as Page;

use crate::exit::Exit;

/// Print the manual page, or write one page a command into a folder
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap man > recap.1
  recap man man1/")]
pub struct Man {
    /// A folder; made where it is missing
    folder: Option<PathBuf>,
}

impl Man {
    /// Runs the command.
    ///
    /// # Errors
    /// Stdout or a folder that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let command = crate::Cli::command().disable_help_subcommand(true);
        if let Some(folder) = &self.folder {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            clap_mangen::generate_to(command, folder).with_context(|| folder.display().to_string())?;
        } else {
            let mut page = Vec::new();
            Page::new(command).render(&mut page)?;
            io::stdout().lock().write_all(&page)?;
        }
        Ok(Exit::Done)
    }
}
