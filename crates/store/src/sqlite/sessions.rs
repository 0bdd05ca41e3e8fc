//! The repository of sessions.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use session::{Cause, OrganizationId, SessionEvent, SessionId, Surface, UserId, UserLoss, When};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use uuid::Uuid;

use super::{
    SqliteStore, audit, ends,
    error::concerns_all,
    events,
    lifetimes::{Lives, review_at},
    record::{self, record, rounded},
    search, users,
    value::to_the_millisecond,
};
use crate::{
    Actor, AuditEntry, Ended, Ends, NewSession, Renewal, Renewed, SessionRecord, SessionSearch,
    Sessions, SessionsPage, StoreError, Touch, Use, UserStatus,
};

#[async_trait]
impl Sessions for SqliteStore {
    async fn start(&self, session: &NewSession) -> Result<SessionEvent, StoreError> {
        let surface = session.surface;
        let record = rounded(session.record.clone());
        self.writer
            .whole(move |connection| {
                Box::pin(async move { start(connection, &record, surface).await })
            })
            .await
    }

    async fn get(&self, id: SessionId) -> Result<Option<SessionRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM sessions WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(record).transpose()
    }

    async fn live_of(&self, user: UserId) -> Result<Vec<SessionRecord>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM sessions WHERE user_id = ? AND ended_at IS NULL \
             ORDER BY last_used_at DESC, id",
        )
        .bind(user.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(record).collect()
    }

    async fn live_in(
        &self,
        organization: OrganizationId,
        limit: u32,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        // Sorted when asked: an index by last use would be written by every renewal.
        let rows = sqlx::query(
            "SELECT * FROM sessions WHERE organization_id = ? AND ended_at IS NULL \
             ORDER BY last_used_at DESC, id LIMIT ?",
        )
        .bind(organization.0)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(record).collect()
    }

    async fn renew(&self, renewal: Renewal) -> Result<(Renewed, Option<Ended>), StoreError> {
        self.writer.renew(renewal).await
    }

    async fn touch(&self, mut touch: Touch) -> Result<(), StoreError> {
        touch.at = to_the_millisecond(touch.at);
        self.writer.touch(touch).await
    }

    async fn end(
        &self,
        cause: &Cause,
        at: Timestamp,
        actor: &Actor,
        surface: Option<Surface>,
    ) -> Result<Ends, StoreError> {
        let (cause, actor, at) = (cause.clone(), actor.clone(), to_the_millisecond(at));
        self.writer
            .whole(move |connection| {
                Box::pin(
                    async move { ends::by_cause(connection, &cause, at, &actor, surface).await },
                )
            })
            .await
    }

    async fn disable(
        &self,
        user: UserId,
        when: When,
        at: Timestamp,
        actor: &Actor,
        surface: Option<Surface>,
    ) -> Result<Ends, StoreError> {
        let (actor, at) = (actor.clone(), to_the_millisecond(at));
        self.writer
            .whole(move |connection| {
                Box::pin(async move { disable(connection, user, when, at, &actor, surface).await })
            })
            .await
    }

    async fn search(&self, search: &SessionSearch) -> Result<SessionsPage, StoreError> {
        search::page(&self.readers, search).await
    }

    async fn used_in(&self, organization: OrganizationId) -> Result<Vec<Use>, StoreError> {
        search::used_in(&self.readers, organization).await
    }

    async fn end_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Ended>, StoreError> {
        let now = to_the_millisecond(now);
        let mut ended = Vec::new();
        loop {
            let room = limit.saturating_sub(u32::try_from(ended.len()).unwrap_or(u32::MAX));
            if room == 0 {
                return Ok(ended);
            }
            let chunk = self.writer.whole(move |connection| {
                Box::pin(async move { review(connection, now, room).await })
            });
            match chunk.await {
                Ok((reviewed, more)) => {
                    ended.extend(more);
                    if reviewed < room as usize {
                        return Ok(ended);
                    }
                }
                // What has ended before the failure is durable and has to be told.
                Err(_) if !ended.is_empty() => return Ok(ended),
                Err(error) => return Err(error),
            }
        }
    }

    async fn events_after(
        &self,
        user: UserId,
        sequence: u64,
        limit: u32,
    ) -> Result<Option<Vec<SessionEvent>>, StoreError> {
        events::after(&self.readers, user, sequence, limit).await
    }

    async fn end_of(
        &self,
        user: UserId,
        session: SessionId,
    ) -> Result<Option<SessionEvent>, StoreError> {
        events::end_of(&self.readers, user, session).await
    }

    async fn last_sequence(&self) -> Result<u64, StoreError> {
        events::last(&self.readers).await
    }

    async fn prune_events(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        self.writer
            .statement(move |connection| {
                Box::pin(async move { events::prune(connection, before, limit).await })
            })
            .await
    }
}

