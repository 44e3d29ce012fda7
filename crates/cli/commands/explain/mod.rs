//! `recap explain`

mod answer;
mod packs;
mod print;

use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use recap_model::Recap;

use crate::exit::{Exit, Failure};
use crate::input::{self, Input, Loaded};
use crate::recaps::{self, evidence};
use crate::rules;

/// Show where a value comes from: the quote in its context, the rule, the confidence, and the rivals that lost
///
/// FILE is recap JSON (its source is read again, if it is still there) or a document, which is extracted first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap explain report.md /event/name
  recap explain recap.json /talks/0/title
  recap explain recaps.ndjson /event --index 1")]
pub struct Explain {
    /// Recap JSON or a document, or - for stdin
    file: PathBuf,
    /// JSON Pointer (RFC 6901) of a value or of an object
    pointer: String,
    /// Which recap of an NDJSON file, from 0
    #[arg(long, value_name = "N")]
    index: Option<usize>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Add a rule file (repeatable)
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
}

impl Explain {
    /// Runs the command.
    ///
    /// # Errors
    /// A file that is neither recap nor document, a pointer that leads nowhere, stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let input = Input::of(&self.file);
        let bytes = input.bytes().map_err(Failure::from)?;
        let (recap, sources) = if recaps::is_recap_json(&bytes) { self.stored(&bytes)? } else { self.extracted(&input, &bytes)? };
        let answer = answer::Answer::new(&recap, &sources, &self.pointer, &packs::Packs::new(&self.rules))?;
        let text =
            if self.json { serde_json::to_string_pretty(&answer)? + "\n" } else { recap_text::visible(&print::text(&answer)).into_owned() };
        io::stdout().lock().write_all(text.as_bytes())?;
        Ok(Exit::Done)
    }

    /// The recap of a file, and its sources as far as they can be read again.
    fn stored(&self, bytes: &[u8]) -> Result<(Recap, answer::Sources), Failure> {
        let mut entries = recaps::read(bytes);
        let name = self.file.display();
        let index = match (self.index, entries.len()) {
            (Some(index), _) => index,
            (None, 1) => 0,
            (None, n) => return Err(Failure::usage(format!("{name} holds {n} recaps"), format!("choose one with --index 0 to {}", n - 1))),
        };
        if index >= entries.len() {
            return Err(Failure::usage(format!("{name} has no recap {index}"), format!("it holds {}; the first is 0", entries.len())));
        }
        let entry = entries.swap_remove(index);
        let invalid = |message| Failure { exit: Exit::Invalid, message: format!("{name}:{}: {message}", entry.line), hint: None };
        let recap = *entry.recap.map_err(invalid)?;
        let sources = recap.sources.iter().map(|source| {
            let loaded = match evidence::reload(source) {
                Some(Ok(loaded)) if loaded.sha256 == source.sha256 => Ok(loaded),
                Some(Ok(_)) => Err("it has changed since".to_owned()),
                Some(Err(error)) => Err(error.message),
                None => Err("it has no path".to_owned()),
            };
            (source.id.clone(), loaded)
        });
        let sources = sources.collect();
        Ok((recap, sources))
    }

    fn extracted(&self, input: &Input, bytes: &[u8]) -> Result<(Recap, answer::Sources), Failure> {
        let rules = rules::load(&self.rules)?;
        let (recap, loaded): (Recap, Loaded) = input::guarded(input, || {
            let loaded = input.parse(bytes, None)?;
            let about = recap_extract::Input { path: loaded.path.as_deref(), url: None, sha256: &loaded.sha256 };
            Ok((recap_extract::extract(&loaded.document, &rules, &about).recap, loaded))
        })?;
        let id = recap.sources.first().map_or_else(String::new, |s| s.id.clone());
        Ok((recap, std::iter::once((id, Ok(loaded))).collect()))
    }
}
