//! Databases for others.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use crate::{StoreError, files};

/// Makes a SQLite database by a script; one of this name is replaced when the new one is whole. Equal scripts give
/// equal bytes.
///
/// # Errors
/// A script that SQLite refuses, a file that cannot be written.
pub async fn database(path: &Path, script: &str) -> Result<(), StoreError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = Path::new(&beside);
    files::remove(beside)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| StoreError::file(folder, e))?;
    }
    let failed = |error| StoreError::Database { path: path.to_owned(), error };
    // Nothing is lost by a crash: the file has its name only when it is done.
    let options = SqliteConnectOptions::new().filename(beside).create_if_missing(true);
    let options = options.journal_mode(SqliteJournalMode::Memory).synchronous(SqliteSynchronous::Off);
    let mut connection = options.connect().await.map_err(failed)?;
    sqlx::raw_sql(AssertSqlSafe(script.to_owned())).execute(&mut connection).await.map_err(failed)?;
    connection.close().await.map_err(failed)?;
    std::fs::rename(beside, path).map_err(|e| StoreError::file(path, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_script_becomes_a_database_of_equal_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("one.sqlite"), folder.path().join("deep/two.sqlite"));
        let script = "BEGIN; CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x;''y'); CREATE VIEW v AS SELECT a FROM t; COMMIT;";
        database(&one, script).await.expect("made");
        database(&one, script).await.expect("replaced");
        database(&two, script).await.expect("made");
        let bytes = std::fs::read(&one).expect("there");
        assert!(bytes.starts_with(b"SQLite format 3\0") && bytes == std::fs::read(&two).expect("there"));
        assert!(database(&one, "CREATE TABEL t").await.is_err());
        assert_eq!(std::fs::read(&one).expect("still there"), bytes);
    }
}
