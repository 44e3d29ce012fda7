//! What waits as a file to edit.

use std::fs;
use std::path::Path;

use anyhow::Result;
use recap_merge::Review;
use serde::{Deserialize, Serialize};

use super::decide::{self, Word};
use recap_store::Workspace;

use crate::console::Console;
use crate::exit::{Exit, Failure};

const HEAD: &str = "# What waits for a decision. Behind `decision` write accept, reject, or correct (then the value behind `value`);\n\
                    # leave it empty to decide later. Then: recap review apply FILE\n";

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    item: Vec<Item>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Item {
    id: String,
    about: String,
    decision: String,
    value: String,
    reason: String,
}

/// The file.
pub fn text(waits: &[Review]) -> String {
    let item = |review: &Review| Item { id: review.id(), about: super::text(review), ..Item::default() };
    let file = File { item: waits.iter().map(item).collect() };
    format!("{HEAD}\n{}", toml::to_string(&file).unwrap_or_default())
}

/// Applies an edited file.
///
/// # Errors
/// A file that cannot be read, a word that is none, and those of [`decide::each`].
pub fn apply(console: &Console, workspace: &Workspace, path: &Path) -> Result<Exit> {
    let name = path.display();
    let wrong = |message: String| Failure::usage(format!("{name}: {message}"), "recap review --to writes such a file");
    let text = fs::read_to_string(path).map_err(|e| wrong(e.to_string()))?;
    let file: File = toml::from_str(&text).map_err(|e| wrong(e.to_string().trim_end().replace('\n', " ")))?;
    let mut words = Vec::new();
    for item in file.item.into_iter().filter(|item| !item.decision.trim().is_empty()) {
        let word = match item.decision.trim() {
            "accept" => Word::Accept,
            "reject" => Word::Reject,
            "correct" => Word::Correct(item.value),
            other => return Err(wrong(format!("{other:?} is neither accept, reject nor correct")).into()),
        };
        words.push((item.id, word, item.reason));
    }
    decide::each(console, workspace, &words)
}
