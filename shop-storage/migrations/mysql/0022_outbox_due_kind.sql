-- The kind as well: a relay passes over mails that only a newer program knows, without a look at the wide rows.
ALTER TABLE outbox
    ADD KEY outbox_due_kind (state, due_at, created_at, id, kind),
    DROP KEY outbox_due;
