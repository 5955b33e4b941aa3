-- The newest number here is the oldest migration that a program must know to work on this schema.
-- A migration that takes something away adds a row (see NOTES.md). Without a row any program may.
CREATE TABLE schema_floors (
    least BIGINT NOT NULL,
    PRIMARY KEY (least)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
