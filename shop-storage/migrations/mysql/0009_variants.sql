CREATE TABLE variants (
    sku VARBINARY(32) NOT NULL,
    product_id BINARY(16) NOT NULL,
    position BIGINT NOT NULL,
    choices MEDIUMTEXT NOT NULL,
    price BIGINT NOT NULL,
    currency VARBINARY(3) NOT NULL,
    weight_grams BIGINT,
    -- NULL: not counted.
    stock BIGINT CHECK (stock >= 0),
    PRIMARY KEY (sku),
    KEY variants_product (product_id, position),
    CONSTRAINT variants_of_product FOREIGN KEY (product_id) REFERENCES products (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
