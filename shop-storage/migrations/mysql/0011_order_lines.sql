-- The SKU is a copy, not a reference: an order stays as it was when its product goes.
CREATE TABLE order_lines (
    order_id BINARY(16) NOT NULL,
    position BIGINT NOT NULL,
    sku VARBINARY(32) NOT NULL,
    name TEXT NOT NULL,
    unit_price BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    total BIGINT NOT NULL,
    currency VARBINARY(3) NOT NULL,
    state VARBINARY(16) NOT NULL,
    PRIMARY KEY (order_id, position),
    CONSTRAINT order_lines_of_order FOREIGN KEY (order_id) REFERENCES orders (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
