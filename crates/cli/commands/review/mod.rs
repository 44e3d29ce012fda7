//! `recap review`

pub mod decide;
mod file;

use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use recap_merge::{Decisions, Review, doubtful, known_ids, merge};
use recap_model::Recap;

use crate::console::Console;
use crate::decisions::{self, Stored};
use crate::exit::{Exit, Failure};
use crate::workspace::WorkspaceArgs;

/// What waits for a decision: pairs that may be one event, doubtful values, corrections that do not fit any more
///
/// Without a subcommand, everything is listed with its evidence. Accept, reject or correct single items by their id, or
/// write all of them to a file, edit it, and apply it.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  recap review
  recap review accept 3f2a91bc
  recap review correct 77c0ee21 2021-05-08
  recap review --to open.toml && $EDITOR open.toml && recap review apply open.toml
  recap review --fail-on-review --json > /dev/null"
)]
pub struct ReviewCommand {
    #[command(flatten)]
    workspace: WorkspaceArgs,
    #[command(subcommand)]
    what: Option<What>,
    /// One JSON object a line
    #[arg(long, conflicts_with = "to")]
    json: bool,
    /// Write everything that waits to a file to edit
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// End with exit code 5 where something waits
    #[arg(long)]
    fail_on_review: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// It is right: one event; this value; away with the correction
    Accept(Items),
    /// It is wrong: two events; no such value
    Reject(Items),
    /// The value is another one
    Correct {
        /// Id of the item
        id: String,
        /// The value: a text, or JSON
        value: String,
        /// Why; kept with the decision
        #[arg(long, default_value = "", hide_default_value = true)]
        reason: String,
        #[command(flatten)]
        workspace: WorkspaceArgs,
    },
    /// Apply a file that was written by --to and edited
    Apply {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        workspace: WorkspaceArgs,
    },
}

#[derive(Debug, Args)]
struct Items {
    /// Ids of items
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Why; kept with the decision
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

impl ReviewCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace or file that cannot be read or written, an item that does not wait.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        match &self.what {
            None => self.list(console),
            Some(What::Accept(items)) => decide::all(console, &items.workspace.find(), &items.ids, &decide::Word::Accept, &items.reason),
            Some(What::Reject(items)) => decide::all(console, &items.workspace.find(), &items.ids, &decide::Word::Reject, &items.reason),
            Some(What::Correct { id, value, reason, workspace }) => {
                decide::all(console, &workspace.find(), std::slice::from_ref(id), &decide::Word::Correct(value.clone()), reason)
            }
            Some(What::Apply { file, workspace }) => file::apply(console, &workspace.find(), file),
        }
    }

    fn list(&self, console: &Console) -> Result<Exit> {
        let workspace = self.workspace.with_recaps()?;
        let waits = waiting(&decisions::recaps(&workspace)?, &decisions::load(&workspace)?);
        if let Some(path) = &self.to {
            recap_store::write_file(path, file::text(&waits).as_bytes()).map_err(Failure::from)?;
            console.note(None, &format!("{} items written to {}", waits.len(), path.display()), Some("edit it, then recap review apply"));
        } else {
            let mut stdout = io::stdout().lock();
            for review in &waits {
                let line = if self.json { json(review)? } else { text(review) };
                writeln!(stdout, "{line}")?;
            }
        }
        Ok(if self.fail_on_review && !waits.is_empty() { Exit::Review } else { Exit::Done })
    }
}

/// Everything that waits, in a fixed order.
pub fn waiting(stored: &[Stored], decided: &Decisions) -> Vec<Review> {
    let recaps: Vec<Recap> = stored.iter().map(|(_, recap)| recap.clone()).collect();
    let ids = known_ids(&recaps);
    let merged = merge(recaps, &Decisions { ids, ..decided.clone() });
    let values = merged.recaps.iter().flat_map(doubtful);
    let mut all: Vec<Review> = values.chain(merged.reviews.iter().cloned()).collect();
    all.sort();
    all
}

/// Tells of something doubtful on stderr.
pub fn say(console: &Console, review: &Review) {
    console.note(None, &message(review), Some("decide with recap review"));
}

fn message(review: &Review) -> String {
    match review {
        Review::Pair { a, b, reason, .. } => format!("{a} and {b} may be one event and were kept apart: {reason}"),
        Review::Value { event, key, value, reason, .. } => format!("{key} of {event} may not be {value}: {reason}"),
        Review::Stale { event, key, reason } => format!("the correction of {key} of {event} was not applied: {reason}"),
    }
}

fn json(review: &Review) -> Result<String> {
    let mut json = serde_json::to_value(review)?;
    json["id"] = review.id().into();
    Ok(json.to_string())
}

fn text(review: &Review) -> String {
    let more = match review {
        Review::Pair { sources: (a, b), .. } => format!("\n          {a}\n          {b}"),
        Review::Value { rivals, quotes, .. } => {
            let rivals = rivals.iter().map(|rival| format!("\n          or {rival}"));
            rivals.chain(quotes.iter().map(|quote| format!("\n          ⟦{quote}⟧"))).collect()
        }
        Review::Stale { .. } => String::new(),
    };
    format!("{}  {}{more}", review.id(), message(review))
}
