//! What asking for an access token can come to.

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::time::Instant;

use crate::session::{ending::Ending, problem::Problem};

/// An access token. In memory only.
#[derive(Clone)]
pub struct Access {
    /// The token.
    pub token: SecretString,
    /// Renewals of this process so far; a caller who found this one stale names it.
    pub number: u64,
    /// When the next renewal is due: at 80 % of its life, by the monotonic clock.
    pub renew_at: Instant,
    /// When it was given, by the issuer's clock.
    pub given: Timestamp,
}

/// What came of asking for a usable access token.
#[derive(Clone)]
pub enum Renewal {
    /// Here it is.
    Fresh(Access),
    /// Not now: the network, the issuer, a request that it refuses.
    TryLater(Problem),
    /// The session is over.
    SignedOut(Ending),
    /// The keychain stands in the way; the session is as good as before.
    KeychainUnavailable(Problem),
}
