//! All the renewals of one batch: one read, one conditional write, however many they are.
//!
//! The decision is [`Generations::present`], made inside the write transaction on what was just
//! read there. Two renewals of one session in a batch are decided in turn, as if in sequence. A
//! repeat writes nothing. A renewal leaves no row in the event table: nobody resumes for one.

use std::collections::HashMap;

use jiff::Timestamp;
use session::{Cause, Effect, End, Generations, Presented, SessionId, held_up};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use tokio::sync::oneshot;

use super::{
    change::in_savepoint,
    ends,
    error::{Failure, concerns_all},
    lifetimes::Lives,
    record::{self, from_column, to_column},
    value::{json, time, to_the_millisecond},
    writer::RenewalAnswer,
};
use crate::{Actor, Ended, Renewal, Renewed, StoreError, Touch};

/// The renewals of one batch, with those who wait for them.
#[derive(Default)]
pub(super) struct Renewals {
    waiting: Vec<(Renewal, oneshot::Sender<RenewalAnswer>)>,
    answers: Vec<RenewalAnswer>,
}

/// A session as this transaction knows it.
struct Known {
    /// Where it is, for as long as the transaction goes on.
    row: i64,
    before: Generations,
    now: Generations,
    /// When the newest token was given out.
    newest_since: Timestamp,
    review_at: i64,
    end: Option<End>,
    /// The newest renewal that was granted.
    granted: Option<usize>,
}

type Sessions = HashMap<SessionId, Result<Known, StoreError>>;

impl Renewals {
    pub(super) fn add(&mut self, mut renewal: Renewal, caller: oneshot::Sender<RenewalAnswer>) {
        renewal.at = to_the_millisecond(renewal.at);
        self.waiting.push((renewal, caller));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Decides on all, writes what changed, and keeps the answers.
    pub(super) async fn apply(
        &mut self,
        connection: &mut SqliteConnection,
    ) -> Result<(), StoreError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut sessions = self.read(connection).await?;
        for index in 0..self.waiting.len() {
            let answer = self.decide(connection, &mut sessions, index).await;
            if let Err(error) = answer {
                if concerns_all(&error) {
                    return Err(error);
                }
                self.answers.push(Err(error));
            } else {
                self.answers.push(answer);
            }
        }
        self.write(connection, sessions.values_mut().flatten())
            .await
    }

    /// Answers everyone; gives back the uses that repeats have noted.
    pub(super) fn settle(self, failure: Option<&Failure>) -> Vec<Touch> {
        let mut touches = Vec::new();
        let mut answers = self.answers.into_iter();
        for (renewal, caller) in self.waiting {
            let answer = match (failure, answers.next()) {
                (Some(failure), _) => Err(failure.clone().into()),
                (None, Some(answer)) => answer,
                (None, None) => continue,
            };
            if let Ok((Renewed::Presented(Presented::Repeated, _), _)) = answer {
                touches.push(Touch {
                    session: renewal.session,
                    at: renewal.at,
                    whereabouts: renewal.whereabouts,
                });
            }
            // The caller may have gone; what was decided stands, and may be asked for again.
            let _ = caller.send(answer);
        }
        touches
    }

    async fn read(&self, connection: &mut SqliteConnection) -> Result<Sessions, StoreError> {
        let ids = self.waiting.iter().map(|(renewal, _)| renewal.session);
        let ids: Vec<_> = ids.map(|id| id.0.simple()).collect();
        let rows = sqlx::query(
            "SELECT rowid, id, generation, coalesce(renewed_at, last_used_at) AS newest_since, review_at, \
             ended_at, end_reason FROM sessions \
             WHERE id IN (SELECT unhex(value) FROM json_each(?))",
        )
        .bind(json(&ids)?)
        .fetch_all(connection)
        .await?;
        rows.iter()
            .map(|row| Ok((SessionId(row.try_get("id")?), known(row))))
            .collect()
    }

