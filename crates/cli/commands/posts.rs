//! `recap posts`

use anyhow::Result;
use clap::Args;
use recap_model::Post;
use recap_rules::Rules;
use serde::Serialize;

use crate::batch::{Batch, Outcome};
use crate::console::Console;
use crate::exit::Exit;
use crate::input::Loaded;

/// Print every embedded or exported post of the files, NDJSON, each with its source
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap posts report.md
  recap posts blog/ > posts.ndjson
  recap posts - < report.md")]
pub struct Posts {
    #[command(flatten)]
    batch: Batch,
}

/// A post and the file it is from.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    post: &'a Post,
    source: &'a str,
}

impl Posts {
    /// Runs the command.
    ///
    /// # Errors
    /// Stdout that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        self.batch.run(console, None, posts)
    }
}

fn posts(loaded: &Loaded) -> Result<Outcome, serde_json::Error> {
    let mut outcome = Outcome::default();
    let source = loaded.path.as_deref().unwrap_or("-");
    for post in &recap_extract::posts(&loaded.document, Rules::builtin()) {
        outcome.output.push_str(&serde_json::to_string(&Line { post, source })?);
        outcome.output.push('\n');
    }
    Ok(outcome)
}
