//! OpenID Connect Back-Channel Logout 1.0: other teams' surfaces are told when a browser session
//! that was used at them ends, whoever ended it and however.
//!
//! What is owed is written by the store in the transaction of the end (`store`'s outbox), so no
//! crash between the two loses word of an end. It is sent at once; what goes wrong is tried again
//! with jittered, growing pauses for a day, and is seen by the organization's admins.
//!
//! Threats: a client that makes this service call addresses of its choosing (`reach`); a slow
//! client that holds up the others (each waits in a line of its own, and nobody for longer than
//! five seconds); word of an end that somebody else could make up (signed, for one audience, over
//! in two minutes: `token`); a redirect that carries the token elsewhere (none is followed).

mod failure;
mod reach;
mod send;
mod token;
mod work;

pub use failure::DeliveryError;
pub use work::{Outbox, run};
