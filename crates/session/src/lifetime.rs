//! How long a session lives (rule 9).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Kind, Lifetime, Session};

const DAY: u64 = 24 * 60 * 60;

/// The longest that a session may go unused, and live at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifetimes {
    /// Unused for longer than this, it is over.
    pub idle: Duration,
    /// Older than this, it is over; `None`: no maximum.
    pub absolute: Option<Duration>,
}

impl Lifetimes {
    /// The defaults: browser 30 days idle and 180 at most; desktop 90 days idle, no maximum.
    pub fn default_for(kind: Kind) -> Self {
        match kind {
            Kind::Browser => Self {
                idle: Duration::from_secs(30 * DAY),
                absolute: Some(Duration::from_secs(180 * DAY)),
            },
            Kind::Desktop => Self {
                idle: Duration::from_secs(90 * DAY),
                absolute: None,
            },
        }
    }

    /// The shorter of each: an organization may shorten what is allowed, never lengthen it.
    #[must_use]
    pub fn shortened_by(self, other: Self) -> Self {
        Self {
            idle: self.idle.min(other.idle),
            absolute: match (self.absolute, other.absolute) {
                (Some(one), Some(two)) => Some(one.min(two)),
                (one, two) => one.or(two),
            },
        }
    }
}

/// Which lifetime of the session is over at `now`, if any. A clock that went backwards ends
/// nothing.
pub fn lifetime_over(session: &Session, lifetimes: Lifetimes, now: Timestamp) -> Option<Lifetime> {
    let longer_than = |since: Timestamp, limit: Duration| {
        SignedDuration::try_from(limit).is_ok_and(|limit| now.duration_since(since) > limit)
    };
    if lifetimes
        .absolute
        .is_some_and(|limit| longer_than(session.started_at, limit))
    {
        Some(Lifetime::Absolute)
    } else if longer_than(session.last_used_at, lifetimes.idle) {
        Some(Lifetime::Idle)
    } else {
        None
    }
}
