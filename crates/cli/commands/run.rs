//! `recap run`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::report::Form;
use crate::settings::{Command, FetchArgs, File};
use crate::sources;
use crate::work::{Task, WorkArgs};

/// Run a job from a file: an import, a refresh or a reparse with all its settings
///
/// Flags come before the environment, the environment before the pipeline, the pipeline before the workspace's recap.toml.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap run nightly.toml
  recap run --offline nightly.toml")]
pub struct Run {
    /// The pipeline, a TOML file
    #[arg(value_name = "PIPELINE")]
    pipeline: PathBuf,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    fetch: FetchArgs,
}

impl Run {
    /// Runs the command.
    ///
    /// # Errors
    /// A wrong pipeline, a workspace that is in use or cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let file = File::pipeline(&self.pipeline)?;
        let (follow, all, command) = (file.follow == Some(true), file.all == Some(true), file.command);
        let items = sources::all(&file.sources, &file.from)?;
        let (name, form) = match command {
            None | Some(Command::Import) => ("import", None),
            Some(Command::Refresh) => ("refresh", Some(Form::Text)),
            Some(Command::Reparse) => ("reparse", Some(Form::Text)),
        };
        let task = Task { command: name, file, fetch: self.fetch.clone(), form, follow, console };
        self.work.run(task, async |job| {
            let done = match command {
                None | Some(Command::Import) => job.import(items).await,
                Some(Command::Refresh) => job.refresh(all).await,
                Some(Command::Reparse) => job.reparse().await,
            };
            Ok(done.map_err(Failure::from)?)
        })
    }
}
