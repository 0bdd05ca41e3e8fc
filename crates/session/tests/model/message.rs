//! What goes over the network.

use session::EndReason;

use crate::world::{Caller, Name, Place};

/// Who holds a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holder {
    App,
    Thief,
}

/// One message. Sessions are named in each, as they are on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Message {
    /// To the service: a refresh token, presented. `made_at` counts renewals instead of seconds.
    Renew {
        by: Holder,
        session: Name,
        generation: u8,
        made_at: u8,
    },
    /// The answer: the successor of the token that was presented.
    Renewed {
        to: Holder,
        session: Name,
        generation: u8,
        successor: u8,
    },
    /// The answer: the session has ended (`invalid_grant`).
    Refused { to: Holder, session: Name },
    /// To the service: the person signed out in the app.
    DesktopSignOut { session: Name },
    /// The answer.
    DesktopSignedOut { session: Name },
    /// To the service: the person signed out on a browser surface.
    SurfaceSignOut { session: Name, place: Place },
    /// The session event, to whoever listens.
    Ended { session: Name, reason: EndReason },
    /// To the service: a call goes on.
    Call { session: Name, by: Caller },
    /// To the service: a call is over.
    CallOver { session: Name, by: Caller },
    /// To the service: the person signs out on a browser surface, when the call is over.
    SignOutAfterCall { session: Name },
    /// To the service: an admin ends the person's sessions, now or when their calls are over.
    AdminEnds { now: bool },
    /// The answer: the session ends when its call is over.
    EndsAfterCall { session: Name },
}

impl Message {
    /// Whether it is one that the service reads.
    pub fn is_request(self) -> bool {
        matches!(
            self,
            Self::Renew { .. }
                | Self::DesktopSignOut { .. }
                | Self::SurfaceSignOut { .. }
                | Self::Call { .. }
                | Self::CallOver { .. }
                | Self::SignOutAfterCall { .. }
                | Self::AdminEnds { .. }
        )
    }

    /// The session that this message tells somebody has ended, if it does.
    pub fn tells_end_of(self) -> Option<Name> {
        match self {
            Self::Refused { session, .. }
            | Self::DesktopSignedOut { session }
            | Self::Ended { session, .. } => Some(session),
            _ => None,
        }
    }
}
