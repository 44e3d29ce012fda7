//! `recap merge`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;
use recap_merge::Decisions;
use recap_model::Recap;

use super::review;
use crate::batch::Batch;
use crate::console::Console;
use crate::decisions;
use crate::exit::Exit;
use crate::input::{Input, InputError};
use crate::recaps;
use crate::workspace::WorkspaceArgs;

/// Merge documents and recaps into one recap per event: NDJSON on stdout, by id
///
/// Takes documents, recap JSON and NDJSON, in any order: the order changes nothing. What tells of one event is joined, with
/// the evidence of every source; what lost is kept as a conflict. Pairs that may be one event are named and kept apart.
/// With --workspace the ids and decisions of that workspace hold.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap merge report.md event-page.html > recap.json
  recap extract blog/ | recap merge - pages/ > recaps.ndjson")]
pub struct Merge {
    #[command(flatten)]
    batch: Batch,
    #[command(flatten)]
    workspace: WorkspaceArgs,
    /// End with exit code 5 where something waits for a decision
    #[arg(long)]
    fail_on_review: bool,
}

impl Merge {
    /// Runs the command.
    ///
    /// # Errors
    /// Stdout that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let (read, failed) = self.batch.collect(console, load)?;
        let decisions = self.workspace.named().map_or_else(|| Ok(Decisions::default()), |named| decisions::with_ids(&named))?;
        let merged = recap_merge::merge(read.into_iter().flatten().collect(), &decisions);
        let mut stdout = io::stdout().lock();
        for recap in &merged.recaps {
            serde_json::to_writer(&mut stdout, recap)?;
            stdout.write_all(b"\n")?;
        }
        merged.reviews.iter().for_each(|review| review::say(console, review));
        Ok(match (failed, merged.reviews.len()) {
            (1.., _) => Exit::SomeFailed,
            (0, 1..) if self.fail_on_review => Exit::Review,
            _ => Exit::Done,
        })
    }
}

/// The recaps of an input: its lines, or the one that is extracted from it.
fn load(input: &Input) -> Result<Vec<Recap>, InputError> {
    let bytes = input.bytes()?;
    if !recaps::is_recap_json(&bytes) {
        let loaded = input.parse(&bytes, None)?;
        let about = recap_extract::Input { path: loaded.path.as_deref(), url: None, sha256: &loaded.sha256 };
        return Ok(vec![recap_extract::extract(&loaded.document, recap_rules::Rules::builtin(), &about).recap]);
    }
    let one = |entry: recaps::Entry| {
        let hint = Some("recap validate says what is wrong with it");
        entry.recap.map(|recap| *recap).map_err(|message| InputError { input: format!("{}:{}", input.name(), entry.line), message, hint })
    };
    recaps::read(&bytes).into_iter().map(one).collect()
}
