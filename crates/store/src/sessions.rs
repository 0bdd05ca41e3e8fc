//! Sessions, and the events of what happened to them.

use std::collections::BTreeSet;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{
    Cause, End, Ending, Generations, Kind, OrganizationId, Presented, Session, SessionEvent,
    SessionId, Surface, UserId, When,
};

use crate::{Actor, StoreError, User};

/// A session as it is stored: what the rules know of it, and what a person sees of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// What the rules know.
    pub session: Session,
    /// The device, in words.
    pub device: Device,
    /// From where it was last used.
    pub whereabouts: Whereabouts,
    /// The OpenID client that a desktop session was made for.
    pub client_id: Option<String>,
    /// The thumbprint (RFC 7638) of the key that its refresh tokens are bound to (RFC 9449 §5).
    pub key_thumbprint: Option<String>,
    /// The end that is certain and has not come yet, if there is one.
    pub ending: Option<Ending>,
}

/// A device, as shown to its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its name ("Mira's laptop") or, for a browser, what it is ("Chromium on Linux").
    pub name: String,
    /// The operating system.
    pub platform: String,
    /// The browser, or the app and its version.
    pub agent: String,
}

/// From where a request came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// The address, as text.
    pub address: String,
    /// The place, where the operator has a GeoIP file.
    pub place: Option<String>,
}

/// A session to be started, with what the event and the audit log say of it.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The session.
    pub record: SessionRecord,
    /// Where the person signed in.
    pub surface: Surface,
}

/// A refresh token that was presented and found authentic.
#[derive(Clone, Debug)]
pub struct Renewal {
    /// The session of the token.
    pub session: SessionId,
    /// The generation of the token.
    pub generation: u64,
    /// When.
    pub at: Timestamp,
    /// When its sender made the request: `iat` of its DPoP proof (RFC 9449 §4.2), if it has one.
    pub made_at: Option<Timestamp>,
    /// From where.
    pub whereabouts: Whereabouts,
}

/// The answer to a [`Renewal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewed {
    /// What the rules say; a [`Presented::Spent`] has already ended the session.
    Presented(Presented, Generations),
    /// The token is spent, but the request was made before the newest one was given out: it may
    /// have been held up ([`session::held_up`]). Nothing has changed, and it may be made anew.
    HeldUp,
    /// The session has ended.
    Ended(End),
    /// There is no such session.
    Unknown,
}

/// A session was used.
#[derive(Clone, Debug)]
pub struct Touch {
    /// Which one.
    pub session: SessionId,
    /// When.
    pub at: Timestamp,
    /// From where.
    pub whereabouts: Whereabouts,
}

/// A session that a cause ended, with the event that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The session, with its end.
    pub record: SessionRecord,
    /// The event.
    pub event: SessionEvent,
}

/// What came of a cause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The sessions that have ended.
    pub ended: Vec<Ended>,
    /// Those whose end now waits for a call or a notice period, and did not before.
    pub later: Vec<SessionRecord>,
}

impl Ends {
    /// How many wait for a call.
    pub fn after_call(&self) -> usize {
        let waits = |record: &&SessionRecord| record.ending.is_some_and(|it| it.after_call);
        self.later.iter().filter(waits).count()
    }
}

/// Which live sessions of an organization are asked for.
#[derive(Clone, Debug)]
pub struct SessionSearch {
    /// Of which organization.
    pub organization: OrganizationId,
    /// Whose name, email address, device, place or address has this in it, whatever its case.
    pub text: Option<String>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Of these people.
    pub people: Option<BTreeSet<UserId>>,
    /// Started before this one: the cursor.
    pub before: Option<SessionId>,
    /// At most so many.
    pub limit: u32,
}

/// An answer to a [`SessionSearch`], last started first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionsPage {
    /// The sessions, each with whose it is.
    pub sessions: Vec<(SessionRecord, User)>,
    /// Where it goes on ([`SessionSearch::before`]), if it does.
    pub next: Option<SessionId>,
}

/// How a person uses their sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Who.
    pub user: UserId,
    /// How many sessions live.
    pub live: u32,
    /// When one of them was last used.
    pub last_used_at: Timestamp,
}

/// The repository of sessions.
///
/// A change that was asked for is made also when its caller stops waiting. What it has ended is
/// told by its answer alone, so a handler whose client may hang up awaits it in a task of its own.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Stores a new session with its `started` event and audit entry. [`StoreError::Disabled`] if
    /// its user may not sign in: a sign-in and a disabling have an order, whatever it is.
    async fn start(&self, session: &NewSession) -> Result<SessionEvent, StoreError>;
    /// By id, ended ones too.
    async fn get(&self, id: SessionId) -> Result<Option<SessionRecord>, StoreError>;
    /// A user's live sessions, last used first.
    async fn live_of(&self, user: UserId) -> Result<Vec<SessionRecord>, StoreError>;
    /// An organization's live sessions, last used first, at most `limit`.
    async fn live_in(
        &self,
        organization: OrganizationId,
        limit: u32,
    ) -> Result<Vec<SessionRecord>, StoreError>;
    /// Rotates by the rules, in one durable conditional write that is grouped with others. A
    /// spent token ends the session in the same transaction, with event and audit entry, unless
    /// its request was held up; the event is returned so that it can be published.
    async fn renew(&self, renewal: Renewal) -> Result<(Renewed, Option<Ended>), StoreError>;
    /// Notes that a session was used. Grouped; may be lost in a crash.
    async fn touch(&self, touch: Touch) -> Result<(), StoreError>;
    /// Ends what `cause` reaches, by the rules, in one transaction with events, audit entries and
    /// what clients are to be told. Sessions whose end is held back by a notice period or a call
    /// are marked, and ended by [`Sessions::end_due`] or [`crate::Calls`].
    async fn end(
        &self,
        cause: &Cause,
        at: Timestamp,
        actor: &Actor,
        surface: Option<Surface>,
    ) -> Result<Ends, StoreError>;
    /// Disables a user and ends their sessions (rule 5) as one change, so that no sign-in slips
    /// in between. [`StoreError::LastAdmin`], unless the operator does it, if nobody would be left
    /// to run the organization.
    async fn disable(
        &self,
        user: UserId,
        when: When,
        at: Timestamp,
        actor: &Actor,
        surface: Option<Surface>,
    ) -> Result<Ends, StoreError>;
    /// An organization's live sessions that match, a page at a time.
    async fn search(&self, search: &SessionSearch) -> Result<SessionsPage, StoreError>;
    /// How the people of an organization use their live sessions.
    async fn used_in(&self, organization: OrganizationId) -> Result<Vec<Use>, StoreError>;
    /// Ends what has become due: notice periods, limits of waiting for a call, and lifetimes
    /// (rules 7 and 9). At most `limit` at a time.
    async fn end_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Ended>, StoreError>;
    /// A user's events after `sequence`, oldest first, at most `limit`. `None` if the store no
    /// longer has everything after it.
    async fn events_after(
        &self,
        user: UserId,
        sequence: u64,
        limit: u32,
    ) -> Result<Option<Vec<SessionEvent>>, StoreError>;
    /// The event that told of the session's end, while it is kept.
    async fn end_of(
        &self,
        user: UserId,
        session: SessionId,
    ) -> Result<Option<SessionEvent>, StoreError>;
    /// The newest sequence number given out.
    async fn last_sequence(&self) -> Result<u64, StoreError>;
    /// Removes the oldest events up to the first that is not older than `before`, at most `limit`
    /// at a time; how many it removed.
    async fn prune_events(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
