ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';

CREATE INDEX sessions_seen ON sessions (last_seen_at);
CREATE INDEX sessions_begun ON sessions (created_at);
