//! Running the program and finding the fixtures.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use recap_document::Hints;
use recap_extract::Extraction;
use recap_rules::Rules;
use serde_json::Value;

/// The program under test.
pub const RECAP: &str = env!("CARGO_BIN_EXE_recap");

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run gave.
pub struct Run {
    /// The exit code; -1 where a signal ended it.
    pub code: i32,
    /// Results.
    pub stdout: String,
    /// Messages.
    pub stderr: String,
}

impl Run {
    /// What a finished program gave.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// The only line of stdout, or all of it, as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}\nstdout: {}\nstderr: {}", self.stdout, self.stderr))
    }

    /// Every line of stdout as JSON.
    #[track_caller]
    pub fn ndjson(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// The run itself, if it ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }
}

/// Runs recap in a folder with something on stdin.
pub fn recap_in<A: AsRef<std::ffi::OsStr>>(folder: &Path, arguments: &[A], stdin: &[u8]) -> Run {
    let mut command = Command::new(RECAP);
    command.args(arguments).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("recap starts");
    let mut pipe = child.stdin.take().expect("stdin is a pipe");
    std::thread::scope(|scope| {
        // Beside reading the output, so that neither side waits for the other; a program that reads no stdin is fine.
        scope.spawn(move || drop(pipe.write_all(stdin)));
        Run::of(child.wait_with_output().expect("recap ends"))
    })
}

/// Runs recap at the repository's root.
pub fn recap<A: AsRef<std::ffi::OsStr>>(arguments: &[A]) -> Run {
    recap_in(root(), arguments, b"")
}

/// A fixture: a folder with an input and what is expected of it.
pub struct Fixture {
    /// The folder's name.
    pub name: String,
    /// The input, from the repository's root.
    pub input: PathBuf,
    /// `expected.json`.
    pub expected: PathBuf,
}

/// All fixtures, by name.
pub fn fixtures() -> Vec<Fixture> {
    let mut all: Vec<Fixture> = folders(&root().join("fixtures")).into_iter().map(|folder| fixture(&folder)).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn fixture(folder: &Path) -> Fixture {
    let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
    let input = input_of(folder, "input.").unwrap_or_else(|| panic!("{name} has no input"));
    let input = input.strip_prefix(root()).map(Path::to_owned).unwrap_or(input);
    Fixture { name, input, expected: folder.join("expected.json") }
}

/// The subfolders of a folder.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_dir()).collect()
}

/// The file of a folder whose name begins with `prefix`.
pub fn input_of(folder: &Path, prefix: &str) -> Option<PathBuf> {
    entries(folder).into_iter().find(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(prefix)))
}

/// What a folder holds, by name; nothing where it is not there.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    paths
}

/// A file's JSON.
pub fn read_json(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Extracts a file by the libraries; none where it is no document.
pub fn extract_file(path: &Path) -> Option<Extraction> {
    extract_file_by(path, Rules::builtin())
}

/// The same by rules of one's own.
pub fn extract_file_by(path: &Path, rules: &Rules) -> Option<Extraction> {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let name = path.file_name().map(|n| n.to_string_lossy());
    let hints = Hints { name: name.as_deref(), ..Hints::default() };
    let document = recap_document::read(&bytes, &hints).ok()?;
    Some(recap_extract::extract(&document, rules, &recap_extract::Input::default()))
}

/// The last part of a path.
pub fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}