async fn start(
    connection: &mut SqliteConnection,
    record: &SessionRecord,
    surface: Surface,
) -> Result<SessionEvent, StoreError> {
    let session = &record.session;
    if users::status(connection, session.user).await? == Some(UserStatus::Disabled) {
        return Err(StoreError::Disabled);
    }
    let lifetimes = Lives::default().of(connection, session).await?;
    record::insert(connection, record, review_at(session, lifetimes, None)).await?;
    let event = events::started(connection, record, surface).await?;
    let entry = AuditEntry {
        at: session.started_at,
        actor: Actor::User {
            user: session.user,
            session: Some(session.id),
        },
        action: "session.started".to_owned(),
        organization: Some(session.organization),
        subject: Some(session.user),
        session: Some(session.id),
        surface: Some(surface),
        address: Some(record.whereabouts.address.clone()),
        reason: None,
    };
    audit::insert(connection, &entry).await?;
    Ok(event)
}

/// The user may not sign in from here on, and what lives of theirs ends.
async fn disable(
    connection: &mut SqliteConnection,
    user: UserId,
    when: When,
    at: Timestamp,
    actor: &Actor,
    surface: Option<Surface>,
) -> Result<Ends, StoreError> {
    // The operator has other ways to make one.
    if *actor != Actor::Operator {
        users::unless_last_admin(connection, user).await?;
    }
    let organization = users::set_status(connection, user, UserStatus::Disabled).await?;
    let entry = AuditEntry {
        at,
        actor: actor.clone(),
        action: "user.disabled".to_owned(),
        organization: Some(organization),
        subject: Some(user),
        session: None,
        surface,
        address: None,
        reason: None,
    };
    audit::insert(connection, &entry).await?;
    let loss = UserLoss::Disabled;
    let cause = Cause::UserLost { user, loss, when };
    ends::by_cause(connection, &cause, at, actor, surface).await
}

/// Looks at sessions whose review has come: how many, and which of them ended.
async fn review(
    connection: &mut SqliteConnection,
    now: Timestamp,
    limit: u32,
) -> Result<(usize, Vec<Ended>), StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM sessions WHERE ended_at IS NULL AND review_at <= ? \
         ORDER BY review_at LIMIT ?",
    )
    .bind(now.as_millisecond())
    .bind(limit)
    .fetch_all(&mut *connection)
    .await?;
    let mut lives = Lives::default();
    let mut ended = Vec::new();
    for row in &rows {
        match review_row(connection, row, now, &mut lives).await {
            Ok(over) => ended.extend(over),
            Err(error) if concerns_all(&error) => return Err(error),
            Err(error) => {
                // One row that cannot be read must not keep all others from ending.
                let id: Uuid = row.try_get("id")?;
                tracing::error!(%error, session = %id, "a session cannot be reviewed");
                let later = now.saturating_add(SignedDuration::from_hours(1));
                sqlx::query("UPDATE sessions SET review_at = ? WHERE id = ?")
                    .bind(later.unwrap_or(Timestamp::MAX).as_millisecond())
                    .bind(id)
                    .execute(&mut *connection)
                    .await?;
            }
        }
    }
    Ok((rows.len(), ended))
}

async fn review_row(
    connection: &mut SqliteConnection,
    row: &SqliteRow,
    now: Timestamp,
    lives: &mut Lives,
) -> Result<Option<Ended>, StoreError> {
    let stored = record::stored(row)?;
    ends::review(connection, stored, now, lives).await
}
