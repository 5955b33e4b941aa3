-- Whose the message is (NULL: nobody's). No reference, for a message may outlive its account.
ALTER TABLE outbox ADD COLUMN user_id BLOB;

CREATE INDEX outbox_user ON outbox (user_id, created_at, id);
