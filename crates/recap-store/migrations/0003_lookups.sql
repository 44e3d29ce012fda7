-- Addresses in a source's recap of which a service may know more.
CREATE TABLE wanted (
    source TEXT NOT NULL,
    url    TEXT NOT NULL,
    kind   TEXT NOT NULL,                   -- post | slides | video | link
    told   INTEGER NOT NULL,                -- 1: the source itself quotes it in full
    PRIMARY KEY (source, url)
) WITHOUT ROWID;
CREATE INDEX wanted_url ON wanted (url);

-- What services answered.
CREATE TABLE lookups (
    url        TEXT NOT NULL PRIMARY KEY,
    state      TEXT NOT NULL,               -- done | failed | gone
    endpoint   TEXT NOT NULL,               -- the address that was asked
    provider   TEXT NOT NULL,               -- whose rules it was asked by
    leads_to   TEXT,                        -- where a shortened address leads to
    answer     BLOB,                        -- the newest good answer, zstd
    checked_at INTEGER NOT NULL,            -- Unix seconds
    due_at     INTEGER NOT NULL,            -- Unix seconds
    error      TEXT
) WITHOUT ROWID;
