//! What services answered about addresses, and which addresses a recap has.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{Batch, State, Store, StoreError, captures};

/// An answer above this many bytes is taken for damage.
const LARGEST_ANSWER: usize = 64 << 20;

/// An address in a source's recap of which a service may know more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// The address, as the recap has it.
    pub url: String,
    /// `post`, `slides`, `video` or `link`.
    pub kind: String,
    /// Whether the source itself quotes it in full.
    pub told: bool,
}

/// What a service answered about an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The address, as recaps have it.
    pub url: String,
    /// How it ended.
    pub state: State,
    /// The address that was asked.
    pub endpoint: String,
    /// Whose rules it was asked by.
    pub provider: String,
    /// Where a shortened address leads to.
    pub leads_to: Option<String>,
    /// The newest good answer.
    pub answer: Option<Vec<u8>>,
    /// Unix seconds of the answer.
    pub at: i64,
    /// Unix seconds from which it is to be asked again.
    pub due_at: i64,
    /// What went wrong.
    pub error: Option<String>,
}

const PUT: &str = "
    INSERT INTO lookups (url, state, endpoint, provider, leads_to, answer, checked_at, due_at, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET state = excluded.state, endpoint = excluded.endpoint, provider = excluded.provider,
        leads_to = coalesce(excluded.leads_to, leads_to), answer = coalesce(excluded.answer, answer), checked_at = excluded.checked_at,
        due_at = excluded.due_at, error = excluded.error";

/// Extractions that have an address, and all that they were merged with.
const DIRTY: &str = "
    UPDATE extractions SET dirty = 1 WHERE source IN (SELECT source FROM wanted WHERE url = ?1)
        OR component IN (SELECT component FROM extractions JOIN wanted USING (source) WHERE wanted.url = ?1)";

const DUE: &str = "
    SELECT wanted.url, min(kind), min(told) FROM wanted LEFT JOIN lookups USING (url)
    WHERE wanted.url > ? AND (due_at IS NULL OR due_at <= ?) GROUP BY wanted.url HAVING min(told) = 0 OR ? ORDER BY wanted.url LIMIT ?";

const OF: &str = "
    SELECT url, state, endpoint, provider, leads_to, answer, checked_at, due_at, error FROM lookups
    WHERE url IN (SELECT url FROM wanted WHERE source IN (SELECT value FROM json_each(?))) ORDER BY url";

impl Batch<'_> {
    /// Stores what a service answered. Recaps with the address are to be made again where it says something else than before.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_lookup(&mut self, lookup: Lookup) -> Result<(), StoreError> {
        let before = self.store().lookup(&lookup.url).await?;
        let says = |l: &Lookup| (l.state == State::Gone, l.leads_to.clone(), l.answer.clone());
        // A failure says nothing: what was answered before stays.
        let changed = lookup.state != State::Failed && before.as_ref().map(says) != Some(says(&lookup));
        let Lookup { url, state, endpoint, provider, leads_to, answer, at, due_at, error } = lookup;
        let state = if state == State::Failed { before.map_or(state, |b| b.state) } else { state };
        let query = sqlx::query(PUT).bind(url.clone()).bind(state.name()).bind(endpoint).bind(provider).bind(leads_to);
        self.run(query.bind(answer.map(|a| captures::pack(&a))).bind(at).bind(due_at).bind(error)).await?;
        if changed { self.run(sqlx::query(DIRTY).bind(url)).await.map(drop) } else { Ok(()) }
    }
}

impl Store {
    /// Addresses behind `after` that are to be looked up by now, at most `most`, in order; with `all` also those that a
    /// source quotes in full.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn due_lookups(&self, after: &str, now: i64, all: bool, most: u32) -> Result<Vec<Wanted>, StoreError> {
        let query = sqlx::query(DUE).bind(after.to_owned()).bind(now).bind(all).bind(most);
        let rows = query.fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
        Ok(rows.iter().map(|row| Wanted { url: row.get(0), kind: row.get(1), told: row.get(2) }).collect())
    }

    /// Whether any service ever answered.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_lookups(&self) -> Result<bool, StoreError> {
        let query = sqlx::query("SELECT 1 FROM lookups LIMIT 1");
        Ok(query.fetch_optional(self.pool()).await.map_err(|e| self.error(e))?.is_some())
    }

    /// What services answered about the addresses in these sources' recaps, in order of the addresses.
    ///
    /// # Errors
    /// Those of the database, and an answer that is damaged.
    pub async fn lookups_of(&self, sources: &[String]) -> Result<Vec<Lookup>, StoreError> {
        let sources = serde_json::to_string(sources).unwrap_or_default();
        let rows = sqlx::query(OF).bind(sources).fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
        rows.iter().map(lookup).collect()
    }

    /// Takes away the answers that `names` picks by what they say, and gives how many went.
    ///
    /// # Errors
    /// Those of the database, and an answer that is damaged.
    pub async fn forget_lookups(&self, names: impl Fn(&str) -> bool) -> Result<u64, StoreError> {
        let sql = "SELECT url, state, endpoint, provider, leads_to, answer, checked_at, due_at, error FROM lookups ORDER BY url";
        let rows = sqlx::query(sql).fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
        let (mut batch, mut gone) = (self.begin().await?, 0);
        for row in &rows {
            let Lookup { url, answer, .. } = lookup(row)?;
            let text = answer.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
            if names(&url) || names(&text) {
                batch.run(sqlx::query("DELETE FROM lookups WHERE url = ?").bind(url)).await?;
                gone += 1;
            }
        }
        batch.commit().await?;
        Ok(gone)
    }

    async fn lookup(&self, url: &str) -> Result<Option<Lookup>, StoreError> {
        let sql = "SELECT url, state, endpoint, provider, leads_to, answer, checked_at, due_at, error FROM lookups WHERE url = ?";
        let row = sqlx::query(sql).bind(url.to_owned()).fetch_optional(self.pool()).await.map_err(|e| self.error(e))?;
        row.as_ref().map(lookup).transpose()
    }
}

fn lookup(row: &SqliteRow) -> Result<Lookup, StoreError> {
    let url: String = row.get("url");
    let answer: Option<Vec<u8>> = row.get("answer");
    Ok(Lookup {
        state: State::of(row.get("state")),
        endpoint: row.get("endpoint"),
        provider: row.get("provider"),
        leads_to: row.get("leads_to"),
        answer: answer.map(|packed| captures::unpack(&packed, LARGEST_ANSWER, &url)).transpose()?,
        at: row.get("checked_at"),
        due_at: row.get("due_at"),
        error: row.get("error"),
        url,
    })
}
