//! `recap schema`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;

use crate::exit::Exit;

/// Print the JSON Schema (2020-12) of a recap
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap schema > recap.schema.json")]
pub struct Schema {}

impl Schema {
    /// Runs the command.
    ///
    /// # Errors
    /// Stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let schema = serde_json::to_string_pretty(&recap_model::json_schema())?;
        writeln!(io::stdout().lock(), "{schema}")?;
        Ok(Exit::Done)
    }
}
