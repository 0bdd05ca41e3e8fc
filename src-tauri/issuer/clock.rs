//! The issuer's clock, as measured by the `Date` of its answers. This computer's own may be wrong
//! by hours; tokens and proofs are dated and checked by the issuer's.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use jiff::{SignedDuration, Timestamp};

/// A `Date` has whole seconds and an answer takes time: less than this is no difference.
const NOISE: SignedDuration = SignedDuration::from_secs(2);
/// From here on a person should set the clock.
const WRONG: SignedDuration = SignedDuration::from_mins(5);

/// How far the issuer's clock is ahead of this computer's; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct ServerClock {
    ahead_ms: Arc<AtomicI64>,
}

impl ServerClock {
    /// Takes a measurement: the `Date` of an answer, and when it was asked for and came.
    pub fn measure(&self, date: &str, asked: Timestamp, came: Timestamp) {
        let Ok(date) = httpdate::parse_http_date(date) else {
            return;
        };
        let Some(date) = to_timestamp(date) else {
            return;
        };
        let middle = asked
            .checked_add(came.duration_since(asked) / 2)
            .unwrap_or(came);
        // A `Date` is cut off, half a second on average.
        let ahead = date.duration_since(middle) + SignedDuration::from_millis(500);
        let ahead = if ahead.abs() < NOISE {
            SignedDuration::ZERO
        } else {
            ahead
        };
        let millis = i64::try_from(ahead.as_millis()).unwrap_or(0);
        self.ahead_ms.store(millis, Ordering::Relaxed);
    }

    /// How far it is ahead; negative: behind.
    pub fn ahead(&self) -> SignedDuration {
        SignedDuration::from_millis(self.ahead_ms.load(Ordering::Relaxed))
    }

    /// The time at the issuer.
    pub fn now(&self) -> Timestamp {
        let here = Timestamp::now();
        here.checked_add(self.ahead()).unwrap_or(here)
    }

    /// Whether this computer's clock is so wrong that a person should know.
    pub fn is_wrong_here(&self) -> bool {
        self.ahead().abs() > WRONG
    }
}

fn to_timestamp(time: SystemTime) -> Option<Timestamp> {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Timestamp::new(i64::try_from(since.as_secs()).ok()?, 0).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_clock_wrong_by_hours_is_measured_and_a_second_is_not() {
        let here: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let clock = ServerClock::default();
        clock.measure("Sun, 01 Mar 2026 12:00:01 GMT", here, here);
        assert_eq!(clock.ahead(), SignedDuration::ZERO);
        clock.measure("Sun, 01 Mar 2026 17:00:00 GMT", here, here);
        assert_eq!(clock.ahead().as_secs(), 5 * 3600);
        assert!(clock.is_wrong_here());
        clock.measure("Sun, 01 Mar 2026 09:00:00 GMT", here, here);
        assert_eq!(
            clock.ahead().as_hours(),
            -2,
            "three hours less half a second"
        );
    }

    #[test]
    fn a_date_that_is_none_changes_nothing() {
        let here = Timestamp::now();
        let clock = ServerClock::default();
        for rubbish in ["", "yesterday", "Sun, 99 Mar 2026 12:00:01 GMT"] {
            clock.measure(rubbish, here, here);
        }
        assert_eq!(clock.ahead(), SignedDuration::ZERO);
    }
}
