ALTER TABLE sessions
    ADD COLUMN agent VARCHAR(200) NOT NULL DEFAULT '',
    ADD KEY sessions_seen (last_seen_at),
    ADD KEY sessions_begun (created_at);
