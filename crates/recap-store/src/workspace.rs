//! The folder and who may work on it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::{StoreError, files};

/// A workspace folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
}

/// The right to change a workspace; given back when it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Workspace {
    /// The workspace in a folder, which need not be there yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The configuration, which marks the folder as a workspace.
    pub fn config(&self) -> PathBuf {
        self.root.join("recap.toml")
    }

    /// Captures and journal.
    pub fn database(&self) -> PathBuf {
        self.root.join("recap.db")
    }

    /// The folder of the recap JSON files.
    pub fn recaps(&self) -> PathBuf {
        self.root.join("recaps")
    }

    /// The folder of what people decided.
    pub fn decisions(&self) -> PathBuf {
        self.root.join("decisions")
    }

    /// What failed, one JSON object a line.
    pub fn failed(&self) -> PathBuf {
        self.root.join("failed.ndjson")
    }

    /// Whether anything was stored here.
    pub fn exists(&self) -> bool {
        self.database().exists()
    }

    /// Makes the folder, if it is not there, and takes the right to change it.
    ///
    /// # Errors
    /// Where another process has it, or the folder cannot be written.
    pub fn lock(&self) -> Result<Lock, StoreError> {
        fs::create_dir_all(&self.root).map_err(|e| StoreError::file(&self.root, e))?;
        self.keep_out_of_git()?;
        let path = self.root.join("recap.lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(|e| StoreError::file(&path, e))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked(self.root.clone())),
            Err(TryLockError::Error(error)) => Err(StoreError::file(&path, error)),
        }
    }

    /// The recaps and the decisions are for git, the database, the index and the lock are not.
    fn keep_out_of_git(&self) -> Result<(), StoreError> {
        let path = self.root.join(".gitignore");
        let old = match fs::read_to_string(&path) {
            Ok(old) => old,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(StoreError::file(&path, error)),
        };
        // A file that somebody else wrote is theirs; one of an earlier version gets what it did not know of.
        let ours = old.is_empty() || old.lines().any(|line| line == IGNORED[0]);
        let missing = IGNORED.iter().filter(|name| ours && !old.lines().any(|line| line == **name));
        let more: String = missing.map(|name| format!("{name}\n")).collect();
        if more.is_empty() {
            return Ok(());
        }
        let end = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
        files::write(&path, format!("{old}{end}{more}").as_bytes()).map(|_| ())
    }
}

/// What is not for git; every version had the first one.
const IGNORED: [&str; 4] = ["recap.db*", "recap.lock", "recap.index", "failed.ndjson"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_for_git_is_added_to_the_list_of_an_earlier_version_and_to_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".gitignore");
        let after = |before: Option<&str>| {
            if let Some(before) = before {
                fs::write(&path, before).expect("written");
            }
            Workspace::new(folder.path()).lock().expect("free");
            fs::read_to_string(&path).expect("there")
        };
        let whole = "recap.db*\nrecap.lock\nrecap.index\nfailed.ndjson\n";
        assert_eq!(after(None), whole);
        assert_eq!(after(Some("recap.db*\nrecap.lock\nfailed.ndjson")), "recap.db*\nrecap.lock\nfailed.ndjson\nrecap.index\n");
        assert_eq!(after(Some("/target\n")), "/target\n");
    }
}
