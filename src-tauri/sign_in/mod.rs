//! Signing in through the system browser (RFC 8252): the attempt, its answer, its tokens.

pub mod attempt;
pub mod callback;
pub mod exchange;
pub mod loopback;
mod userinfo;
