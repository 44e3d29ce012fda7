//! The folder and who may work on it.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::StoreError;

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

    /// The recaps and the decisions are for git, the database and the lock are not.
    fn keep_out_of_git(&self) -> Result<(), StoreError> {
        let path = self.root.join(".gitignore");
        match File::options().write(true).create_new(true).open(&path) {
            Ok(mut file) => file.write_all(b"recap.db*\nrecap.lock\nrecap.index\nfailed.ndjson\n").map_err(|e| StoreError::file(&path, e)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(StoreError::file(&path, error)),
        }
    }
}
