//! The merged recaps: rows to list them, and their files.

use std::collections::BTreeSet;
use std::fs;

use serde::Serialize;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{Batch, Component, Store, StoreError, files};

/// A merged recap to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What is known of it without reading its file.
    pub entry: Entry,
    /// The file's bytes.
    pub json: Vec<u8>,
}

/// A recap of the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its file, from the workspace's folder.
    pub path: String,
    /// The event's name.
    pub name: Option<String>,
    /// When it began.
    pub start: Option<String>,
    /// How many talks.
    pub talks: usize,
    /// How many people.
    pub people: usize,
    /// How many sources.
    pub sources: usize,
}

fn entry(row: &SqliteRow) -> Entry {
    let number = |column: &str| usize::try_from(row.get::<i64, _>(column)).unwrap_or(0);
    Entry {
        id: row.get("id"),
        path: row.get("path"),
        name: row.get("name"),
        start: row.get("start"),
        talks: number("talks"),
        people: number("people"),
        sources: number("sources"),
    }
}

impl Entry {
    /// Where the recap with this id belongs: `recaps/YYYY/<id>.json`. What an id is never made of is left out of the name.
    pub fn path_of(id: &str, start: Option<&str>) -> String {
        let year = start.and_then(|s| s.get(..4)).filter(|y| y.bytes().all(|b| b.is_ascii_digit())).unwrap_or("undated");
        let name: String = id.chars().filter(|c| !matches!(c, '/' | '\\' | '\0' | ':')).collect();
        format!("recaps/{year}/{}.json", name.trim_start_matches('.'))
    }
}

impl Store {
    /// Writes files of recaps. They are entered first, and taken away by [`Store::sweep`] where no recap is settled in them,
    /// so a run that is killed here leaves nothing behind.
    ///
    /// # Errors
    /// Those of the database and of the files.
    pub async fn write_files(&self, recaps: &[Written]) -> Result<(), StoreError> {
        let paths: Vec<&str> = recaps.iter().map(|r| r.entry.path.as_str()).collect();
        self.enter_files(&paths).await?;
        recaps.iter().try_for_each(|r| files::write(&self.workspace().root().join(&r.entry.path), &r.json).map(|_| ()))
    }

    /// Settles merged components whose files are written: their recaps replace earlier ones, ids that changed become redirects.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn settle(&self, merged: Vec<(Component, Vec<Entry>)>, redirects: &[(String, String)]) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        batch.settle(merged).await?;
        for (old, new) in redirects {
            let sql = "INSERT OR REPLACE INTO redirects (old, new) SELECT ?1, ?2 WHERE ?1 <> ?2 AND ?1 NOT IN (SELECT id FROM recaps)";
            batch.run(sqlx::query(sql).bind(old.clone()).bind(new.clone())).await?;
        }
        batch.commit().await
    }

    async fn enter_files(&self, paths: &[&str]) -> Result<(), StoreError> {
        let paths = serde_json::to_string(paths).unwrap_or_default();
        let query = sqlx::query("INSERT OR IGNORE INTO files (path) SELECT value FROM json_each(?)").bind(paths);
        query.execute(self.pool()).await.map_err(|e| self.error(e)).map(drop)
    }

    /// Takes the files away that no recap is in any more.
    ///
    /// # Errors
    /// Those of the database and of the files.
    pub async fn sweep(&self) -> Result<(), StoreError> {
        let sql = "SELECT path FROM files WHERE NOT EXISTS (SELECT 1 FROM recaps WHERE recaps.path = files.path)";
        let rows = sqlx::query(sql).fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
        for row in &rows {
            let path: &str = row.get(0);
            files::remove(&self.workspace().root().join(path))?;
            let query = sqlx::query("DELETE FROM files WHERE path = ?").bind(path.to_owned());
            query.execute(self.pool()).await.map_err(|e| self.error(e))?;
        }
        Ok(())
    }

    /// All recaps, by date and id; those without a date last.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn recaps(&self) -> Result<Vec<Entry>, StoreError> {
        let sql = "SELECT * FROM recaps ORDER BY start IS NULL, start, id";
        let rows = sqlx::query(sql).fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
        Ok(rows.iter().map(entry).collect())
    }

    /// The recap with an id, or with one that this one replaced.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn recap(&self, id: &str) -> Result<Option<Entry>, StoreError> {
        let sql = "
            WITH RECURSIVE now(id, depth) AS (
                SELECT ?, 0 UNION ALL SELECT redirects.new, depth + 1 FROM now JOIN redirects ON redirects.old = now.id WHERE depth < 100)
            SELECT recaps.* FROM recaps JOIN now ON recaps.id = now.id ORDER BY depth LIMIT 1";
        let row = sqlx::query(sql).bind(id.to_owned()).fetch_optional(self.pool()).await.map_err(|e| self.error(e))?;
        Ok(row.as_ref().map(entry))
    }

    /// The file of a recap.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read_recap(&self, entry: &Entry) -> Result<Vec<u8>, StoreError> {
        let path = self.workspace().root().join(&entry.path);
        fs::read(&path).map_err(|e| StoreError::file(&path, e))
    }

    /// The recaps of components, for comparing.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn recaps_of(&self, components: &BTreeSet<String>) -> Result<Vec<Entry>, StoreError> {
        if components.is_empty() {
            return Ok(Vec::new());
        }
        let components = serde_json::to_string(components).unwrap_or_default();
        let sql = "SELECT * FROM recaps WHERE component IN (SELECT value FROM json_each(?)) ORDER BY id";
        let rows = sqlx::query(sql).bind(components).fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
        Ok(rows.iter().map(entry).collect())
    }
}

