//! Notes of use: kept in memory for a moment, one a session, and written together.

use std::{collections::HashMap, future, time::Duration};

use session::SessionId;
use sqlx::SqliteConnection;
use tokio::time::Instant;

use super::{ends, lifetimes::Lives, record, value::json};
use crate::{StoreError, Touch};

/// How long a note may wait for company.
const WAIT: Duration = Duration::from_secs(2);
/// More sessions than this do not wait.
const MANY: usize = 10_000;

#[derive(Default)]
pub(super) struct Touches {
    newest: HashMap<SessionId, Touch>,
    since: Option<Instant>,
}

impl Touches {
    /// Keeps the newest note of each session.
    pub(super) fn note(&mut self, touch: Touch) {
        self.since.get_or_insert_with(Instant::now);
        match self.newest.get_mut(&touch.session) {
            Some(newest) if newest.at > touch.at => {}
            Some(newest) => *newest = touch,
            None => {
                self.newest.insert(touch.session, touch);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.newest.is_empty()
    }

    /// Everything noted so far.
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    pub(super) fn are_due(&self) -> bool {
        self.newest.len() >= MANY || self.since.is_some_and(|since| since.elapsed() >= WAIT)
    }

    /// Completes when notes have waited long enough; never without any.
    pub(super) async fn due(&self) {
        match self.since {
            Some(since) => tokio::time::sleep_until(since + WAIT).await,
            None => future::pending().await,
        }
    }

    /// Writes them. A use does not revive: a session whose lifetime is over stays as it was.
    pub(super) async fn write(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        if self.newest.is_empty() {
            return Ok(());
        }
        let notes = self.json()?;
        let uncertain = sqlx::query(
            "SELECT s.* FROM json_each(?1) AS note JOIN sessions AS s \
             ON s.id = unhex(note.value ->> 0) \
             WHERE s.ended_at IS NULL AND s.review_at <= (note.value ->> 1)",
        )
        .bind(&notes)
        .fetch_all(&mut *connection)
        .await?;
        let mut lives = Lives::default();
        for row in uncertain {
            let Ok(mut record) = record::record(&row) else {
                continue;
            };
            if let Some(touch) = self.newest.get(&record.session.id)
                && lives
                    .over(connection, &mut record, touch.at)
                    .await?
                    .is_none()
            {
                ends::review_later(connection, &record, &mut lives).await?;
            }
        }
        sqlx::query(
            "UPDATE sessions SET last_used_at = note.value ->> 1, address = note.value ->> 2, \
             place = note.value ->> 3 FROM json_each(?1) AS note \
             WHERE sessions.id = unhex(note.value ->> 0) AND ended_at IS NULL \
             AND last_used_at <= (note.value ->> 1) AND review_at > (note.value ->> 1)",
        )
        .bind(&notes)
        .execute(connection)
        .await?;
        Ok(())
    }

    fn json(&self) -> Result<String, StoreError> {
        let notes = self.newest.values().map(|touch| {
            (
                touch.session.0.simple(),
                touch.at.as_millisecond(),
                &touch.whereabouts.address,
                &touch.whereabouts.place,
            )
        });
        json(&notes.collect::<Vec<_>>())
    }
}
