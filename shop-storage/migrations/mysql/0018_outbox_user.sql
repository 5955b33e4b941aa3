-- Whose the message is (NULL: nobody's). No reference, for a message may outlive its account.
ALTER TABLE outbox
    ADD COLUMN user_id BINARY(16),
    ADD KEY outbox_user (user_id, created_at, id);
