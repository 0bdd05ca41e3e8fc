//! What apps and websites rely on when they sign people in with this service: the real router,
//! store and sign-in pages, driven in this process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod authorization_requests;
mod backchannel;
mod backchannel_weather;
mod browser_clients;
mod desktop_sign_in;
mod events;
mod everywhere;
mod hang_ups;
mod introspection;
mod keys;
mod logout;
mod metadata;
mod proofs;
mod renewal;
mod revocation;
mod support;
