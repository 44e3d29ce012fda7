-- Raw bytes as they came, content-addressed, zstd.
CREATE TABLE captures (
    sha256 TEXT NOT NULL PRIMARY KEY,
    bytes  INTEGER NOT NULL,
    body   BLOB NOT NULL
);

-- The journal: one row a source. What is outstanding follows from it.
CREATE TABLE sources (
    key        TEXT NOT NULL PRIMARY KEY,   -- path as the user named it, or address
    kind       TEXT NOT NULL,               -- file | url
    state      TEXT NOT NULL,               -- done | failed | gone
    sha256     TEXT,                        -- the newest capture
    url        TEXT,                        -- address that answered in the end
    head       TEXT,                        -- JSON: status and headers of the newest answer
    fetched_at INTEGER,                     -- Unix seconds of the newest answer with content
    checked_at INTEGER,                     -- Unix seconds of the newest answer of any sort
    due_at     INTEGER,                     -- Unix seconds; null: never
    checks     INTEGER NOT NULL DEFAULT 0,  -- answers since the first one
    changes    INTEGER NOT NULL DEFAULT 0,  -- of them with other content
    error      TEXT,
    hint       TEXT
) WITHOUT ROWID;
CREATE INDEX sources_due ON sources (due_at);

-- What the newest good capture of a source gave.
CREATE TABLE extractions (
    source    TEXT NOT NULL PRIMARY KEY,
    sha256    TEXT NOT NULL,                -- the capture it was made of
    engine    TEXT NOT NULL,                -- program and rules that made it
    is_recap  INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    talks     INTEGER NOT NULL,
    fired     TEXT NOT NULL,                -- JSON: ids of the rules that had a say
    digest    TEXT NOT NULL,                -- SHA-256 of the recap's JSON
    recap     BLOB NOT NULL,                -- its JSON, zstd; empty where it is no recap
    stale     TEXT,                         -- why the source no longer says it
    component TEXT,                         -- what it was merged with: the first source of all
    dirty     INTEGER NOT NULL              -- 1: recaps must be made again
);
CREATE INDEX extractions_dirty ON extractions (source) WHERE dirty = 1;
CREATE INDEX extractions_component ON extractions (component);

-- What may join an extraction with others; those that share a key are merged together.
CREATE TABLE join_keys (
    source TEXT NOT NULL,
    key    TEXT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;

-- The merged recaps. Their JSON is in `path`.
CREATE TABLE recaps (
    id        TEXT NOT NULL PRIMARY KEY,
    component TEXT NOT NULL,
    path      TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    name      TEXT,
    start     TEXT,
    talks     INTEGER NOT NULL,
    people    INTEGER NOT NULL,
    sources   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX recaps_component ON recaps (component);

-- Files that may exist below `recaps/`, entered before they are written.
CREATE TABLE files (path TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;

-- Former ids.
CREATE TABLE redirects (old TEXT NOT NULL PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE runs (
    id      INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended   INTEGER,
    summary TEXT
);
