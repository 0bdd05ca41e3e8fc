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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use proptest::prelude::*;

    use super::*;
    use crate::arbitrary;

    fn lifetimes() -> impl Strategy<Value = Lifetimes> {
        let seconds = || (0..1_000_000_000_u64).prop_map(Duration::from_secs);
        (seconds(), prop::option::of(seconds()))
            .prop_map(|(idle, absolute)| Lifetimes { idle, absolute })
    }

    /// A session that was started and last used at these times.
    fn used(session: Session, started_at: Timestamp, last_used_at: Timestamp) -> Session {
        Session {
            started_at,
            last_used_at,
            ..session
        }
    }

    fn days(count: i64) -> SignedDuration {
        SignedDuration::from_hours(24 * count)
    }

    const INSTANT: SignedDuration = SignedDuration::from_secs(1);

    proptest! {
        #[test]
        fn a_session_lives_as_long_as_it_was_promised_and_no_longer(
            session in arbitrary::live(), start in arbitrary::time(),
        ) {
            let session = used(session, start, start);
            let (kind, defaults) = (session.kind, Lifetimes::default_for(session.kind));
            let idle = match kind { Kind::Browser => days(30), Kind::Desktop => days(90) };
            prop_assert_eq!(lifetime_over(&session, defaults, start + idle), None);
            prop_assert_eq!(
                lifetime_over(&session, defaults, start + idle + INSTANT),
                Some(Lifetime::Idle)
            );
        }

        #[test]
        fn a_browser_session_in_daily_use_ends_after_180_days_and_a_desktop_one_never(
            session in arbitrary::live(), start in arbitrary::time(),
        ) {
            let defaults = Lifetimes::default_for(session.kind);
            let last_day = start + days(180);
            let session = used(session, start, last_day);
            prop_assert_eq!(lifetime_over(&session, defaults, last_day), None);
            let expected = (session.kind == Kind::Browser).then_some(Lifetime::Absolute);
            prop_assert_eq!(lifetime_over(&session, defaults, last_day + INSTANT), expected);
            let session = used(session, start, start + days(10_000));
            prop_assert_eq!(lifetime_over(&session, defaults, start + days(10_000)), expected);
        }

        #[test]
        fn a_clock_that_went_backwards_ends_nothing(
            session in arbitrary::live(), lifetimes in lifetimes(),
            now in arbitrary::time(), start in 0..1_000_000_000_i64, last in 0..1_000_000_000_i64,
        ) {
            let later = |seconds| now + SignedDuration::from_secs(seconds);
            let session = used(session, later(start), later(last));
            prop_assert_eq!(lifetime_over(&session, lifetimes, now), None);
        }

        #[test]
        fn what_is_over_stays_over_while_nobody_uses_it(
            session in arbitrary::live(), lifetimes in lifetimes(),
            now in arbitrary::time(), later in 0..1_000_000_000_i64,
        ) {
            let over = lifetime_over(&session, lifetimes, now).is_some();
            let later = now + SignedDuration::from_secs(later);
            prop_assert!(!over || lifetime_over(&session, lifetimes, later).is_some());
        }

        #[test]
        fn an_organization_shortens_and_never_lengthens(
            ours in lifetimes(), theirs in lifetimes(),
            session in arbitrary::live(), now in arbitrary::time(),
        ) {
            let both = ours.shortened_by(theirs);
            prop_assert_eq!(both, theirs.shortened_by(ours));
            let over = |lifetimes| lifetime_over(&session, lifetimes, now).is_some();
            prop_assert_eq!(over(both), over(ours) || over(theirs));
        }
    }

    #[test]
    fn a_lifetime_longer_than_time_itself_is_never_over() {
        let forever = Lifetimes {
            idle: Duration::MAX,
            absolute: Some(Duration::MAX),
        };
        proptest!(|(session in arbitrary::live())| {
            prop_assert_eq!(lifetime_over(&session, forever, Timestamp::MAX), None);
        });
    }
}
