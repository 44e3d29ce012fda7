//! What captures gave.

use serde::Serialize;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{Batch, Store, StoreError, Wanted, captures};

/// Recaps above this many bytes of JSON are taken for damage.
const LARGEST_RECAP: usize = 1 << 30;

/// What a capture gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The source's key.
    pub source: String,
    /// The capture it was made of.
    pub sha256: String,
    /// The program and the rules that made it.
    pub engine: String,
    /// Whether it is a write-up at all.
    pub is_recap: bool,
    /// Why.
    pub reason: String,
    /// How many talks it tells of.
    pub talks: usize,
    /// Ids of the rules that had a say, sorted.
    pub fired: Vec<String>,
    /// SHA-256 of the recap's JSON.
    pub digest: String,
    /// Its JSON, packed; empty where it is no recap.
    pub recap: Vec<u8>,
    /// What may join it with others.
    pub keys: Vec<String>,
    /// Its addresses of which a service may know more.
    pub wanted: Vec<Wanted>,
}

/// What is stored of an extraction beside its recap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previous {
    /// The capture it was made of.
    pub sha256: String,
    /// The program and the rules that made it.
    pub engine: String,
    /// Whether it is a write-up at all.
    pub is_recap: bool,
    /// How many talks it tells of.
    pub talks: usize,
    /// Ids of the rules that had a say.
    pub fired: Vec<String>,
    /// SHA-256 of the recap's JSON.
    pub digest: String,
    /// Why the source no longer says it, if so.
    pub stale: Option<String>,
    /// Whether the capture is here still.
    pub captured: bool,
}

/// An extraction to be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The source's key.
    pub source: String,
    /// The recap's JSON.
    pub recap: Vec<u8>,
    /// Why the source no longer says it, if so.
    pub stale: Option<String>,
}

/// All at once: to wake the database's thread for each of these takes longer than most of them.
const PUT: &str = "
    UPDATE extractions SET dirty = 1 WHERE component = (SELECT component FROM extractions WHERE source = ?);
    INSERT INTO extractions (source, sha256, engine, is_recap, reason, talks, fired, digest, dirty)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
    ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, engine = excluded.engine, is_recap = excluded.is_recap, reason = excluded.reason,
        talks = excluded.talks, fired = excluded.fired, digest = excluded.digest, stale = NULL, dirty = 1;
    INSERT OR REPLACE INTO members (source, recap) VALUES (?, ?);
    DELETE FROM join_keys WHERE source = ?;
    INSERT OR IGNORE INTO join_keys (source, key) SELECT ?, value FROM json_each(?);
    DELETE FROM wanted WHERE source = ?;
    INSERT OR IGNORE INTO wanted (source, url, kind, told)
    SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)";

impl Batch<'_> {
    /// Stores what a capture gave. It and all that it was merged with are to be merged again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_extraction(&mut self, extracted: Extracted) -> Result<(), StoreError> {
        let Extracted { source, sha256, engine, is_recap, reason, talks, fired, digest, recap, keys, wanted } = extracted;
        let wanted: Vec<_> = wanted.iter().map(|w| (&w.url, &w.kind, w.told)).collect();
        // Of texts alone, so it cannot fail.
        let (fired, keys) = (serde_json::to_string(&fired).unwrap_or_default(), serde_json::to_string(&keys).unwrap_or_default());
        let wanted = serde_json::to_string(&wanted).unwrap_or_default();
        let query = sqlx::query(PUT).bind(source.clone());
        let query = query.bind(source.clone()).bind(sha256).bind(engine).bind(is_recap).bind(reason).bind(talks as i64);
        let query = query.bind(fired).bind(digest).bind(source.clone()).bind(recap);
        let query = query.bind(source.clone()).bind(source.clone()).bind(keys);
        self.run(query.bind(source.clone()).bind(source).bind(wanted)).await.map(drop)
    }

    /// Enters that an extraction is what these rules give, too, of a capture with other bytes perhaps.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn confirm(&mut self, source: &str, sha256: &str, engine: &str) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE extractions SET sha256 = ?, engine = ? WHERE source = ?");
        self.run(query.bind(sha256.to_owned()).bind(engine.to_owned()).bind(source.to_owned())).await.map(drop)
    }

    /// Marks an extraction whose source no longer says it (`None`: says it again).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mark_stale(&mut self, source: &str, why: Option<&str>) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE extractions SET stale = ?1, dirty = 1 WHERE source = ?2 AND stale IS NOT ?1");
        let done = self.run(query.bind(why.map(str::to_owned)).bind(source.to_owned())).await?;
        if done.rows_affected() > 0 { self.dirty(source).await } else { Ok(()) }
    }

    async fn dirty(&mut self, source: &str) -> Result<(), StoreError> {
        let sql = "UPDATE extractions SET dirty = 1 WHERE component = (SELECT component FROM extractions WHERE source = ?)";
        self.run(sqlx::query(sql).bind(source.to_owned())).await.map(drop)
    }
}

