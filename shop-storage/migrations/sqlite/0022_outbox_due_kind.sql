-- The kind as well: a relay passes over mails that only a newer program knows, without a look at the wide rows.
CREATE INDEX outbox_due_kind ON outbox (state, due_at, created_at, id, kind);

DROP INDEX outbox_due;
