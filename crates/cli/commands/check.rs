//! `recap check`

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use recap_rules::Rules;

use crate::console::Console;
use crate::exit::Exit;
use crate::rules;
use crate::settings::File;

/// Test pipelines, settings and rule files; of rules, every one is compiled and its good and bad examples are run
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap check
  recap check nightly.toml
  recap check --rules mysite.toml")]
pub struct Check {
    /// Pipelines, or a workspace's recap.toml
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A rule file of your own (repeatable) [default: the built-in rules]
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
}

impl Check {
    /// Runs the command: every file is tested, whatever is wrong with the others.
    ///
    /// # Errors
    /// Stdout that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        if self.rules.is_empty() && self.files.is_empty() {
            return examine(console, "built-in rules", Rules::builtin(), Rules::builtin().all().len());
        }
        let mut exit = Exit::Done;
        for file in &self.files {
            if examine_settings(console, file)? != Exit::Done {
                exit = Exit::Usage;
            }
        }
        for file in &self.rules {
            if examine_file(console, file)? != Exit::Done {
                exit = Exit::Usage;
            }
        }
        Ok(exit)
    }
}

fn examine_settings(console: &Console, file: &Path) -> Result<Exit> {
    let own = file.file_name().is_some_and(|name| name == "recap.toml");
    let settings = if own { File::read(file) } else { File::pipeline(file) };
    // The rules that it names are tested with it.
    let result = settings.and_then(|settings| rules::load(&settings.rules).map(drop));
    if let Err(failure) = result {
        console.error(None, &failure.message, failure.hint.as_deref());
        return Ok(Exit::Usage);
    }
    writeln!(io::stdout().lock(), "{}: right", file.display())?;
    Ok(Exit::Done)
}

fn examine_file(console: &Console, file: &Path) -> Result<Exit> {
    let name = file.to_string_lossy();
    // Alone first, so that its own examples are run; then beside the built-in rules, whose ids it must not take.
    let mut alone = Rules::default();
    let mut beside = Rules::builtin().clone();
    if let Err(failure) = rules::add(&mut alone, file).and_then(|()| rules::add(&mut beside, file)) {
        let hint = fs::metadata(file).is_err().then_some("check the path").or(Some("ARCHITECTURE.md shows the form of a rule file"));
        console.error(None, &failure.message, hint);
        return Ok(Exit::Usage);
    }
    examine(console, &name, &alone, alone.all().len())
}

fn examine(console: &Console, name: &str, rules: &Rules, count: usize) -> Result<Exit> {
    let failures = recap_rules::check(rules);
    for failure in &failures {
        let example = if failure.text.is_empty() { String::new() } else { format!(" ({:?})", failure.text) };
        console.error(Some(name), &format!("rule {}: {}{example}", failure.rule, failure.message), None);
    }
    if !failures.is_empty() {
        return Ok(Exit::Usage);
    }
    writeln!(io::stdout().lock(), "{name}: {count} rules, all examples right")?;
    Ok(Exit::Done)
}
