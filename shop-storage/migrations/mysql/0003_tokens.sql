CREATE TABLE tokens (
    hash BINARY(32) NOT NULL,
    purpose VARBINARY(32) NOT NULL,
    user_id BINARY(16) NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (hash),
    KEY tokens_user (user_id, purpose),
    CONSTRAINT tokens_of_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
