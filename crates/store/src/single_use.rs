//! Things that may be used once: authorization codes, pushed requests, invitations, password
//! resets, sign-in attempts, DPoP proofs.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::StoreError;

/// What a secret is for. A secret for one purpose is unknown for every other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// An authorization request that waits for its person to sign in.
    Attempt,
    /// A pushed authorization request (RFC 9126).
    PushedRequest,
    /// An authorization code (RFC 6749 §4.1.2).
    AuthorizationCode,
    /// An invitation to join an organization.
    Invitation,
    /// A password reset.
    PasswordReset,
    /// A DPoP proof's `jti` (RFC 9449 §11.1).
    ProofId,
    /// Where a browser goes on once a new session is known at another surface's origin.
    Join,
    /// A frame's attempt to sign in by a window of its own.
    Embedding,
}

/// What came of taking something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was there, in time, and is now used up.
    Now(String),
    /// It was used before; its payload, so that what it led to can be ended.
    Before(String),
    /// It is over.
    Expired,
    /// There never was such a thing, or it has been cleaned away.
    Unknown,
}

/// The repository of single-use secrets. Only a digest of a secret is stored.
#[async_trait]
pub trait SingleUse: Send + Sync {
    /// Stores `payload` under the SHA-256 digest of a secret. `false` if it was there already.
    async fn put(
        &self,
        purpose: Purpose,
        digest: [u8; 32],
        payload: &str,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Reads without using it up.
    async fn peek(
        &self,
        purpose: Purpose,
        digest: [u8; 32],
        now: Timestamp,
    ) -> Result<Taken, StoreError>;
    /// Uses it up; of two at once, one gets [`Taken::Now`].
    async fn take(
        &self,
        purpose: Purpose,
        digest: [u8; 32],
        now: Timestamp,
    ) -> Result<Taken, StoreError>;
    /// Replaces the payload of one that is unused (to note what a code led to, also once used).
    async fn amend(
        &self,
        purpose: Purpose,
        digest: [u8; 32],
        payload: &str,
    ) -> Result<(), StoreError>;
    /// The payloads of what is unused and in time at `now`, newest first, at most `limit`.
    async fn unused(
        &self,
        purpose: Purpose,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<String>, StoreError>;
    /// Removes what has been over for a day, at most `limit` at a time; how many it removed.
    async fn clean(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
