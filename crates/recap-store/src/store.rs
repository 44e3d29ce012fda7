//! The database and its transactions.

use std::fs;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteQueryResult, SqliteSynchronous,
};
use sqlx::{Sqlite, Transaction};

use crate::{StoreError, Workspace};

/// The versions of the schema, oldest first. A version that was released is never changed: add one.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "workspace", include_str!("../migrations/0001_workspace.sql")),
    (2, "recaps", include_str!("../migrations/0002_recaps.sql")),
    (3, "lookups", include_str!("../migrations/0003_lookups.sql")),
    (4, "members", include_str!("../migrations/0004_members.sql")),
];

/// A workspace's database.
#[derive(Debug, Clone)]
pub struct Store {
    workspace: Workspace,
    pool: SqlitePool,
}

/// Changes that are stored together or not at all.
#[derive(Debug)]
pub struct Batch<'s> {
    store: &'s Store,
    transaction: Transaction<'static, Sqlite>,
}

impl Store {
    /// Opens a workspace to change it, and makes it if it is not there. Hold its [`crate::Lock`].
    ///
    /// # Errors
    /// Where it cannot be read or written, or is of a later version.
    pub async fn open(workspace: &Workspace) -> Result<Self, StoreError> {
        fs::create_dir_all(workspace.root()).map_err(|e| StoreError::file(workspace.root(), e))?;
        // A reader never waits for the writer, and a killed process costs at most what it had not committed.
        let options = SqliteConnectOptions::new().create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        let store = Self::connect(workspace, options.synchronous(SqliteSynchronous::Normal)).await?;
        let path = workspace.database();
        migrator().run(&store.pool).await.map_err(|error| StoreError::Migration { path, error })?;
        store.sweep().await?;
        Ok(store)
    }

    /// Opens a workspace to look at it.
    ///
    /// # Errors
    /// Where it is not there or cannot be read.
    pub async fn look(workspace: &Workspace) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new().read_only(true);
        let store = Self::connect(workspace, options.clone()).await?;
        match sqlx::query("PRAGMA schema_version").execute(&store.pool).await.map_err(|e| store.error(e)) {
            // Where nothing can be written a reader has no place for its marks; it needs none if no writer left a log behind.
            Err(error) if error.is_read_only() && !has_log(workspace) => Self::connect(workspace, options.immutable(true)).await,
            result => result.map(|_| store),
        }
    }

    async fn connect(workspace: &Workspace, options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let options = options.filename(workspace.database()).busy_timeout(Duration::from_secs(30));
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
        let pool = pool.map_err(|error| StoreError::Database { path: workspace.database(), error })?;
        Ok(Self { workspace: workspace.clone(), pool })
    }

    /// The folder.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    pub(crate) fn error(&self, error: sqlx::Error) -> StoreError {
        StoreError::Database { path: self.workspace.database(), error }
    }

    /// Begins a batch.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin(&self) -> Result<Batch<'_>, StoreError> {
        let transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|e| self.error(e))?;
        Ok(Batch { store: self, transaction })
    }

    /// Writes everything to the main file and closes it.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

impl Batch<'_> {
    pub(crate) fn store(&self) -> &Store {
        self.store
    }

    /// Stores the batch.
    ///
    /// # Errors
    /// Those of the database; then nothing of it is stored.
    pub async fn commit(self) -> Result<(), StoreError> {
        let store = self.store;
        self.transaction.commit().await.map_err(|e| store.error(e))
    }

    pub(crate) async fn run(&mut self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<SqliteQueryResult, StoreError> {
        query.execute(&mut *self.transaction).await.map_err(|e| self.store.error(e))
    }
}

/// Whether changes wait beside the database.
fn has_log(workspace: &Workspace) -> bool {
    let mut log = workspace.database().into_os_string();
    log.push("-wal");
    fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

fn migrator() -> Migrator {
    let migration = |(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, sqlx::SqlSafeStr::into_sql_str(*sql), false)
    };
    Migrator::with_migrations(MIGRATIONS.iter().map(migration).collect())
}
