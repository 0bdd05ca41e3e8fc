//! What can go wrong with telling a client. An admin reads these words at the Dashboard.

use thiserror::Error;

/// Why a client could not be told.
#[derive(Debug, Error)]
pub enum DeliveryError {
    /// No connection, or a broken one.
    #[error("UL-1510: the address could not be reached")]
    Unreachable,
    /// No answer in time.
    #[error("UL-1511: no answer within 5 seconds")]
    TimedOut,
    /// A redirect. The token is for the registered address and for no other.
    #[error("UL-1512: answered with a redirect ({0}), which is not followed")]
    Redirected(u16),
    /// Any answer but 200 and 204.
    #[error("UL-1513: answered {0} instead of 200")]
    Refused(u16),
    /// An address inside the operator's own network.
    #[error("UL-1514: the address is not on the public internet")]
    Private,
    /// The token could not be made.
    #[error("UL-1515: the logout token could not be signed")]
    Unsigned,
}
