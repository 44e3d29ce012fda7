-- Recaps apart from what is known of them: to mark an extraction, or to look for marked ones, moves no blob.
CREATE TABLE members (
    source TEXT NOT NULL PRIMARY KEY,
    recap  BLOB NOT NULL                    -- its JSON, zstd; empty where it is no recap
);
INSERT INTO members (source, recap) SELECT source, recap FROM extractions;
ALTER TABLE extractions DROP COLUMN recap;
CREATE INDEX recaps_path ON recaps (path);
