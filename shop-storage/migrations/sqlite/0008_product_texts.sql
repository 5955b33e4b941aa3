-- What search looks into: name and description in lower case without marks, a row a language, and one row with the language ''
-- for all languages that the product has no text in.
CREATE TABLE product_texts (
    product_id BLOB NOT NULL REFERENCES products (id),
    language TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (product_id, language)
) STRICT, WITHOUT ROWID;
