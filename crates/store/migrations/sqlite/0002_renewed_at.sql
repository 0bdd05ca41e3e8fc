-- When the newest refresh token was given out. NULL: before this was kept, or with the session.
ALTER TABLE sessions ADD COLUMN renewed_at INTEGER;
