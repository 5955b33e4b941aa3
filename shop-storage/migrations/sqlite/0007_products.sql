-- Rows are wide (texts in every language), so this table keeps its rowid: an index walk that passes over rows does not touch them.
CREATE TABLE products (
    id BLOB NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    category_id BLOB REFERENCES categories (id),
    texts TEXT NOT NULL,
    picture TEXT,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    -- The lowest price of its variants, so that an index can sort by it.
    lowest_price INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

-- One index for each order of a catalog page, with and without a category. The id settles ties, always upwards.
CREATE INDEX products_oldest ON products (active, created_at, id);
CREATE INDEX products_newest ON products (active, created_at DESC, id);
CREATE INDEX products_cheapest ON products (active, lowest_price, id);
CREATE INDEX products_dearest ON products (active, lowest_price DESC, id);
CREATE INDEX products_category_oldest ON products (category_id, active, created_at, id);
CREATE INDEX products_category_newest ON products (category_id, active, created_at DESC, id);
CREATE INDEX products_category_cheapest ON products (category_id, active, lowest_price, id);
CREATE INDEX products_category_dearest ON products (category_id, active, lowest_price DESC, id);
