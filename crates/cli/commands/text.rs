//! `recap text`

use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::exit::{Exit, Failure};
use crate::input::{self, Input};

/// Print the document text, exactly: the text that positions in evidence count in
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap text report.md
  recap text - < page.html")]
pub struct Text {
    /// A file, or - for stdin
    source: PathBuf,
}

impl Text {
    /// Runs the command.
    ///
    /// # Errors
    /// A source that is no document, stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let input = Input::of(&self.source);
        let loaded = input::guarded(&input, || input.load(None)).map_err(Failure::from)?;
        io::stdout().lock().write_all(loaded.document.text.as_bytes())?;
        Ok(Exit::Done)
    }
}
