//! `recap status`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;
use indicatif::HumanBytes;
use jiff::Timestamp;
use recap_pipeline::Job;
use recap_store::{Counts, Usage};
use serde_json::{Value, json};

use crate::exit::{Exit, Failure};
use crate::workspace::WorkspaceArgs;

/// Say what the workspace holds, what failed, what is due and what is outstanding
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap status
  recap status --json")]
pub struct Status {
    /// One JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

/// What the journal tells.
struct Told {
    root: String,
    counts: Counts,
    usage: Usage,
    recaps: usize,
    run: Option<(String, i64, Option<i64>, Option<String>)>,
}

impl Status {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace that is not there or cannot be read, stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let told = self.workspace.look(async |store| {
            Ok(Told {
                root: store.workspace().root().display().to_string(),
                counts: store.counts(Job::system_clock()).await.map_err(Failure::from)?,
                usage: store.usage().await.map_err(Failure::from)?,
                recaps: store.recaps().await.map_err(Failure::from)?.len(),
                run: store.last_run().await.map_err(Failure::from)?,
            })
        })?;
        let text = if self.json { json(&told).to_string() + "\n" } else { text(&told) };
        io::stdout().lock().write_all(text.as_bytes())?;
        Ok(Exit::Done)
    }
}

fn json(told: &Told) -> Value {
    let Told { root, counts, usage, recaps, run } = told;
    let run = run.as_ref().map(|(command, started, ended, summary)| {
        let summary: Option<Value> = summary.as_deref().and_then(|s| serde_json::from_str(s).ok());
        json!({"command": command, "started": time(*started), "ended": ended.map(time), "summary": summary})
    });
    json!({
        "workspace": root,
        "sources": {"done": counts.done, "failed": counts.failed, "gone": counts.gone, "due": counts.due},
        "write_ups": counts.write_ups, "stale": counts.stale, "unmerged": counts.unmerged, "recaps": recaps,
        "captures": {"count": usage.captures, "bytes": usage.bytes, "stored": usage.stored},
        "last_run": run,
    })
}

fn text(told: &Told) -> String {
    let Told { root, counts, usage, recaps, run } = told;
    let run = match run {
        None => "never".to_owned(),
        Some((command, started, Some(_), _)) => format!("{command} at {}", time(*started)),
        Some((command, started, None, _)) => format!("{command} at {}, interrupted: run it again to go on", time(*started)),
    };
    format!(
        "workspace  {root}\nsources    {} done, {} failed, {} gone, {} due\nrecaps     {recaps} of {} write-ups, {} stale\n\
         captures   {}, {} as they came, {} stored\nunmerged   {}\nlast run   {run}\n",
        counts.done,
        counts.failed,
        counts.gone,
        counts.due,
        counts.write_ups,
        counts.stale,
        usage.captures,
        HumanBytes(usage.bytes),
        HumanBytes(usage.stored),
        counts.unmerged,
    )
}

/// RFC 3339, UTC.
fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map(|t| t.to_string()).unwrap_or_default()
}
