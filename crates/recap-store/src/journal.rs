//! One row a source: what it answered last, and when to ask again.

use serde_json::{Value, json};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{Batch, Store, StoreError};

/// How a source is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// From a file of this machine.
    File,
    /// By HTTP.
    Url,
    /// By HTTP; it lists others, as a feed does.
    List,
    /// Once, from something that holds many: an archive or stdin. It cannot be asked again.
    Once,
}

/// How the last attempt to read a source ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Its newest content is captured, and what it gave is stored.
    Done,
    /// It could not be read; it may be, later.
    Failed,
    /// It is there no more.
    Gone,
}

/// A source as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path as the user named it, or address.
    pub key: String,
    /// How it is read.
    pub kind: Kind,
    /// How the last attempt ended.
    pub state: State,
    /// Its newest capture.
    pub sha256: Option<String>,
    /// The address that answered in the end, behind redirects.
    pub url: Option<String>,
    /// Status and headers of the newest answer with content, as the fetcher wrote them.
    pub head: Option<String>,
    /// Unix seconds of the newest answer with content.
    pub fetched_at: Option<i64>,
    /// Unix seconds of the newest answer of any sort.
    pub checked_at: Option<i64>,
    /// Unix seconds from which it is to be asked again; none: never.
    pub due_at: Option<i64>,
    /// Answers since the first one.
    pub checks: i64,
    /// How many of them had other content.
    pub changes: i64,
    /// What went wrong the last time.
    pub error: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// The capture that its extraction was made of, where that was asked for.
    pub extracted: Option<String>,
    /// Whether its newest capture is here.
    pub captured: bool,
}

/// How an attempt to read a source ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The source's key.
    pub key: String,
    /// How it is read.
    pub kind: Kind,
    /// How it ended.
    pub state: State,
    /// The capture, where it has content.
    pub sha256: Option<String>,
    /// The address that answered in the end.
    pub url: Option<String>,
    /// Status and headers.
    pub head: Option<String>,
    /// Unix seconds.
    pub at: i64,
    /// When to ask again.
    pub due_at: Option<i64>,
    /// What went wrong.
    pub error: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Answer {
    /// An answer that says nothing yet but how it ended.
    pub fn new(key: String, kind: Kind, state: State, at: i64) -> Self {
        Self { key, kind, state, sha256: None, url: None, head: None, at, due_at: None, error: None, hint: None }
    }
}

/// How many sources are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Captured and done.
    pub done: u64,
    /// Failed the last time.
    pub failed: u64,
    /// There no more.
    pub gone: u64,
    /// Addresses that are to be asked again by now.
    pub due: u64,
    /// Extractions that are recaps.
    pub write_ups: u64,
    /// Extractions whose source no longer says what they hold.
    pub stale: u64,
    /// Extractions that are not merged yet: an interrupted run.
    pub unmerged: u64,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Url => "url",
            Self::List => "list",
            Self::Once => "once",
        }
    }

    fn of(name: &str) -> Self {
        match name {
            "file" => Self::File,
            "url" => Self::Url,
            "list" => Self::List,
            _ => Self::Once,
        }
    }
}

impl State {
    /// As the journal writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Gone => "gone",
        }
    }

    pub(crate) fn of(name: &str) -> Self {
        match name {
            "done" => Self::Done,
            "gone" => Self::Gone,
            _ => Self::Failed,
        }
    }
}

const COLUMNS: &str = "
    SELECT key, kind, state, sha256, url, head, fetched_at, checked_at, due_at, checks, changes, error, hint,
        EXISTS (SELECT 1 FROM captures WHERE captures.sha256 = sources.sha256)";
/// What an extraction was made of, which only those ask who read captures.
const EXTRACTED: &str = "(SELECT sha256 FROM extractions WHERE extractions.source = sources.key)";

fn source(row: &SqliteRow) -> Source {
    Source {
        key: row.get(0),
        kind: Kind::of(row.get(1)),
        state: State::of(row.get(2)),
        sha256: row.get(3),
        url: row.get(4),
        head: row.get(5),
        fetched_at: row.get(6),
        checked_at: row.get(7),
        due_at: row.get(8),
        checks: row.get(9),
        changes: row.get(10),
        error: row.get(11),
        hint: row.get(12),
        captured: row.get(13),
        extracted: row.get(14),
    }
}

