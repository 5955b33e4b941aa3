-- Tries that are counted, under a hash of who tries what.
CREATE TABLE throttles (
    key_hash BLOB NOT NULL PRIMARY KEY,
    last_at INTEGER NOT NULL,
    forget_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX throttles_forget ON throttles (forget_at);
