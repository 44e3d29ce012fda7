//! The rules of a run: what recap brings along and what the user adds.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use recap_rules::Rules;

use crate::exit::Failure;

/// The built-in rules and, before them, those of the user's files.
///
/// # Errors
/// A file that cannot be read or used.
pub fn load(files: &[PathBuf]) -> Result<Cow<'static, Rules>, Failure> {
    if files.is_empty() {
        return Ok(Cow::Borrowed(Rules::builtin()));
    }
    let mut rules = Rules::builtin().clone();
    for file in files {
        add(&mut rules, file)?;
    }
    Ok(Cow::Owned(rules))
}

/// Adds a user's rule file.
///
/// # Errors
/// A file that cannot be read or used.
pub fn add(rules: &mut Rules, file: &Path) -> Result<(), Failure> {
    let name = file.to_string_lossy();
    let text = fs::read_to_string(file).map_err(|e| Failure::usage(format!("{name}: {e}"), "--rules wants a rule file in TOML"))?;
    let added = rules.add(&format!("user:{name}"), &text);
    added.map_err(|e| {
        let message = e.to_string();
        let message = message.strip_prefix("user:").unwrap_or(&message).trim_end().replace('\n', " ");
        Failure::usage(message, format!("test the file with recap check --rules {name}"))
    })
}
