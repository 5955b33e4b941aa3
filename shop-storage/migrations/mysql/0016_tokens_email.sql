-- NULL: sent by a program of the release before, which means to the address that the account has.
ALTER TABLE tokens
    ADD COLUMN email VARCHAR(254),
    ADD KEY tokens_expiry (expires_at);
