//! When a session is over by itself (rules 7 and 9), and until when that need not be looked at.

use std::collections::{HashMap, hash_map::Entry};

use jiff::{SignedDuration, Timestamp};
use session::{
    Cause, Effect, EndReason, Lifetimes, OrganizationId, Session, Settled, lifetime_over,
};
use sqlx::SqliteConnection;

use super::{calls, organizations, value::to_the_millisecond};
use crate::{Organization, SessionRecord, StoreError};

/// The lifetimes of organizations, read once each.
#[derive(Default)]
pub(super) struct Lives {
    organizations: HashMap<OrganizationId, Organization>,
}

impl Lives {
    /// Those that hold for a session.
    pub(super) async fn of(
        &mut self,
        connection: &mut SqliteConnection,
        session: &Session,
    ) -> Result<Lifetimes, StoreError> {
        let organization = match self.organizations.entry(session.organization) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let found = organizations::get(connection, session.organization).await?;
                unknown.insert(found.ok_or(StoreError::Missing("organization"))?)
            }
        };
        Ok(organization.lifetimes(session.kind))
    }

    /// Why the session is over at `now`, if it is: an end that was waited for, or a lifetime. A
    /// notice that is over during a call goes on as an end after that call.
    pub(super) async fn over(
        &mut self,
        connection: &mut SqliteConnection,
        record: &mut SessionRecord,
        now: Timestamp,
    ) -> Result<Option<EndReason>, StoreError> {
        if let Some(ending) = record.ending {
            let on_call = calls::any(connection, record.session.id, now).await?;
            match ending.settle(on_call, now) {
                Settled::Over(reason) => return Ok(Some(reason)),
                Settled::Later(later) => record.ending = Some(later),
            }
        }
        let session = &record.session;
        let lifetimes = self.of(connection, session).await?;
        let Some(lifetime) = lifetime_over(session, lifetimes, now) else {
            return Ok(None);
        };
        let cause = Cause::LifetimeOver {
            session: session.id,
            lifetime,
        };
        Ok(match cause.effect(session) {
            Effect::Ends(reason) => Some(reason),
            Effect::Stays | Effect::EndsLater(_) => None,
        })
    }
}

/// The first millisecond at which [`Lives::over`] can say yes. Uses only move it further away.
pub(super) fn review_at(session: &Session, lifetimes: Lifetimes, due: Option<Timestamp>) -> i64 {
    let after = |since: Timestamp, limit: std::time::Duration| {
        let limit = SignedDuration::try_from(limit).unwrap_or(SignedDuration::MAX);
        let over = to_the_millisecond(since).saturating_add(limit);
        over.unwrap_or(Timestamp::MAX).as_millisecond() + 1
    };
    let idle = after(session.last_used_at, lifetimes.idle);
    let absolute = lifetimes
        .absolute
        .map(|limit| after(session.started_at, limit));
    let due = due.map(Timestamp::as_millisecond);
    [Some(idle), absolute, due]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(idle)
}
