//! Calls hold ends back: no sign-out interrupts a call by surprise.
//!
//! | end | of a session that is on a call |
//! |---|---|
//! | rule 1 | as the person chose: now, or after the call; other browsers that it reaches wait |
//! | rules 2, 3, 4 | now |
//! | rule 5 | after the call, unless the admin chose now |
//! | rules 6, 7 | after the call |
//! | rules 8, 9 | now |
//!
//! Only a session's own call counts: the desktop app's holds no browser session, nor the reverse.
//! What is held comes when the last call is over, when it has been silent for a minute, or when
//! the limit is reached, whichever is first. Nothing takes it back.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{EndReason, Surface};

/// A call that is not reported for this long is over: its tab has gone.
pub const CALL_SILENCE: Duration = Duration::from_mins(1);

/// The longest that an end waits for calls.
pub const CALL_HOLDS_AT_MOST: Duration = Duration::from_hours(4);

/// What was chosen about a call that is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At once, call or not.
    #[default]
    Now,
    /// When the call is over.
    AfterCall,
}

/// A call, as a surface reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Call {
    /// Where.
    pub surface: Surface,
    /// Since when.
    pub since: Timestamp,
    /// When it was last reported.
    pub seen_at: Timestamp,
}

impl Call {
    /// Whether it is over because nothing was heard of it. A clock that went backwards ends no
    /// call.
    pub fn is_silent(&self, now: Timestamp) -> bool {
        let silence = SignedDuration::try_from(CALL_SILENCE).unwrap_or(SignedDuration::MAX);
        now.duration_since(self.seen_at) >= silence
    }
}

/// An end that is certain and has not come yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ending {
    /// When; after a call: when at the latest.
    pub at: Timestamp,
    /// Why.
    pub reason: EndReason,
    /// Whether it waits for a call, and comes as soon as that is over.
    pub after_call: bool,
}

/// What an [`Ending`] has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The session ends now.
    Over(EndReason),
    /// It goes on until then.
    Later(Ending),
}

impl Ending {
    /// An end at `at` that waits for the call under way.
    pub fn after_call(at: Timestamp, reason: EndReason) -> Self {
        Self {
            at: held_until(at),
            reason,
            after_call: true,
        }
    }

    /// A notice: an end at `at`, for which only a call still going on then gets more time.
    pub fn notice(at: Timestamp, reason: EndReason) -> Self {
        Self {
            at,
            reason,
            after_call: false,
        }
    }

    /// What it is at `now`, while the session is `on_call` or not.
    pub fn settle(self, on_call: bool, now: Timestamp) -> Settled {
        let held = if self.after_call {
            self
        } else if now < self.at {
            return Settled::Later(self);
        } else {
            Self::after_call(self.at, self.reason)
        };
        if on_call && now < held.at {
            Settled::Later(held)
        } else {
            Settled::Over(held.reason)
        }
    }

    /// Which of two stands. What waits for a call comes before any notice does; of two alike the
    /// earlier, and of two at once the first.
    #[must_use]
    pub fn or_earlier(self, other: Self) -> Self {
        let earlier = match (self.after_call, other.after_call) {
            (true, false) => false,
            (false, true) => true,
            _ => other.at < self.at,
        };
        if earlier { other } else { self }
    }
}

fn held_until(at: Timestamp) -> Timestamp {
    at.saturating_add(CALL_HOLDS_AT_MOST)
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
