//! Things that may be used once, as rows.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::SqliteStore;
use crate::{Purpose, SingleUse, StoreError, Taken};

/// How long what is over is kept, so that a second use is still known as one.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

#[async_trait]
impl SingleUse for SqliteStore {
    async fn put(
        &self,
        purpose: Purpose,
        digest: [u8; 32],
        payload: &str,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let payload = payload.to_owned();
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    let inserted = sqlx::query(
                        "INSERT INTO single_use (purpose, digest, payload, expires_at) \
                         VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    )
                    .bind(word(purpose))
                    .bind(&digest[..])
                    .bind(payload)
                    .bind(expires_at.as_millisecond())
                    .execute(connection)
                    .await?;
                    Ok(inserted.rows_affected() == 1)
                })
            })
            .await
    }

    async fn peek(
        &self,
        purpose: Purpose,
        digest: [u8; 32],
        now: Timestamp,
    ) -> Result<Taken, StoreError> {
        let row = sqlx::query(
            "SELECT payload, expires_at, used FROM single_use WHERE purpose = ? AND digest = ?",
        )
        .bind(word(purpose))
        .bind(&digest[..])
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref()
            .map_or(Ok(Taken::Unknown), |row| taken(row, now))
    }

    async fn take(
        &self,
        purpose: Purpose,
        digest: [u8; 32],
        now: Timestamp,
    ) -> Result<Taken, StoreError> {
        self.writer
            .whole(move |connection| {
                Box::pin(async move { take(connection, purpose, digest, now).await })
            })
            .await
    }

    async fn amend(
        &self,
        purpose: Purpose,
        digest: [u8; 32],
        payload: &str,
    ) -> Result<(), StoreError> {
        let payload = payload.to_owned();
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    let updated = sqlx::query(
                        "UPDATE single_use SET payload = ? WHERE purpose = ? AND digest = ?",
                    )
                    .bind(payload)
                    .bind(word(purpose))
                    .bind(&digest[..])
                    .execute(connection)
                    .await?;
                    match updated.rows_affected() {
                        0 => Err(StoreError::Missing("single-use secret")),
                        _ => Ok(()),
                    }
                })
            })
            .await
    }

    async fn unused(
        &self,
        purpose: Purpose,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let payloads = sqlx::query_scalar(
            "SELECT payload FROM single_use WHERE purpose = ? AND used = 0 AND expires_at > ? \
             ORDER BY expires_at DESC LIMIT ?",
        )
        .bind(word(purpose))
        .bind(now.as_millisecond())
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        Ok(payloads)
    }

    async fn clean(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let before = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    let deleted = sqlx::query(
                        "DELETE FROM single_use WHERE rowid IN \
                         (SELECT rowid FROM single_use WHERE expires_at < ? LIMIT ?)",
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

/// Reads and uses up in the writer's transaction: nobody else is in between.
async fn take(
    connection: &mut SqliteConnection,
    purpose: Purpose,
    digest: [u8; 32],
    now: Timestamp,
) -> Result<Taken, StoreError> {
    let row = sqlx::query(
        "SELECT payload, expires_at, used FROM single_use WHERE purpose = ? AND digest = ?",
    )
    .bind(word(purpose))
    .bind(&digest[..])
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else {
        return Ok(Taken::Unknown);
    };
    let taken = taken(&row, now)?;
    if matches!(taken, Taken::Now(_)) {
        sqlx::query("UPDATE single_use SET used = 1 WHERE purpose = ? AND digest = ?")
            .bind(word(purpose))
            .bind(&digest[..])
            .execute(connection)
            .await?;
    }
    Ok(taken)
}

/// A second use is told as such also after the thing is over: what the first led to may live.
fn taken(row: &SqliteRow, now: Timestamp) -> Result<Taken, StoreError> {
    let expires_at: i64 = row.try_get("expires_at")?;
    Ok(if row.try_get("used")? {
        Taken::Before(row.try_get("payload")?)
    } else if expires_at <= now.as_millisecond() {
        Taken::Expired
    } else {
        Taken::Now(row.try_get("payload")?)
    })
}

fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Attempt => "attempt",
        Purpose::PushedRequest => "pushed_request",
        Purpose::AuthorizationCode => "authorization_code",
        Purpose::Invitation => "invitation",
        Purpose::PasswordReset => "password_reset",
        Purpose::ProofId => "proof_id",
        Purpose::Join => "join",
        Purpose::Embedding => "embedding",
    }
}
