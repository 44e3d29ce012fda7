//! `recap inspect`

mod print;
mod report;

use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::exit::{Exit, Failure};
use crate::input::{self, Input};
use crate::rules;

/// Show what recap sees in a source: blocks, links, the rules that fired, and what a new rule would need
///
/// Lists the blocks with their positions (code points of the document text) and links, every rule that had a say
/// and where, headings and list items that no rule placed, links to sites that no rule knows, and a draft of the
/// rules that would place them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap inspect report.md
  recap inspect --json report.md
  recap inspect --rules mysite.toml report.md")]
pub struct Inspect {
    /// A file, or - for stdin
    source: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Add a rule file (repeatable)
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
}

impl Inspect {
    /// Runs the command.
    ///
    /// # Errors
    /// A source that is no document, a wrong rule file, stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let rules = rules::load(&self.rules)?;
        let input = Input::of(&self.source);
        let text = input::guarded(&input, || {
            let loaded = input.load(None)?;
            let about = recap_extract::Input { path: loaded.path.as_deref(), url: None, sha256: &loaded.sha256 };
            let extraction = recap_extract::extract(&loaded.document, &rules, &about);
            let report = report::Report::new(&loaded.document, &extraction);
            Ok(if self.json {
                serde_json::to_string_pretty(&report).map(|j| j + "\n")
            } else {
                Ok(recap_text::visible(&print::text(&input.name(), &report)).into_owned())
            })
        });
        io::stdout().lock().write_all(text.map_err(Failure::from)??.as_bytes())?;
        Ok(Exit::Done)
    }
}
