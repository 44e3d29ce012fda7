//! `recap list`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;
use recap_store::Entry;
use serde_json::json;

use crate::exit::{Exit, Failure};
use crate::table::Screen;
use crate::workspace::WorkspaceArgs;

/// List the recaps of the workspace: date, id and name; in columns on a terminal, separated by tabs elsewhere
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
        if self.json {
            recaps.iter().try_for_each(|entry| writeln!(stdout, "{}", json(entry)))?;
        } else {
            let rows: Vec<Vec<String>> = recaps.iter().map(row).collect();
            stdout.write_all(Screen::stdout().table(&rows).as_bytes())?;
        }
        Ok(Exit::Done)
    }
}

fn row(entry: &Entry) -> Vec<String> {
    let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    vec![or_dash(&entry.start), entry.id.clone(), or_dash(&entry.name)]
}

fn json(entry: &Entry) -> String {
    let Entry { id, path, name, start, talks, people, sources } = entry;
    json!({"id": id, "start": start, "name": name, "talks": talks, "people": people, "sources": sources, "path": path}).to_string()
}
