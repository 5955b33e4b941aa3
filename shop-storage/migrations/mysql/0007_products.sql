CREATE TABLE products (
    id BINARY(16) NOT NULL,
    slug VARBINARY(100) NOT NULL,
    category_id BINARY(16),
    texts MEDIUMTEXT NOT NULL,
    picture VARBINARY(100),
    active TINYINT(1) NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    -- The lowest price of its variants, so that an index can sort by it.
    lowest_price BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY products_slug (slug),
    -- One index for each order of a catalog page, with and without a category. The id settles ties, always upwards.
    KEY products_oldest (active, created_at, id),
    KEY products_newest (active, created_at DESC, id),
    KEY products_cheapest (active, lowest_price, id),
    KEY products_dearest (active, lowest_price DESC, id),
    KEY products_category_oldest (category_id, active, created_at, id),
    KEY products_category_newest (category_id, active, created_at DESC, id),
    KEY products_category_cheapest (category_id, active, lowest_price, id),
    KEY products_category_dearest (category_id, active, lowest_price DESC, id),
    CONSTRAINT products_of_category FOREIGN KEY (category_id) REFERENCES categories (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