    async fn decide(
        &mut self,
        connection: &mut SqliteConnection,
        sessions: &mut Sessions,
        index: usize,
    ) -> RenewalAnswer {
        let (renewal, _) = &self.waiting[index];
        let known = match sessions.get_mut(&renewal.session) {
            None => return Ok((Renewed::Unknown, None)),
            Some(Err(_)) => return Err(StoreError::Unreadable("session")),
            Some(Ok(known)) => known,
        };
        if let Some(end) = known.end {
            return Ok((Renewed::Ended(end), None));
        }
        if known.review_at <= renewal.at.as_millisecond()
            && known.granted.is_none()
            && let Some(ended) = review(connection, renewal.session, renewal.at).await?
        {
            known.end = ended.record.session.end;
            let end = known.end.ok_or(StoreError::Unreadable("end"))?;
            return Ok((Renewed::Ended(end), Some(ended)));
        }
        let presented = known.now.present(renewal.generation);
        match presented {
            Presented::Renewed(generations) => {
                known.now = generations;
                known.newest_since = renewal.at;
                known.granted = Some(index);
                Ok((Renewed::Presented(presented, generations), None))
            }
            Presented::Repeated => Ok((Renewed::Presented(presented, known.now), None)),
            Presented::Spent if held_up(renewal.made_at, known.newest_since) => {
                Ok((Renewed::HeldUp, None))
            }
            Presented::Spent => {
                // What was granted before in this batch comes first.
                let (session, at) = (renewal.session, renewal.at);
                self.write(connection, std::iter::once(&mut *known)).await?;
                let ended = replayed(connection, session, at).await?;
                known.end = ended.as_ref().and_then(|ended| ended.record.session.end);
                Ok((Renewed::Presented(presented, known.now), ended))
            }
        }
    }

    /// Writes the generations that were granted, if nothing else has changed them.
    async fn write<'k>(
        &self,
        connection: &mut SqliteConnection,
        sessions: impl Iterator<Item = &'k mut Known>,
    ) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for known in sessions {
            let Some((renewal, _)) = known.granted.take().map(|index| &self.waiting[index]) else {
                continue;
            };
            rows.push((
                known.row,
                to_column(known.before),
                to_column(known.now),
                renewal.at.as_millisecond(),
                &renewal.whereabouts.address,
                &renewal.whereabouts.place,
            ));
            known.before = known.now;
        }
        if rows.is_empty() {
            return Ok(());
        }
        let expected = rows.len() as u64;
        let written = sqlx::query(
            "UPDATE sessions SET generation = new.value ->> 2, \
             renewed_at = new.value ->> 3, last_used_at = max(last_used_at, new.value ->> 3), \
             address = new.value ->> 4, place = new.value ->> 5 FROM json_each(?) AS new \
             WHERE sessions.rowid = (new.value ->> 0) AND ended_at IS NULL \
             AND generation = (new.value ->> 1)",
        )
        .bind(json(&rows)?)
        .execute(connection)
        .await?;
        if written.rows_affected() == expected {
            Ok(())
        } else {
            let error = "sessions changed inside the transaction that renews them";
            Err(StoreError::Unavailable(error.into()))
        }
    }
}

fn known(row: &SqliteRow) -> Result<Known, StoreError> {
    let generations = from_column(row.try_get("generation")?);
    Ok(Known {
        row: row.try_get("rowid")?,
        before: generations,
        now: generations,
        newest_since: time(row, "newest_since")?,
        review_at: row.try_get("review_at")?,
        end: record::end(row, "ended_at", "end_reason")?,
        granted: None,
    })
}

/// Ends a session whose lifetime or notice is over before its token is looked at: a late renewal
/// does not revive it (rules 7 and 9).
async fn review(
    connection: &mut SqliteConnection,
    session: SessionId,
    at: Timestamp,
) -> Result<Option<Ended>, StoreError> {
    in_savepoint(connection, move |connection| {
        Box::pin(async move {
            let stored = record::load(connection, session).await?;
            let stored = stored.ok_or(StoreError::Missing("session"))?;
            ends::review(connection, stored, at, &mut Lives::default()).await
        })
    })
    .await
}

/// Ends the session of a spent token (rule 8).
async fn replayed(
    connection: &mut SqliteConnection,
    session: SessionId,
    at: Timestamp,
) -> Result<Option<Ended>, StoreError> {
    in_savepoint(connection, move |connection| {
        Box::pin(async move {
            let stored = record::load(connection, session).await?;
            let record = stored.ok_or(StoreError::Missing("session"))?.record;
            let cause = Cause::TokenReplayed { session };
            let Effect::Ends(reason) = cause.effect(&record.session) else {
                return Ok(None);
            };
            ends::end(
                connection,
                record,
                End { at, reason },
                &Actor::Service,
                None,
            )
            .await
        })
    })
    .await
}
