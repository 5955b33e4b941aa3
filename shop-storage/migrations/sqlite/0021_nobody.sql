-- Nobody: whose the orders are when their account is deleted. They have to be somebody's (orders.owner_id),
-- and SQLite cannot take that rule away without building the table anew. No account is like this row: its id
-- is all zeros, and no address has an empty key. Programs never read it as an account, and read an order of
-- nobody's as one without owner. An order whose delivery was forgotten has '' as recipient and address.
INSERT INTO users
    (id, email, email_key, last_name, first_name, address, password_hash, language, state,
     created_at, version)
VALUES
    (X'00000000000000000000000000000000', '', '', '', '', '', '', 'en', 'nobody', 0, 0);
