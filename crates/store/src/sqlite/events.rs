//! Session events. Only starts and ends are kept: they are what a stream resumes for.

use jiff::Timestamp;
use session::{End, SessionEvent, SessionId, Surface, UserId, What};
use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};

use super::value::{enumerated, optional_enumerated, time, to_the_millisecond, word};
use crate::{SessionRecord, StoreError};

/// Stores that a session started.
pub(super) async fn started(
    connection: &mut SqliteConnection,
    record: &SessionRecord,
    surface: Surface,
) -> Result<SessionEvent, StoreError> {
    let at = record.session.started_at;
    insert(connection, record, What::Started, at, Some(surface)).await
}

/// Stores that a session ended.
pub(super) async fn ended(
    connection: &mut SqliteConnection,
    record: &SessionRecord,
    end: End,
    surface: Option<Surface>,
) -> Result<SessionEvent, StoreError> {
    let what = What::Ended { reason: end.reason };
    insert(connection, record, what, end.at, surface).await
}

async fn insert(
    connection: &mut SqliteConnection,
    record: &SessionRecord,
    what: What,
    at: Timestamp,
    surface: Option<Surface>,
) -> Result<SessionEvent, StoreError> {
    let session = &record.session;
    let (name, reason) = match what {
        What::Started => ("started", None),
        What::Renewed => ("renewed", None),
        What::Ended { reason } => ("ended", Some(word(&reason)?)),
    };
    let surface_word = surface.as_ref().map(word).transpose()?;
    let inserted = sqlx::query(
        "INSERT INTO events (user_id, session_id, kind, what, reason, at, surface, device) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(session.user.0)
    .bind(session.id.0)
    .bind(word(&session.kind)?)
    .bind(name)
    .bind(reason)
    .bind(at.as_millisecond())
    .bind(surface_word)
    .bind(&record.device.name)
    .execute(connection)
    .await?;
    Ok(SessionEvent {
        sequence: inserted.last_insert_rowid().cast_unsigned(),
        user: session.user,
        session: session.id,
        kind: session.kind,
        what,
        at: to_the_millisecond(at),
        surface,
        device: record.device.name.clone(),
    })
}

/// A user's events after `sequence`, unless some after it are gone, or it was never given out (a
/// database restored from a backup).
pub(super) async fn after(
    pool: &SqlitePool,
    user: UserId,
    sequence: u64,
    limit: u32,
) -> Result<Option<Vec<SessionEvent>>, StoreError> {
    let from = i64::try_from(sequence).unwrap_or(i64::MAX);
    let rows = sqlx::query(
        "SELECT * FROM events WHERE user_id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
    )
    .bind(user.0)
    .bind(from)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    // Read after the rows: what is pruned in between is then missed by nobody.
    let (floor, last) = bounds(pool).await?;
    if sequence < floor || sequence > last {
        return Ok(None);
    }
    let events: Result<_, _> = rows.iter().map(event).collect();
    events.map(Some)
}

/// The event that told of a session's end. The newest come first: whoever asks was signed out
/// lately.
pub(super) async fn end_of(
    pool: &SqlitePool,
    user: UserId,
    session: SessionId,
) -> Result<Option<SessionEvent>, StoreError> {
    let row = sqlx::query(
        "SELECT * FROM events WHERE user_id = ? AND session_id = ? AND what = 'ended' \
         ORDER BY sequence DESC LIMIT 1",
    )
    .bind(user.0)
    .bind(session.0)
    .fetch_optional(pool)
    .await?;
    row.as_ref().map(event).transpose()
}

/// The newest sequence number given out.
pub(super) async fn last(pool: &SqlitePool) -> Result<u64, StoreError> {
    bounds(pool).await.map(|(_, last)| last)
}

/// Everything after the first number is still there; the second is the newest given out. Events
/// are pruned from the oldest on, so the oldest that is left tells what is gone.
async fn bounds(pool: &SqlitePool) -> Result<(u64, u64), StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT min(sequence) FROM events) AS oldest, \
         (SELECT seq FROM sqlite_sequence WHERE name = 'events') AS last",
    )
    .fetch_one(pool)
    .await?;
    let oldest: Option<i64> = row.try_get("oldest")?;
    let last: Option<i64> = row.try_get("last")?;
    let last = last.unwrap_or_default().cast_unsigned();
    let floor = oldest.map_or(last, |oldest| oldest.cast_unsigned() - 1);
    Ok((floor, last))
}

/// Removes the oldest events, up to the first that is not older than `before`.
pub(super) async fn prune(
    connection: &mut SqliteConnection,
    before: Timestamp,
    limit: u32,
) -> Result<u64, StoreError> {
    let deleted = sqlx::query(
        "WITH oldest AS (SELECT sequence, at FROM events ORDER BY sequence LIMIT ?2) \
         DELETE FROM events WHERE sequence <= (SELECT max(sequence) FROM oldest) \
         AND sequence < coalesce((SELECT min(sequence) FROM oldest WHERE at >= ?1), \
         9223372036854775807)",
    )
    .bind(before.as_millisecond())
    .bind(limit)
    .execute(connection)
    .await?;
    Ok(deleted.rows_affected())
}

fn event(row: &SqliteRow) -> Result<SessionEvent, StoreError> {
    let sequence: i64 = row.try_get("sequence")?;
    let what = match row.try_get("what")? {
        "started" => What::Started,
        "ended" => What::Ended {
            reason: enumerated(row, "reason")?,
        },
        _ => return Err(StoreError::Unreadable("event")),
    };
    Ok(SessionEvent {
        sequence: sequence.cast_unsigned(),
        user: UserId(row.try_get("user_id")?),
        session: SessionId(row.try_get("session_id")?),
        kind: enumerated(row, "kind")?,
        what,
        at: time(row, "at")?,
        surface: optional_enumerated(row, "surface")?,
        device: row.try_get("device")?,
    })
}
