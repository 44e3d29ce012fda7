//! `recap override`

use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand};
use recap_merge::{Action, Decisions, Override, apply_overrides, merge, overrides_file, stable_key};
use recap_model::Recap;
use recap_store::{Lock, Workspace};
use serde_json::Value;

use crate::console::Console;
use crate::decisions::{self, Stored};
use crate::exit::{Exit, Failure};
use crate::workspace::WorkspaceArgs;

/// Correct a value of a recap: set it, unset it, or lock it as it is
///
/// Corrections are the last word on a value, survive every refresh and show in recap explain. They are kept in
/// decisions/overrides/EVENT.toml, for git. A value is named by its JSON Pointer; what is kept names talks and people by
/// what they are, so that it stays right when sources are added. If the sources change what they say, a correction waits
/// in recap review, unless --always was given.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap override set sample-night-3 /event/start 2021-05-08T19:00 --reason 'the poster says so'
  recap override set sample-night-3 /talks/parsing-dates/title 'Parsing dates without tears'
  recap override unset sample-night-3 /talks/4
  recap override lock sample-night-3 /event/name")]
pub struct OverrideCommand {
    #[command(flatten)]
    workspace: WorkspaceArgs,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Give the value
    Set {
        #[command(flatten)]
        which: Which,
        /// The value: a text, or JSON where the field holds something else
        value: String,
        /// Correct it whatever the sources say later
        #[arg(long)]
        always: bool,
    },
    /// There is no such value, talk, person …
    Unset {
        #[command(flatten)]
        which: Which,
        /// Leave it out whatever the sources say later
        #[arg(long)]
        always: bool,
    },
    /// Keep the value as it is now
    Lock {
        #[command(flatten)]
        which: Which,
    },
}

#[derive(Debug, Args)]
struct Which {
    /// Id of the recap
    event: String,
    /// JSON Pointer of the value, or the key of an earlier correction
    key: String,
    /// Why; kept with the correction
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
}

impl OverrideCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// A recap or value that is not there, a value that does not fit, a workspace that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let (What::Set { which, .. } | What::Unset { which, .. } | What::Lock { which }) = &self.what;
        let change = match &self.what {
            What::Set { value, always, .. } => Change::Set { value, always: *always },
            What::Unset { always, .. } => Change::Unset { always: *always },
            What::Lock { .. } => Change::Lock,
        };
        let workspace = self.workspace.find();
        let lock = decisions::lock(&workspace)?;
        let stored = decisions::recaps(&workspace)?;
        let found = decisions::find(&stored, &which.event)?;
        let correction = Correction { key: &which.key, change, reason: &which.reason };
        correct(&lock, console, &workspace, found, &correction)?;
        Ok(Exit::Done)
    }
}

/// What somebody says about a value.
#[derive(Debug, Clone, Copy)]
pub struct Correction<'c> {
    /// JSON Pointer of the value, or the key of an earlier correction.
    pub key: &'c str,
    /// What becomes of it.
    pub change: Change<'c>,
    /// Why; kept with the correction.
    pub reason: &'c str,
}

/// What becomes of a value.
#[derive(Debug, Clone, Copy)]
pub enum Change<'c> {
    /// It is another one.
    Set {
        /// A text, or JSON.
        value: &'c str,
        /// Whatever the sources say later.
        always: bool,
    },
    /// There is none.
    Unset {
        /// Whatever the sources say later.
        always: bool,
    },
    /// It stays as it is.
    Lock,
}

/// Corrects a value of a stored recap: keeps the correction and applies it.
///
/// # Errors
/// A value that is not there or does not fit, a workspace that cannot be written.
pub fn correct(lock: &Lock, console: &Console, workspace: &Workspace, stored: &Stored, correction: &Correction<'_>) -> Result<()> {
    let (path, recap) = stored;
    let plain = uncorrected(recap);
    let one = made(&plain, correction)?;
    let mut decided = decisions::load(workspace)?;
    let all = decided.overrides.entry(recap.id.clone()).or_default();
    all.retain(|other| other.key != one.key);
    all.push(one);
    let written = decisions::save(lock, workspace, &decided, &overrides_file(&recap.id))?;
    console.note(None, &format!("written to {}", written.display()), None);
    write(lock, console, path, plain, decided)
}

/// Applies all decisions to a stored recap once more.
///
/// # Errors
/// A workspace that cannot be read or written.
pub fn apply_again(lock: &Lock, console: &Console, workspace: &Workspace, (path, recap): &Stored) -> Result<()> {
    write(lock, console, path, uncorrected(recap), decisions::load(workspace)?)
}

fn made(recap: &Recap, correction: &Correction<'_>) -> Result<Override, Failure> {
    let key = stable_key(recap, correction.key).unwrap_or_else(|| correction.key.to_owned());
    let current = current(recap, &key).ok_or_else(|| nowhere(recap, correction.key))?;
    let made = |action, value, if_was| Override { key: key.clone(), action, value, if_was, reason: correction.reason.to_owned() };
    let guard = |always: bool| (!always && !current.is_null() && !current.is_object()).then(|| current.clone());
    match correction.change {
        Change::Set { value, always } => {
            let texts = [Some(Value::String(value.to_owned())), serde_json::from_str(value).ok()].into_iter().flatten();
            let mut tries = texts.map(|value| made(Action::Set, Some(value), guard(always)));
            let fits = |one: &Override| apply_overrides(&mut recap.clone(), std::slice::from_ref(one)).is_empty();
            tries
                .find(fits)
                .ok_or_else(|| Failure::usage(format!("{value:?} does not fit {key}"), "recap schema has the form of every field"))
        }
        Change::Unset { always } => Ok(made(Action::Unset, None, guard(always))),
        Change::Lock => Ok(made(Action::Lock, Some(current), None)),
    }
}

/// Applies all corrections to the stored recap at once.
fn write(lock: &Lock, console: &Console, path: &Path, recap: Recap, decided: Decisions) -> Result<()> {
    let ids = recap_merge::known_ids([&recap]);
    let merged = merge(vec![recap], &Decisions { ids, ..decided });
    merged.reviews.iter().for_each(|review| super::review::say(console, review));
    merged.recaps.first().map_or(Ok(()), |corrected| decisions::save_recap(lock, path, corrected))?;
    Ok(())
}

/// The recap as its sources have it.
fn uncorrected(recap: &Recap) -> Recap {
    let ids = recap_merge::known_ids([recap]);
    let merged = merge(vec![recap.clone()], &Decisions { ids, ..Decisions::default() });
    merged.recaps.into_iter().next().unwrap_or_else(|| recap.clone())
}

/// The value that a key means.
fn current(recap: &Recap, key: &str) -> Option<Value> {
    recap_merge::resolve(recap, key).and_then(|pointer| serde_json::to_value(recap).ok()?.pointer(&pointer).cloned())
}

fn nowhere(recap: &Recap, key: &str) -> Failure {
    Failure::usage(format!("{key}: {} has no such value", recap.id), "name it by its JSON Pointer, such as /event/start or /talks/0/title")
}
