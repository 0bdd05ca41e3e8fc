//! Rotation of refresh tokens that cannot lose a session.
//!
//! The tokens of a session are numbered by generation. Presenting the newest one issues its
//! successor. Presenting it again, at any later time, yields the same successor, until that
//! successor has been presented once: then the older token is spent, and its use ends the session
//! (RFC 9700 §4.14.2, reuse detection). A lost answer, a killed app or a power cut therefore costs
//! nothing.
//!
//! A copied token is found out as soon as one holder is two tokens ahead: the other then presents
//! a spent one. Holders who renew in strict turns only repeat each other and are not told apart by
//! generations; the key that refresh tokens are bound to (RFC 9449 §5) keeps out whoever copied a
//! token alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The refresh-token generations of one session, as one number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Generations {
    /// The newest generation issued. Generation 0 is issued with the session.
    pub issued: u64,
}

/// What presenting an authentic refresh token of a live session means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presented {
    /// The newest token: its successor is issued, and these are the new generations.
    Renewed(Generations),
    /// The newest token's predecessor: the same successor again; nothing changes.
    Repeated,
    /// A spent token: the session ends (rule 8).
    Spent,
}

impl Generations {
    /// Decides on a presented generation.
    ///
    /// A generation *ahead* of what was issued can only come from a store that was restored from
    /// an older backup, since a token cannot be forged: it counts as the newest.
    pub fn present(self, generation: u64) -> Presented {
        if generation >= self.issued {
            Presented::Renewed(Self {
                issued: generation.saturating_add(1),
            })
        } else if generation + 1 == self.issued {
            Presented::Repeated
        } else {
            Presented::Spent
        }
    }
}

/// Whether a request with a spent token may be an honest one that was held up on its way.
///
/// A request can lie in a proxy's or a stopped node's buffer while its sender, out of patience,
/// sends it again and goes on; arriving at last, it would look like a second holder's. What tells
/// them apart is when it was made (`iat` of its DPoP proof, RFC 9449 §4.2): an honest app asks
/// with no token older than the newest one it was given. A request made before the newest token
/// was given out is refused, so that its sender may ask anew, and ends nothing. Without a proof
/// nothing is known, and the token counts as spent.
pub fn held_up(made_at: Option<Timestamp>, newest_since: Timestamp) -> bool {
    made_at.is_some_and(|made_at| made_at < newest_since)
}

#[cfg(test)]
mod tests;
