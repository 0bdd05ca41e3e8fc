//! How often something may be tried: by address, by account, and mails to one account.
//!
//! Counted in memory, so each node counts for itself and a restart forgets.

mod lockout;

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use thiserror::Error;

pub use lockout::{Failed, Lockout};

use crate::config::LimitsConfig;

/// A whole support team may sit behind one address.
const EMBEDDINGS_PER_ADDRESS_PER_MINUTE: u32 = 300;

/// Too often: try again after this long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too many attempts")]
pub struct TooOften {
    /// How long to wait.
    pub retry_after: Duration,
}

/// All limits of a running service.
pub struct Limits {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    mails: DefaultKeyedRateLimiter<String>,
    embeddings: DefaultKeyedRateLimiter<IpAddr>,
    /// Wrong passwords by account.
    pub lockout: Lockout,
}

impl Limits {
    /// The limits as configured.
    pub fn new(config: &LimitsConfig) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self {
            addresses: RateLimiter::keyed(Quota::per_minute(at_least_one(
                config.attempts_per_address_per_minute,
            ))),
            mails: RateLimiter::keyed(Quota::per_hour(at_least_one(
                config.mails_per_account_per_hour,
            ))),
            embeddings: RateLimiter::keyed(Quota::per_minute(at_least_one(
                EMBEDDINGS_PER_ADDRESS_PER_MINUTE,
            ))),
            lockout: Lockout::new(
                config.failures_before_lockout,
                Duration::from_secs(u64::from(config.lockout_minutes) * 60),
            ),
        }
    }

    /// Counts an attempt from an address.
    pub fn attempt_from(&self, address: IpAddr) -> Result<(), TooOften> {
        self.addresses
            .check_key(&network(address))
            .map_err(|until| TooOften {
                retry_after: until.wait_time_from(self.addresses.clock().now()),
            })
    }

    /// Counts a window that a widget's frame wants to open from an address.
    pub fn embedding_from(&self, address: IpAddr) -> Result<(), TooOften> {
        self.embeddings
            .check_key(&network(address))
            .map_err(|until| TooOften {
                retry_after: until.wait_time_from(self.embeddings.clock().now()),
            })
    }

    /// Counts a mail to an account; `false`: it has had enough of them.
    pub fn mail_to(&self, email: &str) -> bool {
        self.mails.check_key(&account(email)).is_ok()
    }

    /// Forgets whoever tried nothing for a while. Call it now and then.
    pub fn forget_old(&self, now: jiff::Timestamp) {
        self.addresses.retain_recent();
        self.addresses.shrink_to_fit();
        self.mails.retain_recent();
        self.mails.shrink_to_fit();
        self.embeddings.retain_recent();
        self.embeddings.shrink_to_fit();
        self.lockout.forget_old(now);
    }
}

/// An IPv6 subscriber has at least a /64, so that counts as one address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// An account as it is counted, whether it exists or not.
fn account(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn limits(attempts: u32, mails: u32) -> Limits {
        Limits::new(&LimitsConfig {
            attempts_per_address_per_minute: attempts,
            mails_per_account_per_hour: mails,
            ..LimitsConfig::default()
        })
    }

    #[test]
    fn one_address_is_slowed_and_another_is_not() {
        let limits = limits(2, 1);
        let one = IpAddr::from([192, 0, 2, 1]);
        assert!(limits.attempt_from(one).is_ok());
        assert!(limits.attempt_from(one).is_ok());
        let refused = limits.attempt_from(one).unwrap_err();
        assert!(
            refused.retry_after > Duration::ZERO && refused.retry_after <= Duration::from_secs(30)
        );
        assert!(limits.attempt_from(IpAddr::from([192, 0, 2, 2])).is_ok());
    }

    #[test]
    fn a_whole_ipv6_subscriber_counts_as_one() {
        let limits = limits(1, 1);
        assert!(
            limits
                .attempt_from("2001:db8:1:2::1".parse().unwrap())
                .is_ok()
        );
        assert!(
            limits
                .attempt_from("2001:db8:1:2:ffff::9".parse().unwrap())
                .is_err()
        );
        assert!(
            limits
                .attempt_from("2001:db8:1:3::1".parse().unwrap())
                .is_ok()
        );
    }

    #[test]
    fn an_account_gets_so_many_mails_however_it_is_written() {
        let limits = limits(1, 2);
        assert!(limits.mail_to("Mira@acme.example"));
        assert!(limits.mail_to("mira@acme.example "));
        assert!(!limits.mail_to("MIRA@acme.example"));
        assert!(limits.mail_to("sam@acme.example"));
    }
}
