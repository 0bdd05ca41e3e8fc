-- Times are milliseconds since 1970 (UTC); identifiers are the 16 bytes of a UUID; words are the
-- snake_case words of the rules. A migration that has been released is never edited.

CREATE TABLE organizations (
    id                         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name                       TEXT    NOT NULL,
    name_key                   TEXT    NOT NULL UNIQUE,
    created_at                 INTEGER NOT NULL,
    browser_lifetimes          TEXT,
    desktop_lifetimes          TEXT,
    sign_out_ends_all_browsers INTEGER NOT NULL CHECK (sign_out_ends_all_browsers IN (0, 1))
) STRICT;

CREATE TABLE users (
    id              BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    organization_id BLOB    NOT NULL REFERENCES organizations (id),
    email           TEXT    NOT NULL,
    email_key       TEXT    NOT NULL UNIQUE CHECK (email_key <> ''),
    name            TEXT    NOT NULL,
    role            TEXT    NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
    status          TEXT    NOT NULL CHECK (status IN ('active', 'disabled')),
    created_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX users_of_organization ON users (organization_id, name);

CREATE TABLE passwords (
    user_id    BLOB    NOT NULL PRIMARY KEY REFERENCES users (id),
    hash       TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A renewal writes generation, last_used_at, address and place: no index may name them.
-- `review_at` is a lower bound: no lifetime and no notice of a live session is over before it.
CREATE TABLE sessions (
    id               BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    user_id          BLOB    NOT NULL REFERENCES users (id),
    organization_id  BLOB    NOT NULL REFERENCES organizations (id),
    kind             TEXT    NOT NULL CHECK (kind IN ('browser', 'desktop')),
    browser_id       BLOB    CHECK (browser_id IS NULL OR length(browser_id) = 16),
    methods          TEXT    NOT NULL,
    authenticated_at INTEGER NOT NULL,
    started_at       INTEGER NOT NULL,
    last_used_at     INTEGER NOT NULL,
    generation       INTEGER NOT NULL,
    ended_at         INTEGER,
    end_reason       TEXT,
    due_at           INTEGER,
    due_reason       TEXT,
    review_at        INTEGER NOT NULL,
    device_name      TEXT    NOT NULL,
    device_platform  TEXT    NOT NULL,
    device_agent     TEXT    NOT NULL,
    address          TEXT    NOT NULL,
    place            TEXT,
    client_id        TEXT,
    key_thumbprint   TEXT,
    CHECK (kind = 'browser' OR browser_id IS NULL),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CHECK ((due_at IS NULL) = (due_reason IS NULL))
) STRICT;

CREATE INDEX sessions_live_of_user ON sessions (user_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_live_in_organization ON sessions (organization_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_to_review ON sessions (review_at) WHERE ended_at IS NULL;

-- The rules say it and the queries say it; here the database itself says it too.
CREATE TRIGGER sessions_end_is_final
BEFORE UPDATE OF ended_at, end_reason ON sessions
WHEN OLD.ended_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'the end of a session is final');
END;

-- AUTOINCREMENT: a sequence number is never given out twice, also after pruning.
CREATE TABLE events (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    BLOB    NOT NULL,
    session_id BLOB    NOT NULL,
    kind       TEXT    NOT NULL,
    what       TEXT    NOT NULL CHECK (what IN ('started', 'ended')),
    reason     TEXT,
    at         INTEGER NOT NULL,
    surface    TEXT,
    device     TEXT    NOT NULL,
    CHECK ((what = 'ended') = (reason IS NOT NULL))
) STRICT;

CREATE INDEX events_of_user ON events (user_id, sequence);

CREATE TABLE audit (
    number          INTEGER PRIMARY KEY,
    at              INTEGER NOT NULL,
    actor           TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    organization_id BLOB,
    subject_id      BLOB,
    session_id      BLOB,
    surface         TEXT,
    address         TEXT,
    reason          TEXT
) STRICT;

CREATE INDEX audit_of_organization ON audit (organization_id, number);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TABLE single_use (
    purpose    TEXT    NOT NULL,
    digest     BLOB    NOT NULL CHECK (length(digest) = 32),
    payload    TEXT    NOT NULL,
    expires_at INTEGER NOT NULL,
    used       INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),
    PRIMARY KEY (purpose, digest)
) STRICT;

CREATE INDEX single_use_over ON single_use (expires_at);
