CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    mail TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- When it may be claimed. A claim moves it to the end of its lease.
    due_at INTEGER NOT NULL,
    lease BLOB,
    sent_at INTEGER,
    last_error TEXT
) STRICT;

CREATE INDEX outbox_due ON outbox (state, due_at, created_at, id);
