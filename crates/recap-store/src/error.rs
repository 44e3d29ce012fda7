//! What can go wrong with a workspace.

use std::io;
use std::path::{Path, PathBuf};

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder of the workspace.
    #[error("{}: {error}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Another process works on the workspace.
    #[error("{}: another recap works on this workspace", .0.display())]
    Locked(PathBuf),
    /// The database.
    #[error("{}: {error}", path.display())]
    Database {
        /// Its file.
        path: PathBuf,
        /// What it says.
        error: sqlx::Error,
    },
    /// The database is of a later version of recap, or its migration failed.
    #[error("{}: {error}", path.display())]
    Migration {
        /// Its file.
        path: PathBuf,
        /// What is wrong.
        error: sqlx::migrate::MigrateError,
    },
    /// Stored bytes that are not what they were.
    #[error("{0}: what is stored is damaged")]
    Damaged(String),
}

impl StoreError {
    pub(crate) fn file(path: &Path, error: io::Error) -> Self {
        Self::File { path: path.to_owned(), error }
    }

    /// Whether it is only that nothing can be written there.
    pub fn is_read_only(&self) -> bool {
        match self {
            Self::File { error, .. } => matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem),
            Self::Database { error, .. } => matches!(primary_code(error), Some(READ_ONLY | CANNOT_OPEN)),
            _ => false,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Locked(_) => Some("wait until it is done, or name another folder with --workspace"),
            Self::File { error, .. } => of_io(error.kind()),
            Self::Database { error, .. } => of_database(error),
            Self::Migration { .. } => Some("use the version of recap that made this workspace, or a later one"),
            Self::Damaged(_) => Some("import the source again"),
        }
    }
}

fn of_io(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Some("make the workspace writable, or name another folder with --workspace")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Some("free some space and run it again: what is stored stays")
        }
        _ => None,
    }
}

fn of_database(error: &sqlx::Error) -> Option<&'static str> {
    match primary_code(error)? {
        READ_ONLY | CANNOT_OPEN => of_io(io::ErrorKind::PermissionDenied),
        10 | 13 => of_io(io::ErrorKind::StorageFull),
        11 | 26 => Some("the database is damaged: move it away and import again"),
        _ => None,
    }
}

const READ_ONLY: u32 = 8;
const CANNOT_OPEN: u32 = 14;

/// The low byte of an error's code: <https://sqlite.org/rescode.html>.
fn primary_code(error: &sqlx::Error) -> Option<u32> {
    Some(error.as_database_error()?.code()?.parse::<u32>().ok()? & 0xff)
}
