//! `recap diff`

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use recap_model::Recap;
use recap_pipeline::{RecapChange, between};

use crate::exit::{Exit, Failure};
use crate::input::Input;
use crate::recaps;
use crate::report::{self, Form};
use crate::workspace::WorkspaceArgs;

/// Say by field in what two recaps differ; nothing where they say the same
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap diff recap.json recap.json
  recap diff --format json recap.json recap.json")]
pub struct Diff {
    /// A file of recap JSON, or the id of a recap of the workspace
    old: PathBuf,
    /// Another one
    new: PathBuf,
    /// How differences are written
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Exit with 7 where they differ
    #[arg(long)]
    exit_on_change: bool,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

impl Diff {
    /// Runs the command.
    ///
    /// # Errors
    /// Recaps that are not there, stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let (old, new) = (self.recap(&self.old)?, self.recap(&self.new)?);
        let changes: Vec<RecapChange> = between(Some(&old), Some(&new)).into_iter().collect();
        io::stdout().lock().write_all(report::write(&changes, &[], self.format).as_bytes())?;
        Ok(if self.exit_on_change && !changes.is_empty() { Exit::Changed } else { Exit::Done })
    }

    fn recap(&self, name: &Path) -> Result<Recap> {
        let bytes = if name.exists() || name.as_os_str() == "-" {
            Input::of(name).bytes().map_err(Failure::from)?
        } else {
            self.stored(&name.to_string_lossy())?
        };
        let failure = |message: String| Failure::input(format!("{}: {message}", name.display()), Some("name a file with one recap"));
        let mut entries = recaps::read(&bytes).into_iter();
        match (entries.next(), entries.next()) {
            (Some(entry), None) => Ok(*entry.recap.map_err(failure)?),
            _ => Err(failure("holds not one recap".to_owned()).into()),
        }
    }

    fn stored(&self, id: &str) -> Result<Vec<u8>> {
        self.workspace.look(async |store| {
            let unknown = || Failure::input(format!("{id}: no such file or recap"), Some("recap list names the recaps"));
            let entry = store.recap(id).await.map_err(Failure::from)?.ok_or_else(unknown)?;
            Ok(store.read_recap(&entry).map_err(Failure::from)?)
        })
    }
}
