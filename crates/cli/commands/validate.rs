//! `recap validate`

use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use recap_model::Recap;

use crate::console::Console;
use crate::exit::Exit;
use crate::input::Input;
use crate::recaps::{self, evidence, references};

/// Check recaps: their form, that ids and pointers lead somewhere, that no value lacks evidence
///
/// Takes one recap, or NDJSON. With --evidence each source is read again (`sources[].path`, from the current
/// folder) and every quote is looked up in it. Exit code 4: something is invalid.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap validate recap.json
  recap extract blog/ | recap validate --evidence -")]
pub struct Validate {
    /// Files of recap JSON, or - for stdin
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Find every quote again in its source
    #[arg(long)]
    evidence: bool,
}

#[derive(Default)]
struct Tally {
    recaps: usize,
    invalid: usize,
    unreadable: usize,
}

impl Validate {
    /// Runs the command.
    ///
    /// # Errors
    /// Stdout that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let mut total = Tally::default();
        for file in &self.files {
            let mut tally = Tally::default();
            self.file(console, &Input::of(file), &mut tally);
            if tally.invalid + tally.unreadable == 0 {
                writeln!(io::stdout().lock(), "{}: {} valid", file.display(), count(tally.recaps))?;
            }
            total.invalid += tally.invalid;
            total.unreadable += tally.unreadable;
        }
        Ok(match total {
            Tally { invalid: 1.., .. } => Exit::Invalid,
            Tally { unreadable: 1.., .. } => Exit::SomeFailed,
            _ => Exit::Done,
        })
    }

    fn file(&self, console: &Console, input: &Input, tally: &mut Tally) {
        let name = input.name();
        let bytes = match input.bytes() {
            Ok(bytes) => bytes,
            Err(error) => {
                tally.unreadable += 1;
                return console.error(Some(&name), &error.message, error.hint);
            }
        };
        for entry in recaps::read(&bytes) {
            tally.recaps += 1;
            let place = format!("{name}:{}", entry.line);
            match entry.recap {
                Ok(recap) => self.recap(console, &place, &recap, tally),
                Err(message) => {
                    tally.invalid += 1;
                    console.error(Some(&place), &message, Some("recap schema prints the form of a recap"));
                }
            }
        }
    }

    fn recap(&self, console: &Console, place: &str, recap: &Recap, tally: &mut Tally) {
        let json = serde_json::to_value(recap).unwrap_or_default();
        let mut problems = references::check(recap, &json);
        for source in recap.sources.iter().filter(|_| self.evidence) {
            match evidence::reload(source) {
                Some(Ok(loaded)) => problems.extend(evidence::check(recap, source, &loaded)),
                Some(Err(error)) => {
                    tally.unreadable += 1;
                    console.error(Some(place), &format!("source {}: {}", error.input, error.message), error.hint);
                }
                None => {
                    tally.unreadable += 1;
                    let message = format!("source {} has no path to read it from", source.id);
                    console.error(Some(place), &message, Some("extract it from a file"));
                }
            }
        }
        tally.invalid += usize::from(!problems.is_empty());
        for (pointer, message) in problems {
            console.error(Some(place), &format!("{pointer}: {message}"), None);
        }
    }
}

fn count(recaps: usize) -> String {
    if recaps == 1 { "1 recap".to_owned() } else { format!("{recaps} recaps") }
}
