//! SAML 2.0 sign-in, as a Service Provider (SAML V2.0 Web Browser SSO Profile).
//!
//! The rules and nothing else: no I/O, no clock (the time comes in as a value), no source of
//! randomness (random bytes come in as an argument).
//!
//! The way of a sign-in: [`metadata::read`] takes what an admin pastes and yields a
//! [`Provider`]; [`metadata::write`] yields what the admin gives to the identity provider;
//! [`request::begin`] makes the address that the browser is sent to; [`response::check`] decides
//! on what comes back; [`report::look`] says field by field what came back, for *Test connection*.
//!
//! One thought holds the checks together: *only what a verified signature covers is read*. A
//! signature is verified, the very bytes whose digest it covers are parsed again, and the identity
//! is read from these and from nothing else (see [`response`]).

pub mod attributes;
pub mod certificate;
pub mod connection;
pub mod key;
pub mod metadata;
pub mod report;
pub mod request;
pub mod response;
mod xml;

pub use attributes::{Mapping, Person};
pub use certificate::Certificate;
pub use connection::{Connection, Provider, Service};
pub use key::ServiceKey;
