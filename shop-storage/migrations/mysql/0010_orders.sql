CREATE TABLE orders (
    id BINARY(16) NOT NULL,
    number VARBINARY(9) NOT NULL,
    owner_id BINARY(16) NOT NULL,
    state VARBINARY(16) NOT NULL,
    placed_at BIGINT NOT NULL,
    recipient VARCHAR(201) NOT NULL,
    address VARCHAR(500) NOT NULL,
    language VARBINARY(2) NOT NULL,
    total BIGINT NOT NULL,
    currency VARBINARY(3) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY orders_number (number),
    KEY orders_owner (owner_id, id),
    CONSTRAINT orders_of_user FOREIGN KEY (owner_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
