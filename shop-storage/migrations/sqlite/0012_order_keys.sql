-- The key is bound before its order is written (so that a second submission stops at once), hence no reference to orders.
CREATE TABLE order_keys (
    owner_id BLOB NOT NULL REFERENCES users (id),
    idempotency_key TEXT NOT NULL,
    order_id BLOB NOT NULL,
    PRIMARY KEY (owner_id, idempotency_key)
) STRICT, WITHOUT ROWID;
