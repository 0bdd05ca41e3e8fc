//! The rules of sessions: what a session is, what ends it and whom an end reaches, which ends
//! wait for a call, how long it lives, how a refresh token rotates, and what a session event means to a desktop app.
//!
//! Everything here is a plain function of its arguments. Time comes in as a value; nothing reads
//! a clock, a file or a socket. The service and the desktop app share this crate, so that both
//! decide by the same code.

#[cfg(test)]
mod arbitrary;
mod authentication;
mod bridge;
mod cause;
mod end_reason;
mod event;
mod hold;
mod ids;
mod kind;
mod lifetime;
mod refresh;
mod session;
mod surface;

pub use authentication::{Authentication, Method};
pub use bridge::{Heard, hear};
pub use cause::{Cause, CredentialChange, Effect, Lifetime, Scope, UserLoss};
pub use end_reason::EndReason;
pub use event::{SessionEvent, What};
pub use hold::{CALL_HOLDS_AT_MOST, CALL_SILENCE, Call, Ending, Settled, When};
pub use ids::{BrowserId, CallId, OrganizationId, SessionId, UserId};
pub use kind::Kind;
pub use lifetime::{Lifetimes, lifetime_over};
pub use refresh::{Generations, Presented, held_up};
pub use session::{AlreadyEnded, End, Session};
pub use surface::Surface;
