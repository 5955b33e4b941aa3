-- The key is bound before its order is written (so that a second submission stops at once), hence no reference to orders.
CREATE TABLE order_keys (
    owner_id BINARY(16) NOT NULL,
    idempotency_key VARBINARY(64) NOT NULL,
    order_id BINARY(16) NOT NULL,
    PRIMARY KEY (owner_id, idempotency_key),
    CONSTRAINT order_keys_of_user FOREIGN KEY (owner_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
