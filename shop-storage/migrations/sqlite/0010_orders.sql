CREATE TABLE orders (
    id BLOB NOT NULL,
    number TEXT NOT NULL UNIQUE,
    owner_id BLOB NOT NULL REFERENCES users (id),
    state TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    total INTEGER NOT NULL,
    currency TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX orders_owner ON orders (owner_id, id);
