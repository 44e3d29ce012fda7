//! `recap extract`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::batch::{Batch, Outcome};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::input::Loaded;
use crate::rules;

/// Make a recap of each document: NDJSON on stdout, in the order of the inputs
///
/// Reads HTML, Markdown, reStructuredText, plain text, saved event pages, post and event JSON, YAML schedules and
/// iCalendar files, in any common encoding. A document that is no write-up gives no recap and a line on stderr.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap extract --pretty report.md
  recap extract blog/ page.html > recaps.ndjson
  recap extract - < report.md
  recap extract --rules mysite.toml --jobs 2 blog/")]
pub struct Extract {
    #[command(flatten)]
    batch: Batch,
    /// Indent the JSON; for one document
    #[arg(long)]
    pretty: bool,
    /// Give a recap of documents that are no write-ups, too
    #[arg(long)]
    all: bool,
    /// Address of the document, for its relative links; for one document
    #[arg(long)]
    url: Option<String>,
    /// Add a rule file; its rules come before the built-in ones (repeatable)
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
}

impl Extract {
    /// Runs the command.
    ///
    /// # Errors
    /// A wrong rule file, several inputs where one is asked for, stdout that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let one = matches!(self.batch.files.as_slice(), [file] if !file.is_dir());
        if !one && self.pretty {
            return Err(Failure::usage("--pretty is for one document", "leave it out to get one recap a line").into());
        }
        if !one && self.url.is_some() {
            return Err(Failure::usage("--url is the address of one document", "run recap once per document").into());
        }
        let rules = rules::load(&self.rules)?;
        self.batch.run(console, self.url.as_deref(), |loaded| self.recap(loaded, &rules))
    }

    fn recap(&self, loaded: &Loaded, rules: &recap_rules::Rules) -> Result<Outcome, serde_json::Error> {
        let input = recap_extract::Input { path: loaded.path.as_deref(), url: self.url.as_deref(), sha256: &loaded.sha256 };
        let extraction = recap_extract::extract(&loaded.document, rules, &input);
        if !extraction.is_recap && !self.all {
            let note = Some((format!("no write-up: {}", extraction.reason), "--all gives its recap all the same"));
            return Ok(Outcome { note, ..Outcome::default() });
        }
        let recap = &extraction.recap;
        let mut output = if self.pretty { serde_json::to_string_pretty(recap)? } else { serde_json::to_string(recap)? };
        output.push('\n');
        Ok(Outcome { output, note: None })
    }
}
