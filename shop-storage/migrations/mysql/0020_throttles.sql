-- Tries that are counted, under a hash of who tries what.
CREATE TABLE throttles (
    key_hash BINARY(32) NOT NULL,
    last_at BIGINT NOT NULL,
    forget_at BIGINT NOT NULL,
    PRIMARY KEY (key_hash),
    KEY throttles_forget (forget_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
