//! The outbox of logout tokens as rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use session::{Kind, SessionId, UserId};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{
    SqliteStore,
    value::{optional_time, time},
};
use crate::{Deliveries, Delivery, Failing, SessionRecord, StoreError};

#[async_trait]
impl Deliveries for SqliteStore {
    async fn claim(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        let next: Option<i64> = sqlx::query_scalar(
            "SELECT min(next_try_at) FROM logout_deliveries WHERE next_try_at IS NOT NULL",
        )
        .fetch_one(&self.readers)
        .await?;
        if next.is_none_or(|next| next > now.as_millisecond()) {
            return Ok(Vec::new());
        }
        self.writer
            .statement(move |connection| {
                Box::pin(async move { claim(connection, now, until, limit).await })
            })
            .await
    }

    async fn done(&self, number: u64) -> Result<(), StoreError> {
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM logout_deliveries WHERE number = ?")
                        .bind(number.cast_signed())
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn failed(
        &self,
        number: u64,
        error: &str,
        next_try: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let error = error.to_owned();
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "UPDATE logout_deliveries SET last_error = ?, next_try_at = ? \
                         WHERE number = ?",
                    )
                    .bind(error)
                    .bind(next_try.map(Timestamp::as_millisecond))
                    .bind(number.cast_signed())
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn retry(&self, client: &str, now: Timestamp) -> Result<u64, StoreError> {
        let client = client.to_owned();
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    let updated = sqlx::query(
                        "UPDATE logout_deliveries SET next_try_at = ? \
                         WHERE client_id = ? AND last_error IS NOT NULL",
                    )
                    .bind(now.as_millisecond())
                    .bind(client)
                    .execute(connection)
                    .await?;
                    Ok(updated.rows_affected())
                })
            })
            .await
    }

    async fn failing(&self) -> Result<BTreeMap<String, Failing>, StoreError> {
        // With `max`, SQLite gives the other columns of the row that has it: the last error is
        // that of the newest end.
        let rows = sqlx::query(
            "SELECT client_id, last_error, max(number) AS newest, \
             count(next_try_at) AS waiting, count(*) - count(next_try_at) AS given_up, \
             (SELECT min(next_try_at) FROM logout_deliveries AS next \
              WHERE next.client_id = failing.client_id AND next.last_error IS NOT NULL) \
             AS next_try_at \
             FROM logout_deliveries AS failing WHERE last_error IS NOT NULL GROUP BY client_id",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(failing).collect()
    }

    async fn clean(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    let deleted = sqlx::query(
                        "DELETE FROM logout_deliveries WHERE number IN \
                         (SELECT number FROM logout_deliveries \
                          WHERE next_try_at IS NULL AND ended_at < ? LIMIT ?)",
                    )
                    .bind(before.as_millisecond())
                    .bind(limit)
                    .execute(connection)
                    .await?;
                    Ok(deleted.rows_affected())
                })
            })
            .await
    }
}

/// In the transaction of an end: every client that the session was used at is owed word of it.
pub(super) async fn owe(
    connection: &mut SqliteConnection,
    record: &SessionRecord,
    at: Timestamp,
) -> Result<(), StoreError> {
    let session = &record.session;
    if session.kind != Kind::Browser {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO logout_deliveries (client_id, user_id, session_id, ended_at, next_try_at) \
         SELECT client_id, ?1, session_id, ?2, ?2 FROM client_logins WHERE session_id = ?3",
    )
    .bind(session.user.0)
    .bind(at.as_millisecond())
    .bind(session.id.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM client_logins WHERE session_id = ?")
        .bind(session.id.0)
        .execute(connection)
        .await?;
    Ok(())
}

async fn claim(
    connection: &mut SqliteConnection,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let rows = sqlx::query(
        "UPDATE logout_deliveries SET next_try_at = ?1, attempts = attempts + 1 \
         WHERE number IN (SELECT number FROM logout_deliveries \
                          WHERE next_try_at <= ?2 ORDER BY next_try_at LIMIT ?3) RETURNING *",
    )
    .bind(until.as_millisecond())
    .bind(now.as_millisecond())
    .bind(limit)
    .fetch_all(connection)
    .await?;
    let mut claimed: Vec<_> = rows.iter().map(delivery).collect::<Result<_, _>>()?;
    claimed.sort_by_key(|delivery| delivery.number);
    Ok(claimed)
}

fn delivery(row: &SqliteRow) -> Result<Delivery, StoreError> {
    let number: i64 = row.try_get("number")?;
    Ok(Delivery {
        number: number.cast_unsigned(),
        client: row.try_get("client_id")?,
        user: UserId(row.try_get("user_id")?),
        session: SessionId(row.try_get("session_id")?),
        ended_at: time(row, "ended_at")?,
        attempts: row.try_get("attempts")?,
    })
}

fn failing(row: &SqliteRow) -> Result<(String, Failing), StoreError> {
    let failing = Failing {
        waiting: row.try_get("waiting")?,
        given_up: row.try_get("given_up")?,
        last_error: row.try_get("last_error")?,
        next_try: optional_time(row, "next_try_at")?,
    };
    Ok((row.try_get("client_id")?, failing))
}
