//! Ending sessions inside a transaction: the row, its event and its audit entry, always together.

use jiff::Timestamp;
use session::{Cause, Effect, End, Ending, Scope, SessionId, Surface};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

use super::{
    audit, calls, deliveries, events,
    lifetimes::{Lives, review_at},
    record::{self, Stored},
    value::{json, word},
};
use crate::{Actor, AuditEntry, Ended, Ends, SessionRecord, StoreError};

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
    record.ending = None;
    calls::forget(connection, record.session.id).await?;
    deliveries::owe(connection, &record, end.at).await?;
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
) -> Result<Ends, StoreError> {
    let mut ends = Ends::default();
    let mut lives = Lives::default();
    for row in live(connection, cause.scope()).await? {
        let record = record::record(&row)?;
        let session = &record.session;
        if cause.effect(session) == Effect::Stays {
            continue;
        }
        let on_call = calls::any(connection, session.id, at).await?;
        match cause.effect_during(session, on_call, at) {
            Effect::Stays => {}
            Effect::Ends(reason) => {
                let now = End { at, reason };
                ends.ended
                    .extend(end(connection, record, now, actor, surface).await?);
            }
            Effect::EndsLater(ending) => {
                let wanted = Wanted {
                    ending,
                    at,
                    actor,
                    surface,
                };
                ends.later
                    .extend(end_later(connection, record, &wanted, &mut lives).await?);
            }
        }
    }
    Ok(ends)
}

/// Looks at a session whose review has come: ends it if it is over, else says when to look again.
pub(super) async fn review(
    connection: &mut SqliteConnection,
    stored: Stored,
    now: Timestamp,
    lives: &mut Lives,
) -> Result<Option<Ended>, StoreError> {
    let mut record = stored.record;
    let wanted = record.ending.map(|ending| ending.reason);
    let Some(reason) = lives.over(connection, &mut record, now).await? else {
        review_later(connection, &record, lives).await?;
        return Ok(None);
    };
    let over = End { at: now, reason };
    if wanted == Some(reason) {
        let (actor, surface) = (stored.wanted_by, stored.wanted_on);
        return end(connection, record, over, &actor, surface).await;
    }
    end(connection, record, over, &Actor::Service, None).await
}

/// Notes when to look at a live session again, and what its end has become.
pub(super) async fn review_later(
    connection: &mut SqliteConnection,
    record: &SessionRecord,
    lives: &mut Lives,
) -> Result<(), StoreError> {
    let session = &record.session;
    let lifetimes = lives.of(connection, session).await?;
    let due = record.ending.map(|ending| ending.at);
    let after_call = record.ending.is_some_and(|ending| ending.after_call);
    sqlx::query("UPDATE sessions SET review_at = ?, due_at = ?, due_after_call = ? WHERE id = ?")
        .bind(review_at(session, lifetimes, due))
        .bind(due.map(Timestamp::as_millisecond))
        .bind(after_call)
        .bind(session.id.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// An end that has to wait, and who wants it.
struct Wanted<'a> {
    ending: Ending,
    at: Timestamp,
    actor: &'a Actor,
    surface: Option<Surface>,
}

/// Holds an end back until a notice period or a call is over. `None` if one that comes earlier
/// stands already.
async fn end_later(
    connection: &mut SqliteConnection,
    mut record: SessionRecord,
    wanted: &Wanted<'_>,
    lives: &mut Lives,
) -> Result<Option<SessionRecord>, StoreError> {
    let ending = wanted.ending;
    if record
        .ending
        .is_some_and(|before| before.or_earlier(ending) == before)
    {
        return Ok(None);
    }
    record.ending = Some(ending);
    let surface = wanted.surface.as_ref().map(word).transpose()?;
    sqlx::query(
        "UPDATE sessions SET due_at = ?, due_reason = ?, due_actor = ?, due_surface = ? \
         WHERE id = ?",
    )
    .bind(ending.at.as_millisecond())
    .bind(word(&ending.reason)?)
    .bind(json(wanted.actor)?)
    .bind(surface)
    .bind(record.session.id.0)
    .execute(&mut *connection)
    .await?;
    review_later(connection, &record, lives).await?;
    let action = if ending.after_call {
        "session.end_after_call"
    } else {
        "session.notice_given"
    };
    let noticed = End {
        at: wanted.at,
        reason: ending.reason,
    };
    let entry = entry(&record, noticed, action, wanted.actor, wanted.surface)?;
    audit::insert(connection, &entry).await?;
    Ok(Some(record))
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
