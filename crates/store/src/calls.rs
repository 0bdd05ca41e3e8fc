//! Calls under way: each holds back ends of its own session (`session`'s module `hold`).

use async_trait::async_trait;
use jiff::Timestamp;
use session::{Call, CallId, End, SessionId, Surface};

use crate::{Ended, StoreError};

/// A page says that it is on a call.
#[derive(Clone, Copy, Debug)]
pub struct CallReport {
    /// The page's session.
    pub session: SessionId,
    /// Which call.
    pub call: CallId,
    /// Where.
    pub surface: Surface,
    /// When.
    pub at: Timestamp,
}

/// What came of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// The session is now on a call.
    Began,
    /// It was on one already; nothing has changed.
    GoesOn,
    /// The call had been silent for too long, and an end had waited for it: that has come now.
    Ended(Box<Ended>),
    /// The session had ended.
    HadEnded(End),
    /// There is no such session.
    Unknown,
}

/// What came of calls that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallsOver {
    /// Sessions whose calls have changed, ended or not.
    pub sessions: Vec<SessionId>,
    /// Those whose held end has come with it.
    pub ended: Vec<Ended>,
}

/// The repository of calls.
#[async_trait]
pub trait Calls: Send + Sync {
    /// Notes that a call goes on, the first time that it has begun.
    async fn report(&self, report: CallReport) -> Result<Reported, StoreError>;
    /// A call is over. If it was the session's last and an end waits for it, that comes in the
    /// same transaction.
    async fn over(
        &self,
        session: SessionId,
        call: CallId,
        at: Timestamp,
    ) -> Result<CallsOver, StoreError>;
    /// Ends calls that have been silent for too long, at most `limit`.
    async fn expire(&self, now: Timestamp, limit: u32) -> Result<CallsOver, StoreError>;
    /// The session's calls that are not over, oldest first.
    async fn of(&self, session: SessionId, now: Timestamp) -> Result<Vec<Call>, StoreError>;
    /// Gives every call a new minute: while the service was down nobody could report one.
    async fn resume(&self, now: Timestamp) -> Result<u64, StoreError>;
}
