CREATE TABLE categories (
    id BINARY(16) NOT NULL,
    slug VARBINARY(100) NOT NULL,
    names TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY categories_slug (slug)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