impl Store {
    /// Heeds what people decided: where that is something else than the last time, all extractions are to be merged again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn heed(&self, decisions: &str) -> Result<(), StoreError> {
        // The number that SQLite keeps for a program's own use is enough to tell one state of decisions from another.
        let digest = captures::sha256(decisions.as_bytes());
        let now = i64::from_str_radix(&digest[..7], 16).unwrap_or(0);
        let row = sqlx::query("PRAGMA user_version").fetch_one(self.pool()).await.map_err(|e| self.error(e))?;
        if row.get::<i64, _>(0) == now {
            return Ok(());
        }
        let mut batch = self.begin().await?;
        batch.run(sqlx::query("UPDATE extractions SET dirty = 1")).await?;
        batch.run(sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA user_version = {now}")))).await?;
        batch.commit().await
    }

    /// What is stored of a source's extraction.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn previous(&self, source: &str) -> Result<Option<Previous>, StoreError> {
        let sql = "SELECT sha256, engine, is_recap, talks, fired, digest, stale,
                EXISTS (SELECT 1 FROM captures WHERE captures.sha256 = extractions.sha256)
            FROM extractions WHERE source = ?";
        let row = sqlx::query(sql).bind(source.to_owned()).fetch_optional(self.pool()).await.map_err(|e| self.error(e))?;
        Ok(row.map(|row| Previous {
            sha256: row.get(0),
            engine: row.get(1),
            is_recap: row.get(2),
            talks: usize::try_from(row.get::<i64, _>(3)).unwrap_or(0),
            fired: serde_json::from_str(row.get(4)).unwrap_or_default(),
            digest: row.get(5),
            stale: row.get(6),
            captured: row.get(7),
        }))
    }

    /// The recap that a source gave, and whether it is stale; none where it gave none.
    ///
    /// # Errors
    /// Those of the database, and a recap that is damaged.
    pub async fn member(&self, source: &str) -> Result<Option<Member>, StoreError> {
        Ok(self.members(&[source]).await?.pop())
    }

    /// The same of several sources, in their order.
    ///
    /// # Errors
    /// Those of the database, and a recap that is damaged.
    pub async fn members(&self, sources: &[impl Serialize]) -> Result<Vec<Member>, StoreError> {
        let sql =
            "SELECT source, recap, stale FROM json_each(?) AS wanted JOIN extractions ON source = wanted.value JOIN members USING (source)
            WHERE is_recap ORDER BY wanted.id";
        let query = sqlx::query(sql).bind(serde_json::to_string(sources).unwrap_or_default());
        let rows = query.fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
        rows.iter().map(member).collect()
    }
}

fn member(row: &SqliteRow) -> Result<Member, StoreError> {
    let (source, packed): (String, &[u8]) = (row.get(0), row.get(1));
    let limit = packed.len().saturating_mul(1000).clamp(1 << 20, LARGEST_RECAP);
    let recap = captures::unpack(packed, limit, &source)?;
    Ok(Member { source, recap, stale: row.get(2) })
}
