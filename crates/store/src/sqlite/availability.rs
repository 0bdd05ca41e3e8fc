//! Availability as rows.

use async_trait::async_trait;
use jiff::Timestamp;
use session::UserId;

use super::{
    SqliteStore,
    value::{enumerated, word},
};
use crate::{Availabilities, Availability, StoreError};

#[async_trait]
impl Availabilities for SqliteStore {
    async fn get(&self, user: UserId) -> Result<Availability, StoreError> {
        let row = sqlx::query("SELECT state FROM availability WHERE user_id = ?")
            .bind(user.0)
            .fetch_optional(&self.readers)
            .await?;
        let said = row.as_ref().map(|row| enumerated(row, "state")).transpose();
        said.map(Option::unwrap_or_default)
    }

    async fn set(
        &self,
        user: UserId,
        availability: Availability,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    let set = sqlx::query(
                        "INSERT INTO availability (user_id, state, changed_at) VALUES (?, ?, ?) \
                         ON CONFLICT (user_id) DO UPDATE \
                         SET state = excluded.state, changed_at = excluded.changed_at \
                         WHERE state <> excluded.state",
                    )
                    .bind(user.0)
                    .bind(word(&availability)?)
                    .bind(at.as_millisecond())
                    .execute(connection)
                    .await?;
                    Ok(set.rows_affected() == 1)
                })
            })
            .await
    }
}
