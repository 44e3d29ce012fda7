//! `recap prune`

use anyhow::Result;
use clap::Args;
use indicatif::HumanBytes;
use recap_store::Store;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::workspace::{WorkspaceArgs, block_on};

/// Take captures away until the rest takes at most a budget; the recaps stay
///
/// Captures that are not the newest of their source go first, then the largest. What is gone cannot be reparsed, and is
/// fetched again when it is due.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap prune --budget 2GB")]
pub struct Prune {
    /// What the captures may take: bytes, or a number with kB, MB or GB
    #[arg(long, value_name = "SIZE", value_parser = size, env = "RECAP_BUDGET", hide_env_values = true)]
    budget: u64,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

impl Prune {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace that is not there, is in use or cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let workspace = self.workspace.existing()?;
        let _lock = workspace.lock().map_err(Failure::from)?;
        let (gone, left) = block_on(async {
            let store = Store::open(&workspace).await.map_err(Failure::from)?;
            let gone = store.prune(self.budget).await.map_err(Failure::from)?;
            let left = store.usage().await.map_err(Failure::from)?;
            store.close().await;
            Ok((gone, left))
        })?;
        let (of, rest) = (HumanBytes(gone.stored), HumanBytes(left.stored));
        console.note(None, &format!("{} captures of {of} are gone; {} of {rest} are left", gone.captures, left.captures), None);
        Ok(Exit::Done)
    }
}

/// `500`, `500 kB`, `2GB`.
fn size(text: &str) -> Result<u64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match lower[digits.len()..].trim() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        other => return Err(format!("{other} is no unit: B, kB, MB or GB")),
    };
    let count: u64 = digits.trim().parse().map_err(|_| format!("{text} is no size"))?;
    count.checked_mul(unit).ok_or_else(|| format!("{text} is too much"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(["7", "7 kB", "2GB", "1m"].map(|t| size(t).ok()), [Some(7), Some(7000), Some(2_000_000_000), Some(1_000_000)]);
        assert!(size("2 miles").is_err() && size("GB").is_err() && size("99999999999GB").is_err());
    }
}
