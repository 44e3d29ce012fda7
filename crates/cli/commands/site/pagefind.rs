//! Search by Pagefind (<https://pagefind.app>), run over the pages that are written.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::folder::Folder;
use crate::exit::Failure;

/// Where its files go, and what they begin with in the list of files.
const FOLDER: &str = "pagefind";

/// Makes its files anew.
///
/// # Errors
/// Where it is not installed or fails.
pub fn run(folder: &Folder) -> Result<(), Failure> {
    for old in folder.before("pagefind/") {
        recap_store::remove_file(&folder.root().join(old))?;
    }
    let mut command = Command::new(FOLDER);
    command.arg("--site").arg(folder.root()).args(["--output-subdir", FOLDER, "--quiet"]);
    let hint = "install it (npm install pagefind, pip install 'pagefind[bin]'), or leave --search out";
    let done = command.stdin(Stdio::null()).output().map_err(|error| Failure::usage(format!("pagefind: {error}"), hint))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr).trim().chars().take(500).collect::<String>();
        return Err(Failure::usage(format!("pagefind failed: {said}"), hint));
    }
    adopt(folder, &folder.root().join(FOLDER), FOLDER).map_err(|error| Failure::usage(format!("pagefind: {error}"), hint))
}

fn adopt(folder: &Folder, at: &Path, path: &str) -> io::Result<()> {
    for entry in fs::read_dir(at)? {
        let entry = entry?;
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            adopt(folder, &entry.path(), &path)?;
        } else {
            folder.adopt(path);
        }
    }
    Ok(())
}
