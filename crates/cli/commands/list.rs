//! `recap list`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;
use recap_store::Entry;
use serde_json::json;

use crate::exit::{Exit, Failure};
use crate::workspace::WorkspaceArgs;

/// List the recaps of the workspace: date, id and name, separated by tabs
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap list
  recap list --json")]
pub struct List {
    /// One JSON object a line, with numbers of talks, people and sources and the file
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

impl List {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace that is not there or cannot be read, stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let recaps = self.workspace.look(async |store| Ok(store.recaps().await.map_err(Failure::from)?))?;
        let mut stdout = io::stdout().lock();
        for entry in &recaps {
            writeln!(stdout, "{}", if self.json { json(entry) } else { line(entry) })?;
        }
        Ok(Exit::Done)
    }
}

fn line(entry: &Entry) -> String {
    let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    recap_text::visible(&format!("{}\t{}\t{}", or_dash(&entry.start), entry.id, or_dash(&entry.name))).into_owned()
}

fn json(entry: &Entry) -> String {
    let Entry { id, path, name, start, talks, people, sources } = entry;
    json!({"id": id, "start": start, "name": name, "talks": talks, "people": people, "sources": sources, "path": path}).to_string()
}
