//! Decisions about what waits.

use std::collections::BTreeSet;

use anyhow::Result;
use recap_merge::{Action, Decisions, EventDecision, Likeness, Override, REVIEW, Review, overrides_file};
use serde_json::Value;

use super::waiting;
use recap_store::Workspace;

use crate::console::Console;
use crate::decisions;
use crate::exit::{Exit, Failure};

/// What somebody says about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// It is right.
    Accept,
    /// It is wrong.
    Reject,
    /// The value is this.
    Correct(String),
}

/// Decides items by their ids, and keeps the decisions.
///
/// # Errors
/// An item that does not wait, a word that does not fit it, a workspace that cannot be written.
pub fn all(console: &Console, workspace: &Workspace, ids: &[String], word: &Word, reason: &str) -> Result<Exit> {
    let words: Vec<(String, Word, String)> = ids.iter().map(|id| (id.clone(), word.clone(), reason.to_owned())).collect();
    each(console, workspace, &words)
}

/// The same with a word for each.
///
/// # Errors
/// As [`all`].
pub fn each(console: &Console, workspace: &Workspace, words: &[(String, Word, String)]) -> Result<Exit> {
    let lock = decisions::lock(workspace)?;
    let mut decided = decisions::load(workspace)?;
    let waits = waiting(&decisions::recaps(workspace)?, &decided);
    let mut files = BTreeSet::new();
    for (id, word, reason) in words {
        let unknown = || Failure::usage(format!("{id}: nothing of this id waits"), "recap review lists what does");
        let review = waits.iter().find(|review| review.id() == *id).ok_or_else(unknown)?;
        files.insert(decide(&mut decided, review, word, reason)?);
    }
    for file in files {
        let path = decisions::save(&lock, workspace, &decided, &file)?;
        console.note(None, &format!("written to {}", path.display()), Some("recap reparse, or the next refresh, applies it"));
    }
    Ok(Exit::Done)
}

/// Takes a word into the decisions; gives the file that changed.
fn decide(decided: &mut Decisions, review: &Review, word: &Word, reason: &str) -> Result<String, Failure> {
    let reason = reason.to_owned();
    match (review, word) {
        (Review::Pair { .. }, Word::Correct(_)) | (Review::Stale { .. }, Word::Correct(_)) => {
            Err(Failure::usage(format!("{} has no value to correct", review.id()), "accept or reject it"))
        }
        (Review::Pair { sources: (a, b), .. }, word) => {
            let decision = if *word == Word::Accept { Likeness::Same } else { Likeness::Different };
            decided.events.push(EventDecision { a: a.clone(), b: b.clone(), decision, reason });
            Ok(REVIEW.to_owned())
        }
        (Review::Value { event, key, value, .. }, word) => {
            let said: Value = serde_json::from_str(value).unwrap_or_default();
            let (action, value, if_was) = match word {
                Word::Accept => (Action::Lock, Some(said), None),
                Word::Reject => (Action::Unset, None, Some(said)),
                Word::Correct(new) => (Action::Set, Some(Value::String(new.clone())), Some(said)),
            };
            let all = decided.overrides.entry(event.clone()).or_default();
            all.retain(|other| other.key != *key);
            all.push(Override { key: key.clone(), action, value, if_was, reason });
            Ok(overrides_file(event))
        }
        // Accepted: what the sources say now is right. Rejected: the correction holds whatever they say.
        (Review::Stale { event, key, .. }, word) => {
            let all = decided.overrides.entry(event.clone()).or_default();
            match word {
                Word::Accept => all.retain(|other| other.key != *key),
                _ => all.iter_mut().filter(|other| other.key == *key).for_each(|other| other.if_was = None),
            }
            Ok(overrides_file(event))
        }
    }
}
