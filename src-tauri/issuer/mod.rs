//! The identity provider: its address, how it is spoken to, what it offers.

pub mod address;
pub mod clock;
pub mod connection;
pub mod discovery;
pub mod http;
pub mod oauth;
mod resolver;
