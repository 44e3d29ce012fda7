//! How the program ends.

use std::fmt;
use std::io;
use std::process::ExitCode;

use recap_pipeline::PipelineError;

use crate::console::Console;
use crate::input::InputError;

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done = 0,
    /// recap itself is at fault, or the output could not be written.
    Internal = 1,
    /// The arguments, a rule file or another configuration are wrong; nothing was done.
    Usage = 2,
    /// Some inputs failed; the rest is done.
    SomeFailed = 3,
    /// A recap is invalid.
    Invalid = 4,
    /// Doubtful values or pairs wait for a decision, and `--fail-on-review` asks for this code.
    Review = 5,
    /// A rule or a source that used to yield no longer does.
    Quiet = 6,
    /// Something changed, and the user asked to be told by `--exit-on-change`.
    Changed = 7,
    /// Stopped by the user before the end; what was stored stays. As shells tell of SIGINT.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// An error that the user can do something about.
#[derive(Debug)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// One line: what is wrong, with the input's name.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Failure {
    /// Wrong arguments or configuration.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), hint: Some(hint.into()) }
    }

    /// An input that a command cannot do without.
    pub fn input(message: impl Into<String>, hint: Option<&str>) -> Self {
        Self { exit: Exit::SomeFailed, message: message.into(), hint: hint.map(str::to_owned) }
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Self::input(format!("{}: {}", error.input, error.message), error.hint)
    }
}

impl From<PipelineError> for Failure {
    fn from(error: PipelineError) -> Self {
        match error {
            PipelineError::Store(error) => error.into(),
            PipelineError::Worker(_) => Self { exit: Exit::Internal, message: error.to_string(), hint: None },
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// Says what went wrong and tells how to end. A reader that has closed the pipe has what it wanted.
pub fn report(console: &Console, error: &anyhow::Error) -> Exit {
    let closed = error.chain().filter_map(|e| e.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe);
    if closed {
        return Exit::Done;
    }
    match error.downcast_ref::<Failure>() {
        Some(failure) => {
            console.error(None, &failure.message, failure.hint.as_deref());
            failure.exit
        }
        None => {
            console.error(None, &format!("{error:#}"), None);
            Exit::Internal
        }
    }
}
