//! Calls as rows. A call's silence counts whenever it is asked about, so nothing depends on when
//! the rows of silent calls are removed.

use std::collections::BTreeSet;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use session::{CALL_SILENCE, Call, CallId, SessionId};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use uuid::Uuid;

use super::{
    SqliteStore, ends,
    lifetimes::Lives,
    record,
    value::{enumerated, time, to_the_millisecond, word},
};
use crate::{CallReport, Calls, CallsOver, Ended, Reported, StoreError};

#[async_trait]
impl Calls for SqliteStore {
    async fn report(&self, mut report: CallReport) -> Result<Reported, StoreError> {
        report.at = to_the_millisecond(report.at);
        self.writer
            .whole(move |connection| Box::pin(async move { hear(connection, &report).await }))
            .await
    }

    async fn over(
        &self,
        session: SessionId,
        call: CallId,
        at: Timestamp,
    ) -> Result<CallsOver, StoreError> {
        let at = to_the_millisecond(at);
        self.writer
            .whole(move |connection| {
                Box::pin(async move {
                    let removed =
                        sqlx::query("DELETE FROM calls WHERE session_id = ? AND call_id = ?")
                            .bind(session.0)
                            .bind(call.0)
                            .execute(&mut *connection)
                            .await?;
                    if removed.rows_affected() == 0 {
                        return Ok(CallsOver::default());
                    }
                    Ok(CallsOver {
                        sessions: vec![session],
                        ended: settle(connection, session, at).await?.into_iter().collect(),
                    })
                })
            })
            .await
    }

    async fn expire(&self, now: Timestamp, limit: u32) -> Result<CallsOver, StoreError> {
        let now = to_the_millisecond(now);
        let silent: Option<i64> = sqlx::query_scalar("SELECT min(seen_at) FROM calls")
            .fetch_one(&self.readers)
            .await?;
        if silent.is_none_or(|oldest| oldest > silent_since(now)) {
            return Ok(CallsOver::default());
        }
        self.writer
            .whole(move |connection| Box::pin(async move { expire(connection, now, limit).await }))
            .await
    }

    async fn of(&self, session: SessionId, now: Timestamp) -> Result<Vec<Call>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM calls WHERE session_id = ? AND seen_at > ? ORDER BY since, call_id",
        )
        .bind(session.0)
        .bind(silent_since(now))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(call).collect()
    }

    async fn resume(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    let now = now.as_millisecond();
                    let updated = sqlx::query("UPDATE calls SET seen_at = ?1 WHERE seen_at < ?1")
                        .bind(now)
                        .execute(connection)
                        .await?;
                    Ok(updated.rows_affected())
                })
            })
            .await
    }
}

/// Whether the session is on a call that is not over.
pub(super) async fn any(
    connection: &mut SqliteConnection,
    session: SessionId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let any = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM calls WHERE session_id = ? AND seen_at > ?)",
    )
    .bind(session.0)
    .bind(silent_since(now))
    .fetch_one(connection)
    .await?;
    Ok(any)
}

/// Removes the calls of a session that ends.
pub(super) async fn forget(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM calls WHERE session_id = ?")
        .bind(session.0)
        .execute(connection)
        .await?;
    Ok(())
}

async fn hear(
    connection: &mut SqliteConnection,
    report: &CallReport,
) -> Result<Reported, StoreError> {
    let Some(stored) = record::load(connection, report.session).await? else {
        return Ok(Reported::Unknown);
    };
    if let Some(end) = stored.record.session.end {
        return Ok(Reported::HadEnded(end));
    }
    // An end that waited for a call which has gone silent has come, though nobody looked yet.
    if let Some(ended) = settle(connection, report.session, report.at).await? {
        return Ok(Reported::Ended(Box::new(ended)));
    }
    sqlx::query("DELETE FROM calls WHERE session_id = ? AND seen_at <= ?")
        .bind(report.session.0)
        .bind(silent_since(report.at))
        .execute(&mut *connection)
        .await?;
    let updated = sqlx::query(
        "UPDATE calls SET seen_at = max(seen_at, ?) WHERE session_id = ? AND call_id = ?",
    )
    .bind(report.at.as_millisecond())
    .bind(report.session.0)
    .bind(report.call.0)
    .execute(&mut *connection)
    .await?;
    if updated.rows_affected() > 0 {
        return Ok(Reported::GoesOn);
    }
    let first = !any(connection, report.session, report.at).await?;
    sqlx::query(
        "INSERT INTO calls (session_id, call_id, surface, since, seen_at) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(report.session.0)
    .bind(report.call.0)
    .bind(word(&report.surface)?)
    .bind(report.at.as_millisecond())
    .bind(report.at.as_millisecond())
    .execute(connection)
    .await?;
    Ok(if first {
        Reported::Began
    } else {
        Reported::GoesOn
    })
}

/// Removes silent calls, and ends the sessions whose end waited for one of them.
async fn expire(
    connection: &mut SqliteConnection,
    now: Timestamp,
    limit: u32,
) -> Result<CallsOver, StoreError> {
    let rows = sqlx::query(
        "DELETE FROM calls WHERE (session_id, call_id) IN \
         (SELECT session_id, call_id FROM calls WHERE seen_at <= ? ORDER BY seen_at LIMIT ?) \
         RETURNING session_id",
    )
    .bind(silent_since(now))
    .bind(limit)
    .fetch_all(&mut *connection)
    .await?;
    let mut sessions = BTreeSet::new();
    for row in rows {
        sessions.insert(SessionId(row.try_get::<Uuid, _>("session_id")?));
    }
    let mut ended = Vec::new();
    for &session in &sessions {
        ended.extend(settle(connection, session, now).await?);
    }
    Ok(CallsOver {
        sessions: sessions.into_iter().collect(),
        ended,
    })
}

/// Ends a session whose end has nothing to wait for any more.
async fn settle(
    connection: &mut SqliteConnection,
    session: SessionId,
    now: Timestamp,
) -> Result<Option<Ended>, StoreError> {
    let Some(stored) = record::load(connection, session).await? else {
        return Ok(None);
    };
    if !stored.record.ending.is_some_and(|ending| ending.after_call) {
        return Ok(None);
    }
    ends::review(connection, stored, now, &mut Lives::default()).await
}

/// What was heard of last at this time or before is silent at `now`.
fn silent_since(now: Timestamp) -> i64 {
    let silence = SignedDuration::try_from(CALL_SILENCE).unwrap_or(SignedDuration::MAX);
    let since = now.saturating_sub(silence);
    since.unwrap_or(Timestamp::MIN).as_millisecond()
}

fn call(row: &SqliteRow) -> Result<Call, StoreError> {
    Ok(Call {
        surface: enumerated(row, "surface")?,
        since: time(row, "since")?,
        seen_at: time(row, "seen_at")?,
    })
}
