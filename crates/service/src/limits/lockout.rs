//! Wrong passwords in a row lock an account for a while, whether the account exists or not.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::{TooOften, account};

/// More accounts than this are not counted one by one; the oldest are forgotten first.
const MOST_ACCOUNTS: usize = 100_000;

/// Counts wrong passwords by account.
pub struct Lockout {
    most: u32,
    lasts: Duration,
    accounts: Mutex<HashMap<String, Count>>,
}

#[derive(Clone, Copy)]
struct Count {
    failures: u32,
    newest: Timestamp,
}

/// What a wrong password led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// The account can be tried again.
    Counted,
    /// The account is locked from now on.
    Locked,
}

impl Lockout {
    /// Locks an account for `lasts` at the `most`th wrong password in a row.
    pub fn new(most: u32, lasts: Duration) -> Self {
        Self {
            most,
            lasts,
            accounts: Mutex::default(),
        }
    }

    /// Whether an account may be tried.
    pub fn check(&self, email: &str, now: Timestamp) -> Result<(), TooOften> {
        let accounts = self.accounts();
        match accounts.get(&account(email)) {
            Some(count) if count.failures >= self.most => match self.left(*count, now) {
                Some(retry_after) => Err(TooOften { retry_after }),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// Counts a wrong password.
    pub fn failed(&self, email: &str, now: Timestamp) -> Failed {
        let mut accounts = self.accounts();
        if accounts.len() >= MOST_ACCOUNTS
            && let Some(oldest) = accounts
                .iter()
                .min_by_key(|(_, count)| count.newest)
                .map(|(account, _)| account.clone())
        {
            accounts.remove(&oldest);
        }
        let count = accounts.entry(account(email)).or_insert(Count {
            failures: 0,
            newest: now,
        });
        if self.left(*count, now).is_none() {
            count.failures = 0;
        }
        count.failures = count.failures.saturating_add(1);
        count.newest = now;
        if count.failures >= self.most {
            Failed::Locked
        } else {
            Failed::Counted
        }
    }

    /// The person has shown who they are: the count begins anew.
    pub fn clear(&self, email: &str) {
        self.accounts().remove(&account(email));
    }

    pub(super) fn forget_old(&self, now: Timestamp) {
        self.accounts()
            .retain(|_, count| self.left(*count, now).is_some());
    }

    fn left(&self, count: Count, now: Timestamp) -> Option<Duration> {
        let lasts = SignedDuration::try_from(self.lasts).unwrap_or(SignedDuration::MAX);
        let left = lasts - now.duration_since(count.newest);
        // A clock that went backwards must not lock anyone for longer.
        Duration::try_from(left.min(lasts))
            .ok()
            .filter(|left| !left.is_zero())
    }

    fn accounts(&self) -> std::sync::MutexGuard<'_, HashMap<String, Count>> {
        self.accounts
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn the_third_wrong_password_locks_and_time_unlocks() {
        let lockout = Lockout::new(3, MINUTE);
        assert_eq!(lockout.failed("mira@acme.example", at(0)), Failed::Counted);
        assert_eq!(lockout.failed("Mira@acme.example", at(1)), Failed::Counted);
        assert!(lockout.check("mira@acme.example", at(1)).is_ok());
        assert_eq!(lockout.failed("mira@acme.example", at(2)), Failed::Locked);
        let refused = lockout.check("MIRA@acme.example", at(32)).unwrap_err();
        assert_eq!(refused.retry_after, Duration::from_secs(30));
        assert!(lockout.check("sam@acme.example", at(32)).is_ok());
        assert!(lockout.check("mira@acme.example", at(62)).is_ok());
        assert_eq!(lockout.failed("mira@acme.example", at(62)), Failed::Counted);
    }

    #[test]
    fn a_right_password_begins_the_count_anew() {
        let lockout = Lockout::new(2, MINUTE);
        lockout.failed("mira@acme.example", at(0));
        lockout.clear("mira@acme.example");
        assert_eq!(lockout.failed("mira@acme.example", at(1)), Failed::Counted);
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let lockout = Lockout::new(2, MINUTE);
        lockout.failed("mira@acme.example", at(0));
        lockout.forget_old(at(61));
        assert!(lockout.accounts().is_empty());
    }
}
