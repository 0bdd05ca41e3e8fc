//! What a session event means to a desktop app (the bridge's rules).

use crate::{EndReason, SessionEvent, SessionId, What};

/// What the desktop app makes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Its own session ended: the app signs out here.
    OwnEnd(EndReason),
    /// Another session of the person started or ended: shown as activity, nothing else.
    Activity,
    /// Nothing to show or do.
    Nothing,
}

/// Decides by the event alone. Only an end of the app's own session ends it; what happens to
/// browser sessions and other devices is news at most.
pub fn hear(own: SessionId, event: &SessionEvent) -> Heard {
    match event.what {
        What::Ended { reason } if event.session == own => Heard::OwnEnd(reason),
        What::Started | What::Ended { .. } if event.session != own => Heard::Activity,
        _ => Heard::Nothing,
    }
}
