//! Many documents: read and worked on by all cores, handed on in the order of the inputs.

use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::console::Console;
use crate::exit::Exit;
use crate::input::{self, Input, InputError, Loaded};
use crate::jobs;

/// What every command over many documents takes.
#[derive(Debug, Args)]
pub struct Batch {
    /// Files, folders (walked for known extensions) or - for stdin
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Threads that work at the same time [default: one per core]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// What one document gives.
#[derive(Debug, Default)]
pub struct Outcome {
    /// For stdout, ended by a newline.
    pub output: String,
    /// For stderr: what the user should know, and what to do about it.
    pub note: Option<(String, &'static str)>,
}

impl Batch {
    /// Runs `work` on every document and writes what it gives. An input that fails does not stop the others.
    ///
    /// # Errors
    /// Where stdout cannot be written.
    pub fn run(
        &self,
        console: &Console,
        url: Option<&str>,
        work: impl Fn(&Loaded) -> Result<Outcome, serde_json::Error> + Sync,
    ) -> Result<Exit> {
        let mut stdout = io::stdout().lock();
        let (mut done, mut failed) = (0_usize, 0_usize);
        let one = |input: Result<Input, InputError>| {
            let input = input?;
            input::guarded(&input, || outcome(&input, url, &work)).map(|outcome| (input.name(), outcome))
        };
        let threads = self.jobs.unwrap_or_else(jobs::all_cores);
        jobs::ordered(threads, input::walk(&self.files), one, |result| -> io::Result<()> {
            match result {
                Ok((name, outcome)) => {
                    done += 1;
                    if let Some((message, hint)) = &outcome.note {
                        console.note(Some(&name), message, Some(hint));
                    }
                    stdout.write_all(outcome.output.as_bytes())?;
                    stdout.flush()
                }
                Err(error) => {
                    failed += 1;
                    console.error(Some(&error.input), &error.message, error.hint);
                    Ok(())
                }
            }
        })?;
        console.info(&format!("{done} inputs done, {failed} failed"));
        Ok(if failed == 0 { Exit::Done } else { Exit::SomeFailed })
    }

    /// Runs `work` on every input and gives what came of it, in the order of the inputs, and how many failed.
    ///
    /// # Errors
    /// A thread that could not be started.
    pub fn collect<R: Send>(&self, console: &Console, work: impl Fn(&Input) -> Result<R, InputError> + Sync) -> Result<(Vec<R>, usize)> {
        let (mut done, mut failed) = (Vec::new(), 0_usize);
        let one = |input: Result<Input, InputError>| {
            let input = input?;
            input::guarded(&input, || work(&input))
        };
        let threads = self.jobs.unwrap_or_else(jobs::all_cores);
        jobs::ordered(threads, input::walk(&self.files), one, |result| -> io::Result<()> {
            match result {
                Ok(result) => done.push(result),
                Err(error) => {
                    failed += 1;
                    console.error(Some(&error.input), &error.message, error.hint);
                }
            }
            Ok(())
        })?;
        Ok((done, failed))
    }
}

fn outcome(input: &Input, url: Option<&str>, work: &impl Fn(&Loaded) -> Result<Outcome, serde_json::Error>) -> Result<Outcome, InputError> {
    let loaded = input.load(url)?;
    work(&loaded).map_err(|e| InputError { input: input.name(), message: format!("internal error: {e}"), hint: None })
}
