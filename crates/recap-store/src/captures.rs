//! Raw bytes, content-addressed and compressed.

use std::cell::RefCell;

use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{compress_bound, get_frame_content_size};

use crate::{Batch, Store, StoreError};

/// Quick, and pages of text shrink to a sixth.
const LEVEL: i32 = 1;

/// How much the captures take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// How many there are.
    pub captures: u64,
    /// Their bytes as they came.
    pub bytes: u64,
    /// Their bytes as they are stored.
    pub stored: u64,
}

/// SHA-256, lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

thread_local! {
    /// Their tables, and room for the worst case, take longer to make than most texts to pack.
    static PACKER: RefCell<(Option<Compressor<'static>>, Vec<u8>)> = RefCell::new((Compressor::new(LEVEL).ok(), Vec::new()));
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = RefCell::new(Decompressor::new().ok());
}

/// Room above this is not kept.
const ROOM: usize = 1 << 20;

/// Compresses bytes for the store.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    PACKER.with_borrow_mut(|(packer, room)| {
        room.clear();
        room.reserve(compress_bound(bytes.len()));
        // Only an allocation can fail; what is empty unpacks to nothing, which a digest then tells from what it should be.
        let done = packer.as_mut().is_some_and(|packer| packer.compress_to_buffer(bytes, room).is_ok());
        let packed = if done { room.as_slice().to_vec() } else { Vec::new() };
        if room.capacity() > ROOM {
            *room = Vec::new();
        }
        packed
    })
}

/// What [`pack`] was given, if it had at most `limit` bytes.
///
/// # Errors
/// Where it is damaged; `name` names it.
pub fn unpack(packed: &[u8], limit: usize, name: &str) -> Result<Vec<u8>, StoreError> {
    // What is asked of the allocator is what there is, not the limit.
    let size = get_frame_content_size(packed).ok().flatten().and_then(|size| usize::try_from(size).ok());
    let limit = size.map_or(limit, |size| size.min(limit));
    let unpacked = UNPACKER.with_borrow_mut(|unpacker| unpacker.as_mut().and_then(|u| u.decompress(packed, limit).ok()));
    unpacked.ok_or_else(|| StoreError::Damaged(name.to_owned()))
}

impl Batch<'_> {
    /// Keeps a capture that [`pack`] made of `bytes` bytes; one that is there already stays.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_capture(&mut self, sha256: &str, bytes: usize, packed: Vec<u8>) -> Result<(), StoreError> {
        let query = sqlx::query("INSERT INTO captures (sha256, bytes, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
        self.run(query.bind(sha256.to_owned()).bind(bytes as i64).bind(packed)).await.map(drop)
    }

    /// Takes a capture away.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn drop_capture(&mut self, sha256: &str) -> Result<(), StoreError> {
        self.run(sqlx::query("DELETE FROM captures WHERE sha256 = ?").bind(sha256.to_owned())).await.map(drop)
    }
}

impl Store {
    /// The bytes of a capture; none where it was pruned.
    ///
    /// # Errors
    /// Those of the database, and a capture that is damaged.
    pub async fn capture(&self, sha: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let query = sqlx::query("SELECT bytes, body FROM captures WHERE sha256 = ?").bind(sha.to_owned());
        let Some(row) = query.fetch_optional(self.pool()).await.map_err(|e| self.error(e))? else { return Ok(None) };
        let (bytes, body): (i64, Vec<u8>) = (row.get(0), row.get(1));
        let bytes = unpack(&body, usize::try_from(bytes).unwrap_or(0), sha)?;
        if sha256(&bytes) == sha { Ok(Some(bytes)) } else { Err(StoreError::Damaged(sha.to_owned())) }
    }

    /// Whether a capture is there.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_capture(&self, sha: &str) -> Result<bool, StoreError> {
        let query = sqlx::query("SELECT 1 FROM captures WHERE sha256 = ?").bind(sha.to_owned());
        Ok(query.fetch_optional(self.pool()).await.map_err(|e| self.error(e))?.is_some())
    }

    /// How much the captures take.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn usage(&self) -> Result<Usage, StoreError> {
        let query = sqlx::query("SELECT count(*), coalesce(sum(bytes), 0), coalesce(sum(length(body)), 0) FROM captures");
        let row = query.fetch_one(self.pool()).await.map_err(|e| self.error(e))?;
        let number = |i: usize| row.get::<i64, _>(i).unsigned_abs();
        Ok(Usage { captures: number(0), bytes: number(1), stored: number(2) })
    }

    /// Takes captures away until the rest takes at most `budget` bytes: first those that no source has as its newest,
    /// then the largest. Sources whose capture is gone are fetched or read again when they are due. Gives what went.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune(&self, budget: u64) -> Result<Usage, StoreError> {
        let before = self.usage().await?;
        let used = "SELECT sha256 FROM sources WHERE sha256 IS NOT NULL UNION SELECT sha256 FROM extractions";
        let query = format!(
            "DELETE FROM captures WHERE sha256 IN (SELECT sha256 FROM (
                SELECT sha256, sum(length(body)) OVER (ORDER BY sha256 NOT IN ({used}), length(body), sha256) AS total FROM captures)
             WHERE total > ?)"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(i64::try_from(budget).unwrap_or(i64::MAX));
        query.execute(self.pool()).await.map_err(|e| self.error(e))?;
        self.vacuum().await?;
        let after = self.usage().await?;
        Ok(Usage { captures: before.captures - after.captures, bytes: before.bytes - after.bytes, stored: before.stored - after.stored })
    }

    /// Gives free space back; what was deleted is then in no file of the database any more.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn vacuum(&self) -> Result<(), StoreError> {
        for sql in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
            sqlx::query(sql).execute(self.pool()).await.map_err(|e| self.error(e))?;
        }
        Ok(())
    }
}
