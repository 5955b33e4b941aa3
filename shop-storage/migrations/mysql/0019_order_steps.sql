-- What has happened to an order since it was placed.
CREATE TABLE order_steps (
    order_id BINARY(16) NOT NULL,
    position BIGINT NOT NULL,
    state VARBINARY(16) NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (order_id, position),
    CONSTRAINT order_steps_of_order FOREIGN KEY (order_id) REFERENCES orders (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