/// Takes away what components had.
const CLEAR: &str = "DELETE FROM recaps WHERE component IN (SELECT value FROM json_each(?))";

/// Enters recaps. An id that is in use is no redirect.
const ENTER: &str = "
    INSERT OR REPLACE INTO recaps (component, id, path, name, start, talks, people, sources)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7 FROM json_each(?);
    DELETE FROM redirects WHERE old IN (SELECT value ->> 1 FROM json_each(?))";

/// Notes what extractions were merged with.
const SETTLE: &str =
    "UPDATE extractions SET component = new.value ->> 1, dirty = 0 FROM json_each(?) AS new WHERE source = new.value ->> 0";

/// Rows in one statement: a component may have as many as the workspace.
const ROWS: usize = 500;

impl Batch<'_> {
    /// Replaces what components had.
    async fn settle(&mut self, merged: Vec<(Component, Vec<Entry>)>) -> Result<(), StoreError> {
        let (mut old, mut recaps, mut members) = (BTreeSet::new(), Vec::new(), Vec::new());
        for (component, entries) in merged {
            let Component { sources, replaces, leavers } = component;
            let name = sources.first().cloned().unwrap_or_default();
            old.extend(replaces);
            recaps.extend(entries.into_iter().map(|e| (name.clone(), e.id, e.path, e.name, e.start, e.talks, e.people, e.sources)));
            members.extend(sources.into_iter().map(|source| (source, Some(name.clone()))));
            members.extend(leavers.into_iter().map(|source| (source, None)));
        }
        for old in old.into_iter().collect::<Vec<_>>().chunks(ROWS) {
            self.run(sqlx::query(CLEAR).bind(json(&old))).await?;
        }
        for recaps in recaps.chunks(ROWS) {
            // A parameter belongs to one statement.
            let recaps = json(&recaps);
            self.run(sqlx::query(ENTER).bind(recaps.clone()).bind(recaps)).await?;
        }
        for members in members.chunks(ROWS) {
            self.run(sqlx::query(SETTLE).bind(json(&members))).await?;
        }
        Ok(())
    }
}

/// Rows as JSON. They are of texts and numbers, so it cannot fail.
fn json(rows: &impl Serialize) -> String {
    serde_json::to_string(rows).unwrap_or_default()
}
