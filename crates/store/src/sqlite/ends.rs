//! Ending sessions inside a transaction: the row, its event and its audit entry, always together.

use jiff::Timestamp;
use session::{Cause, Effect, End, Scope, SessionId, Surface};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

use super::{
    audit, events,
    lifetimes::{Lives, review_at},
    record::{self, Stored},
    value::word,
};
use crate::{Actor, AuditEntry, Ended, SessionRecord, StoreError};

/// Ends one session. `None` if it had ended already: an end is final.
pub(super) async fn end(
    connection: &mut SqliteConnection,
    mut record: SessionRecord,
    end: End,
    actor: &Actor,
    surface: Option<Surface>,
) -> Result<Option<Ended>, StoreError> {
    let updated = sqlx::query(
        "UPDATE sessions SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL",
    )
    .bind(end.at.as_millisecond())
    .bind(word(&end.reason)?)
    .bind(record.session.id.0)
    .execute(&mut *connection)
    .await?;
    if updated.rows_affected() == 0 || record.session.end(end).is_err() {
        return Ok(None);
    }
    let event = events::ended(connection, &record, end, surface).await?;
    let entry = entry(&record, end, "session.ended", actor, surface)?;
    audit::insert(connection, &entry).await?;
    Ok(Some(Ended { record, event }))
}

/// Holds a cause against the live sessions in its scope.
pub(super) async fn by_cause(
    connection: &mut SqliteConnection,
    cause: &Cause,
    at: Timestamp,
    actor: &Actor,
    surface: Option<Surface>,
) -> Result<Vec<Ended>, StoreError> {
    let mut ended = Vec::new();
    let mut lives = Lives::default();
    for row in live(connection, cause.scope()).await? {
        let stored = record::stored(&row)?;
        match cause.effect(&stored.record.session) {
            Effect::Stays => {}
            Effect::Ends(reason) => {
                let now = End { at, reason };
                ended.extend(end(connection, stored.record, now, actor, surface).await?);
            }
            Effect::EndsAt(due, reason) if due <= at => {
                let now = End { at, reason };
                ended.extend(end(connection, stored.record, now, actor, surface).await?);
            }
            Effect::EndsAt(due, reason) => {
                let due = End { at: due, reason };
                give_notice(connection, stored, due, at, actor, &mut lives).await?;
            }
        }
    }
    Ok(ended)
}

/// Looks at a session whose review has come: ends it if it is over, else says when to look again.
pub(super) async fn review(
    connection: &mut SqliteConnection,
    stored: Stored,
    now: Timestamp,
    lives: &mut Lives,
) -> Result<Option<Ended>, StoreError> {
    if let Some(reason) = lives.over(connection, &stored, now).await? {
        let over = End { at: now, reason };
        return end(connection, stored.record, over, &Actor::Service, None).await;
    }
    review_later(connection, &stored, lives).await?;
    Ok(None)
}

/// Notes when to look at a live session again.
pub(super) async fn review_later(
    connection: &mut SqliteConnection,
    stored: &Stored,
    lives: &mut Lives,
) -> Result<(), StoreError> {
    let session = &stored.record.session;
    let lifetimes = lives.of(connection, session).await?;
    let due = stored.due.map(|due| due.at);
    sqlx::query("UPDATE sessions SET review_at = ? WHERE id = ?")
        .bind(review_at(session, lifetimes, due))
        .bind(session.id.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Holds an end back until its notice period is over. An earlier notice stands.
async fn give_notice(
    connection: &mut SqliteConnection,
    mut stored: Stored,
    due: End,
    at: Timestamp,
    actor: &Actor,
    lives: &mut Lives,
) -> Result<(), StoreError> {
    if stored.due.is_some_and(|earlier| earlier.at <= due.at) {
        return Ok(());
    }
    stored.due = Some(due);
    sqlx::query("UPDATE sessions SET due_at = ?, due_reason = ? WHERE id = ?")
        .bind(due.at.as_millisecond())
        .bind(word(&due.reason)?)
        .bind(stored.record.session.id.0)
        .execute(&mut *connection)
        .await?;
    review_later(connection, &stored, lives).await?;
    let noticed = End { at, ..due };
    let entry = entry(&stored.record, noticed, "session.notice_given", actor, None)?;
    audit::insert(connection, &entry).await
}

async fn live(
    connection: &mut SqliteConnection,
    scope: Scope,
) -> Result<Vec<SqliteRow>, StoreError> {
    let query = match scope {
        Scope::Session(SessionId(id)) => {
            sqlx::query("SELECT * FROM sessions WHERE id = ? AND ended_at IS NULL").bind(id)
        }
        Scope::User(user) => {
            sqlx::query("SELECT * FROM sessions WHERE user_id = ? AND ended_at IS NULL")
                .bind(user.0)
        }
        Scope::Organization(organization) => {
            sqlx::query("SELECT * FROM sessions WHERE organization_id = ? AND ended_at IS NULL")
                .bind(organization.0)
        }
    };
    Ok(query.fetch_all(connection).await?)
}

fn entry(
    record: &SessionRecord,
    end: End,
    action: &str,
    actor: &Actor,
    surface: Option<Surface>,
) -> Result<AuditEntry, StoreError> {
    let session = &record.session;
    Ok(AuditEntry {
        at: end.at,
        actor: actor.clone(),
        action: action.to_owned(),
        organization: Some(session.organization),
        subject: Some(session.user),
        session: Some(session.id),
        surface,
        address: None,
        reason: Some(word(&end.reason)?),
    })
}
