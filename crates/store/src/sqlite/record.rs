//! Sessions as rows.

use jiff::Timestamp;
use session::{
    Authentication, BrowserId, End, Ending, Generations, OrganizationId, Session, SessionId,
    Surface, UserId,
};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use uuid::Uuid;

use super::value::{
    enumerated, from_json, json, optional_enumerated, optional_time, time, to_the_millisecond, word,
};
use crate::{Actor, Device, SessionRecord, StoreError, Whereabouts};

/// A session with who wanted the end that is certain and has not come yet, if there is one.
pub(super) struct Stored {
    pub(super) record: SessionRecord,
    pub(super) wanted_by: Actor,
    pub(super) wanted_on: Option<Surface>,
}

/// Reads a whole row.
pub(super) fn stored(row: &SqliteRow) -> Result<Stored, StoreError> {
    let actor: Option<&str> = row.try_get("due_actor")?;
    let actor = actor.map(|text| from_json(text, "actor")).transpose()?;
    Ok(Stored {
        record: record(row)?,
        wanted_by: actor.unwrap_or(Actor::Service),
        wanted_on: optional_enumerated(row, "due_surface")?,
    })
}

/// Reads a whole row as the record that callers see.
pub(super) fn record(row: &SqliteRow) -> Result<SessionRecord, StoreError> {
    let browser: Option<Uuid> = row.try_get("browser_id")?;
    let generation: i64 = row.try_get("generation")?;
    let session = Session {
        id: SessionId(row.try_get("id")?),
        user: UserId(row.try_get("user_id")?),
        organization: OrganizationId(row.try_get("organization_id")?),
        kind: enumerated(row, "kind")?,
        browser: browser.map(BrowserId),
        authentication: Authentication {
            methods: from_json(row.try_get("methods")?, "methods")?,
            at: time(row, "authenticated_at")?,
        },
        started_at: time(row, "started_at")?,
        last_used_at: time(row, "last_used_at")?,
        generations: from_column(generation),
        end: end(row, "ended_at", "end_reason")?,
    };
    let after_call = row.try_get("due_after_call")?;
    let due = end(row, "due_at", "due_reason")?;
    let ending = due.filter(|_| session.is_live()).map(|due| Ending {
        at: due.at,
        reason: due.reason,
        after_call,
    });
    Ok(SessionRecord {
        session,
        ending,
        device: Device {
            name: row.try_get("device_name")?,
            platform: row.try_get("device_platform")?,
            agent: row.try_get("device_agent")?,
        },
        whereabouts: Whereabouts {
            address: row.try_get("address")?,
            place: row.try_get("place")?,
        },
        client_id: row.try_get("client_id")?,
        key_thumbprint: row.try_get("key_thumbprint")?,
    })
}

/// Inserts a row. `review_at` is its first moment of review.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    record: &SessionRecord,
    review_at: i64,
) -> Result<(), StoreError> {
    let session = &record.session;
    let end_reason = session.end.map(|end| word(&end.reason)).transpose()?;
    sqlx::query(
        "INSERT INTO sessions (id, user_id, organization_id, kind, browser_id, methods, \
         authenticated_at, started_at, last_used_at, generation, ended_at, end_reason, review_at, \
         device_name, device_platform, device_agent, address, place, client_id, key_thumbprint) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(session.id.0)
    .bind(session.user.0)
    .bind(session.organization.0)
    .bind(word(&session.kind)?)
    .bind(session.browser.map(|browser| browser.0))
    .bind(json(&session.authentication.methods)?)
    .bind(session.authentication.at.as_millisecond())
    .bind(session.started_at.as_millisecond())
    .bind(session.last_used_at.as_millisecond())
    .bind(to_column(session.generations))
    .bind(session.end.map(|end| end.at.as_millisecond()))
    .bind(end_reason)
    .bind(review_at)
    .bind(&record.device.name)
    .bind(&record.device.platform)
    .bind(&record.device.agent)
    .bind(&record.whereabouts.address)
    .bind(&record.whereabouts.place)
    .bind(&record.client_id)
    .bind(&record.key_thumbprint)
    .execute(connection)
    .await?;
    Ok(())
}

/// By id, whatever its state.
pub(super) async fn load(
    connection: &mut SqliteConnection,
    id: SessionId,
) -> Result<Option<Stored>, StoreError> {
    let row = sqlx::query("SELECT * FROM sessions WHERE id = ?")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(stored).transpose()
}

/// A generation as a column has it. Columns are signed; only equality is asked of them.
pub(super) fn to_column(generations: Generations) -> i64 {
    generations.issued.cast_signed()
}

/// The generation in a column.
pub(super) fn from_column(generation: i64) -> Generations {
    Generations {
        issued: generation.cast_unsigned(),
    }
}

/// An end in two columns.
pub(super) fn end(
    row: &SqliteRow,
    at: &'static str,
    reason: &'static str,
) -> Result<Option<End>, StoreError> {
    let at: Option<Timestamp> = optional_time(row, at)?;
    let reason = optional_enumerated(row, reason)?;
    Ok(at.zip(reason).map(|(at, reason)| End { at, reason }))
}

/// The record as it will be read back.
pub(super) fn rounded(mut record: SessionRecord) -> SessionRecord {
    let session = &mut record.session;
    session.started_at = to_the_millisecond(session.started_at);
    session.last_used_at = to_the_millisecond(session.last_used_at);
    session.authentication.at = to_the_millisecond(session.authentication.at);
    record
}
