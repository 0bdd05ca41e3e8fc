//! The browser surfaces' own origins.

pub mod wire;
