-- What search looks into: name and description in lower case without marks, a row a language, and one row with the language ''
-- for all languages that the product has no text in. Binary, so that INSTR compares bytes.
CREATE TABLE product_texts (
    product_id BINARY(16) NOT NULL,
    language VARBINARY(2) NOT NULL,
    folded MEDIUMBLOB NOT NULL,
    PRIMARY KEY (product_id, language),
    CONSTRAINT product_texts_of_product FOREIGN KEY (product_id) REFERENCES products (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
