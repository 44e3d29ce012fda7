//! `recap stats`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::console::Console;
use crate::exit::Exit;
use crate::shelf;
use crate::table::{Screen, bar, cut, plain};
use crate::workspace::WorkspaceArgs;

/// Count the workspace: events by year and series, people by talks
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap stats
  recap stats --top 30
  recap stats --json > stats.json")]
pub struct Stats {
    /// Most series and people that are listed
    #[arg(long, default_value_t = 12, value_name = "N")]
    top: usize,
    /// One JSON object, with everything
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

/// Columns of a bar, and the most of a name.
const BAR: usize = 24;
const NAME: usize = 32;

impl Stats {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace without recaps, stdout that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let library = shelf::library(&self.workspace.find(), |failure| console.error(None, &failure.message, failure.hint.as_deref()))?;
        let stats = recap_site::stats(&library);
        let text = if self.json { stats.to_string() + "\n" } else { self.text(&stats, Screen::stdout()) };
        io::stdout().lock().write_all(text.as_bytes())?;
        Ok(Exit::Done)
    }

    fn text(&self, stats: &Value, screen: Screen) -> String {
        let totals = ["events", "talks", "people", "series", "tags"].map(|name| format!("{} {name}", stats[name]));
        let mut out = totals.join(" · ") + "\n";
        for (title, list, count, top) in [
            ("By year", "by_year", "events", usize::MAX),
            ("By series", "by_series", "events", self.top),
            ("By talks", "by_person", "talks", self.top),
        ] {
            let rows: Vec<(String, usize)> = stats[list].as_array().into_iter().flatten().take(top).map(|row| row_of(row, count)).collect();
            if !rows.is_empty() {
                out.push_str(&format!("\n{}\n{}", screen.bold(title), chart(&rows, screen)));
            }
        }
        out
    }
}

fn row_of(row: &Value, count: &str) -> (String, usize) {
    let number = row[count].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    (cut(&plain(row["name"].as_str().unwrap_or_default()), NAME), number)
}

/// A line for each row: name, bar, number.
fn chart(rows: &[(String, usize)], screen: Screen) -> String {
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let most = rows.iter().map(|(_, number)| *number).max().unwrap_or(1);
    let columns = screen.columns.unwrap_or(80).saturating_sub(widest + 12).clamp(4, BAR);
    let line = |(name, number): &(String, usize)| {
        let bar = bar(*number, most, columns);
        format!("  {name}{}  {number:>6}  {bar}\n", " ".repeat(widest - name.width()))
    };
    rows.iter().map(line).collect()
}
