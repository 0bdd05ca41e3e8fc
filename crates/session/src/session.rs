//! A session: one sign-in that lasts, until it ends for good.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    Authentication, BrowserId, EndReason, Generations, Kind, OrganizationId, SessionId, UserId,
};

/// What the rules know of a session. What a person sees of it beside (device name, address) is
/// the store's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its name.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The organization that the user belongs to.
    pub organization: OrganizationId,
    /// Browser or desktop, never both.
    pub kind: Kind,
    /// The browser profile; `None` for a desktop session.
    pub browser: Option<BrowserId>,
    /// How the person authenticated.
    pub authentication: Authentication,
    /// When it was made.
    pub started_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Timestamp,
    /// The refresh tokens of a desktop session; unused for a browser session.
    pub generations: Generations,
    /// When and why it ended; `None` while it lives.
    pub end: Option<End>,
}

/// When and why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: EndReason,
}

/// The session had already ended: an end is final and keeps its first time and reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the session has already ended")]
pub struct AlreadyEnded;

impl Session {
    /// Whether it has not ended. Says nothing of its lifetime: see [`crate::lifetime_over`].
    pub fn is_live(&self) -> bool {
        self.end.is_none()
    }

    /// Ends the session. Nothing takes an end back.
    pub fn end(&mut self, end: End) -> Result<(), AlreadyEnded> {
        if self.end.is_some() {
            return Err(AlreadyEnded);
        }
        self.end = Some(end);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use proptest::prelude::*;

    use super::*;
    use crate::{Effect, arbitrary};

    proptest! {
        #[test]
        fn an_end_is_final_and_keeps_its_first_time_and_reason(
            session in arbitrary::live(),
            ends in prop::collection::vec(arbitrary::end(), 1..5),
        ) {
            let mut session = session;
            for (number, end) in ends.iter().enumerate() {
                let expected = if number == 0 { Ok(()) } else { Err(AlreadyEnded) };
                prop_assert_eq!(session.end(*end), expected);
                prop_assert_eq!(session.end, Some(ends[0]));
                prop_assert!(!session.is_live());
            }
        }

        #[test]
        fn causes_in_any_order_end_a_session_at_most_once(
            session in arbitrary::live(),
            causes in prop::collection::vec(arbitrary::cause(), 0..20),
        ) {
            let mut session = session;
            let mut first = None;
            for cause in causes {
                if let Effect::Ends(reason) = cause.effect(&session) {
                    prop_assert_eq!(first, None);
                    let end = End { at: Timestamp::UNIX_EPOCH, reason };
                    session.end(end).unwrap();
                    first = Some(end);
                }
                prop_assert_eq!(session.end, first);
            }
        }
    }
}
