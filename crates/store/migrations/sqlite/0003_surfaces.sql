-- Surfaces, calls, teams, registered clients and what they are told of ends.

ALTER TABLE organizations ADD COLUMN crm_mismatch TEXT NOT NULL DEFAULT 'warn'
    CHECK (crm_mismatch IN ('warn', 'block'));

-- An end that is certain (`due_at`, `due_reason`) may wait for a call; who wanted it is told then.
ALTER TABLE sessions ADD COLUMN due_after_call INTEGER NOT NULL DEFAULT 0
    CHECK (due_after_call IN (0, 1));
ALTER TABLE sessions ADD COLUMN due_actor TEXT;
ALTER TABLE sessions ADD COLUMN due_surface TEXT;

-- One row for each call that a page reports; it goes with the call, or with its session's end.
CREATE TABLE calls (
    session_id BLOB    NOT NULL REFERENCES sessions (id),
    call_id    BLOB    NOT NULL CHECK (length(call_id) = 16),
    surface    TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    PRIMARY KEY (session_id, call_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX calls_by_last_report ON calls (seen_at);

CREATE TABLE availability (
    user_id    BLOB    NOT NULL PRIMARY KEY REFERENCES users (id),
    state      TEXT    NOT NULL CHECK (state IN ('available', 'busy', 'away')),
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE teams (
    id              BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    organization_id BLOB    NOT NULL REFERENCES organizations (id),
    name            TEXT    NOT NULL,
    name_key        TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    UNIQUE (organization_id, name_key)
) STRICT;

-- A person is in one team at most, and may lead any number.
CREATE TABLE team_members (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    team_id BLOB NOT NULL REFERENCES teams (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX members_of_team ON team_members (team_id);

CREATE TABLE team_leaders (
    user_id BLOB NOT NULL REFERENCES users (id),
    team_id BLOB NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, team_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX leaders_of_team ON team_leaders (team_id);

-- Which pages may frame the widget, in the order in which an admin wrote them.
CREATE TABLE crm_origins (
    organization_id BLOB    NOT NULL REFERENCES organizations (id),
    crm             TEXT    NOT NULL CHECK (crm IN ('hubspot', 'zendesk', 'salesforce')),
    place           INTEGER NOT NULL,
    origin          TEXT    NOT NULL,
    PRIMARY KEY (organization_id, crm, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE clients (
    id              TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
    organization_id BLOB    NOT NULL REFERENCES organizations (id),
    settings        TEXT    NOT NULL,
    secret_digest   BLOB    CHECK (secret_digest IS NULL OR length(secret_digest) = 32),
    created_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX clients_of_organization ON clients (organization_id);

-- Rises with every change to a client, so that every process notices.
CREATE TABLE clients_revision (
    only_one INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    number   INTEGER NOT NULL
) STRICT;

INSERT INTO clients_revision VALUES (1, 1);

CREATE TRIGGER clients_added AFTER INSERT ON clients
BEGIN
    UPDATE clients_revision SET number = number + 1;
END;

CREATE TRIGGER clients_changed AFTER UPDATE ON clients
BEGIN
    UPDATE clients_revision SET number = number + 1;
END;

CREATE TRIGGER clients_removed AFTER DELETE ON clients
BEGIN
    UPDATE clients_revision SET number = number + 1;
END;

-- Which clients a browser session was used at: who has to be told of its end.
CREATE TABLE client_logins (
    session_id BLOB    NOT NULL REFERENCES sessions (id),
    client_id  TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (session_id, client_id)
) STRICT, WITHOUT ROWID;

-- The outbox of OpenID Connect Back-Channel Logout 1.0: written with the end, removed when the
-- client has said that it knows.
CREATE TABLE logout_deliveries (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id   TEXT    NOT NULL,
    user_id     BLOB    NOT NULL,
    session_id  BLOB    NOT NULL,
    ended_at    INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER,
    last_error  TEXT,
    UNIQUE (client_id, session_id)
) STRICT;

-- NULL: given up; kept for a while, so that an admin sees it.
CREATE INDEX deliveries_to_try ON logout_deliveries (next_try_at) WHERE next_try_at IS NOT NULL;

CREATE INDEX audit_by_time ON audit (organization_id, at);