/// An answer without content keeps what the last one with content left. (`WHERE true` keeps `ON` from being read as a join's.)
const ANSWERS: &str = "
    INSERT INTO sources (key, kind, state, sha256, url, head, fetched_at, checked_at, due_at, error, hint)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, iif(value ->> 3 IS NULL, NULL, value ->> 6),
        value ->> 6, value ->> 7, value ->> 8, value ->> 9
    FROM json_each(?) WHERE true
    ON CONFLICT DO UPDATE SET
        kind = excluded.kind, state = excluded.state, due_at = excluded.due_at, error = excluded.error, hint = excluded.hint,
        checked_at = excluded.checked_at, checks = checks + 1,
        changes = changes + (excluded.sha256 IS NOT NULL AND sources.sha256 IS NOT NULL AND excluded.sha256 <> sources.sha256),
        sha256 = coalesce(excluded.sha256, sources.sha256), url = coalesce(excluded.url, sources.url),
        head = coalesce(excluded.head, sources.head), fetched_at = coalesce(excluded.fetched_at, sources.fetched_at)";

impl Batch<'_> {
    /// Enters how attempts to read sources ended, in their order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn answers(&mut self, answers: &[Answer]) -> Result<(), StoreError> {
        let row = |a: &Answer| json!([a.key, a.kind.name(), a.state.name(), a.sha256, a.url, a.head, a.at, a.due_at, a.error, a.hint]);
        let rows: Vec<Value> = answers.iter().map(row).collect();
        self.run(sqlx::query(ANSWERS).bind(Value::from(rows).to_string())).await.map(drop)
    }
}

impl Store {
    /// A source.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn source(&self, key: &str) -> Result<Option<Source>, StoreError> {
        let query = sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS}, {EXTRACTED} FROM sources WHERE key = ?"))).bind(key.to_owned());
        let row = query.fetch_optional(self.pool()).await.map_err(|e| self.error(e))?;
        Ok(row.as_ref().map(source))
    }

    /// Up to `limit` sources behind `after` in the order of their keys; with `due`, those only that are to be asked by then,
    /// without [`Source::extracted`].
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sources(&self, after: &str, due: Option<i64>, limit: u32) -> Result<Vec<Source>, StoreError> {
        let extracted = if due.is_some() { "NULL" } else { EXTRACTED };
        let sql = format!("{COLUMNS}, {extracted} FROM sources WHERE key > ? AND (?2 IS NULL OR due_at <= ?2) ORDER BY key LIMIT ?3");
        self.many(sqlx::query(sqlx::AssertSqlSafe(sql)).bind(after.to_owned()).bind(due).bind(limit)).await
    }

    /// The sources that failed the last time, in the order of their keys.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn failed(&self) -> Result<Vec<Source>, StoreError> {
        let sql = format!("{COLUMNS}, NULL FROM sources WHERE state = 'failed' ORDER BY key");
        self.many(sqlx::query(sqlx::AssertSqlSafe(sql))).await
    }

    async fn many(&self, query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>) -> Result<Vec<Source>, StoreError> {
        let rows = query.fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
        Ok(rows.iter().map(source).collect())
    }

    /// How many sources are in which state at a time (Unix seconds).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn counts(&self, now: i64) -> Result<Counts, StoreError> {
        let sql = "SELECT
            (SELECT count(*) FROM sources WHERE state = 'done'), (SELECT count(*) FROM sources WHERE state = 'failed'),
            (SELECT count(*) FROM sources WHERE state = 'gone'), (SELECT count(*) FROM sources WHERE due_at <= ? AND kind <> 'file'),
            (SELECT count(*) FROM extractions WHERE is_recap), (SELECT count(*) FROM extractions WHERE stale IS NOT NULL),
            (SELECT count(*) FROM extractions WHERE dirty)";
        let row = sqlx::query(sql).bind(now).fetch_one(self.pool()).await.map_err(|e| self.error(e))?;
        let [done, failed, gone, due, write_ups, stale, unmerged] = std::array::from_fn(|i| row.get::<i64, _>(i).unsigned_abs());
        Ok(Counts { done, failed, gone, due, write_ups, stale, unmerged })
    }

    /// Enters that a command begins; gives the run's number.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_run(&self, command: &str, now: i64) -> Result<i64, StoreError> {
        let query = sqlx::query("INSERT INTO runs (command, started) VALUES (?, ?)").bind(command.to_owned()).bind(now);
        Ok(query.execute(self.pool()).await.map_err(|e| self.error(e))?.last_insert_rowid())
    }

    /// Enters that it ended; `summary` is JSON.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_run(&self, run: i64, summary: String, now: i64) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE runs SET ended = ?, summary = ? WHERE id = ?").bind(now).bind(summary).bind(run);
        query.execute(self.pool()).await.map_err(|e| self.error(e)).map(drop)
    }

    /// The last run: command, begin, end (Unix seconds; none: it did not come to its end) and summary.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn last_run(&self) -> Result<Option<(String, i64, Option<i64>, Option<String>)>, StoreError> {
        let query = sqlx::query("SELECT command, started, ended, summary FROM runs ORDER BY id DESC LIMIT 1");
        let row = query.fetch_optional(self.pool()).await.map_err(|e| self.error(e))?;
        Ok(row.map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))))
    }
}
