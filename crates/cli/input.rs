//! Inputs: files, folders and stdin, and what can be wrong with them.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use recap_document::{Document, Hints, MAX_BYTES};
use recap_pipeline::WalkError;
use sha2::{Digest as _, Sha256};

/// What to do about a folder without documents.
pub const NONE_KNOWN: &str = "known are HTML, Markdown, reStructuredText, text, JSON, YAML, iCalendar and XML files";

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// `-`
    Stdin,
    /// A file, as the user named it, or below a folder that the user named.
    File(PathBuf),
}

/// An input that gives no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputError {
    /// The input's name.
    pub input: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<&'static str>,
}

/// An input that was read.
#[derive(Debug)]
pub struct Loaded {
    /// The path as the user gave it; none for stdin.
    pub path: Option<String>,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// The document.
    pub document: Document,
}

impl Input {
    /// The input that an argument names.
    pub fn of(argument: &Path) -> Self {
        if argument.as_os_str() == "-" { Self::Stdin } else { Self::File(argument.to_owned()) }
    }

    /// What messages call it: the path, or `-`.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// Its bytes, one more than the limit at most.
    ///
    /// # Errors
    /// Where it cannot be opened or read.
    pub fn bytes(&self) -> Result<Vec<u8>, InputError> {
        let mut bytes = Vec::new();
        let limit = MAX_BYTES as u64 + 1;
        let read = match self {
            Self::Stdin => io::stdin().lock().take(limit).read_to_end(&mut bytes),
            Self::File(path) => File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)),
        };
        read.map(|_| bytes).map_err(|error| unreadable(self.name(), &error))
    }

    /// Reads it as a document; `url` is its address, if it is known.
    ///
    /// # Errors
    /// Where it cannot be read, or is no document.
    pub fn load(&self, url: Option<&str>) -> Result<Loaded, InputError> {
        let bytes = self.bytes()?;
        self.parse(&bytes, url)
    }

    /// Takes bytes that were read from it as a document.
    ///
    /// # Errors
    /// Where they are no document.
    pub fn parse(&self, bytes: &[u8], url: Option<&str>) -> Result<Loaded, InputError> {
        let name = match self {
            Self::Stdin => None,
            Self::File(path) => path.file_name().map(|n| n.to_string_lossy()),
        };
        let hints = Hints { name: name.as_deref(), content_type: None, url };
        let document = recap_document::read(bytes, &hints).map_err(|error| {
            let (message, hint) = (error.to_string(), Some(error.hint()));
            InputError { input: self.name(), message, hint }
        })?;
        let path = matches!(self, Self::File(_)).then(|| self.name());
        Ok(Loaded { path, sha256: format!("{:x}", Sha256::digest(bytes)), document })
    }
}

fn unreadable(input: String, error: &io::Error) -> InputError {
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => ("no such file".to_owned(), Some("check the path")),
        io::ErrorKind::PermissionDenied => ("may not be read".to_owned(), Some("check its permissions")),
        io::ErrorKind::IsADirectory => ("is a folder, not a file".to_owned(), Some("name a file in it")),
        _ => (error.to_string(), None),
    };
    InputError { input, message, hint }
}

/// The inputs that arguments name, folders walked by name, known extensions only. Drawn one by one.
pub fn walk(arguments: &[PathBuf]) -> impl Iterator<Item = Result<Input, InputError>> {
    arguments.iter().flat_map(|argument| -> Box<dyn Iterator<Item = Result<Input, InputError>>> {
        if !argument.is_dir() {
            return Box::new(std::iter::once(Ok(Input::of(argument))));
        }
        Box::new(recap_pipeline::walk(argument).map(|file| file.map(Input::File).map_err(no_file)))
    })
}

fn no_file(error: WalkError) -> InputError {
    let input = error.path().to_string_lossy().into_owned();
    match error {
        WalkError::Unreadable(_, error) => unreadable(input, &error),
        WalkError::Empty(_) | WalkError::NoMatch(_) => {
            InputError { input, message: "the folder holds no document".to_owned(), hint: Some(NONE_KNOWN) }
        }
    }
}

thread_local! {
    static PANICKED_AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps a panic's place for [`guarded`] instead of printing it.
pub fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line()));
        PANICKED_AT.set(Some(place.unwrap_or_else(|| "an unknown place".to_owned())));
    }));
}

/// Runs what must not panic; if it does all the same, that is an error of this input alone.
///
/// # Errors
/// Those of `work`, and its panic.
pub fn guarded<R>(input: &Input, work: impl FnOnce() -> Result<R, InputError>) -> Result<R, InputError> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = PANICKED_AT.take().unwrap_or_default();
        let message = format!("internal error at {place}");
        Err(InputError { input: input.name(), message, hint: Some("this is a bug in recap: please report it with the document") })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_of_its_input() {
        let input = Input::Stdin;
        let result: Result<(), _> = guarded(&input, || panic!("no"));
        assert!(result.is_err_and(|e| e.input == "-" && e.message.contains("internal error")));
    }
}
