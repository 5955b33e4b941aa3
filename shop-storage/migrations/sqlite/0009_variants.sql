CREATE TABLE variants (
    sku TEXT NOT NULL PRIMARY KEY,
    product_id BLOB NOT NULL REFERENCES products (id),
    position INTEGER NOT NULL,
    choices TEXT NOT NULL,
    price INTEGER NOT NULL,
    currency TEXT NOT NULL,
    weight_grams INTEGER,
    -- NULL: not counted.
    stock INTEGER CHECK (stock >= 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX variants_product ON variants (product_id, position);
