-- NULL: sent by a program of the release before, which means to the address that the account has.
ALTER TABLE tokens ADD COLUMN email TEXT;

CREATE INDEX tokens_expiry ON tokens (expires_at);
