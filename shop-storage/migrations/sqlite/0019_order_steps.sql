-- What has happened to an order since it was placed.
CREATE TABLE order_steps (
    order_id BLOB NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;
