CREATE TABLE outbox (
    id BINARY(16) NOT NULL,
    recipient VARCHAR(254) NOT NULL,
    name VARCHAR(201) NOT NULL,
    language VARBINARY(2) NOT NULL,
    kind VARBINARY(32) NOT NULL,
    mail MEDIUMTEXT NOT NULL,
    state VARBINARY(16) NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When it may be claimed. A claim moves it to the end of its lease.
    due_at BIGINT NOT NULL,
    lease BINARY(16),
    sent_at BIGINT,
    last_error TEXT,
    PRIMARY KEY (id),
    KEY outbox_due (state, due_at, created_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
