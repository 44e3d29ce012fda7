//! recap's command line: arguments, terminal, threads and exit codes. Everything else is in the libraries.

mod batch;
mod commands;
mod console;
mod decisions;
mod exit;
mod input;
mod jobs;
mod outputs;
mod progress;
mod recaps;
mod report;
mod rules;
mod serve;
mod settings;
mod shelf;
mod sources;
mod table;
mod work;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use commands::Command;
use console::{Console, LogFormat};

/// Turns what is left of a meetup into structured, evidence-carrying recap JSON.
///
/// Reads write-ups (blog posts, notes, event pages, exported posts) from files and gives one JSON document
/// per event, with the place in the source that every value comes from. Works offline.
#[derive(Debug, Parser)]
#[command(name = "recap", version, after_help = EXAMPLES, after_long_help = LONG_AFTER, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How messages on stderr are written
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    log_format: LogFormat,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say what is done, too
    #[arg(short, long, global = true)]
    verbose: bool,
}

const EXAMPLES: &str = "Examples:
  recap extract --pretty report.md
  recap extract blog/ > recaps.ndjson
  recap explain report.md /event/name
  recap import blog/";

const LONG_AFTER: &str = concat!(
    "Examples:
  recap extract --pretty report.md
  recap extract blog/ > recaps.ndjson
  recap explain report.md /event/name
  recap import blog/

",
    "Exit codes:
  0  done
  1  internal error
  2  usage or configuration
  3  some inputs failed, the rest is done
  4  invalid recap
  5  doubtful values or pairs wait (--fail-on-review)
  6  a source or a rule went quiet
  7  something changed (--exit-on-change)

Results go to stdout, messages to stderr."
);

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(cli.log_format, cli.quiet, cli.verbose);
    input::quiet_panics();
    match cli.command.run(&console) {
        Ok(exit) => exit.into(),
        Err(error) => exit::report(&console, &error).into(),
    }
}
