//! What the service relies on: honest sign-ins of the five providers pass, attacks do not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accepted;
mod attacks;
mod encryption;
mod forge;
mod metadata;
mod mutations;
mod provider;
mod report;
mod requests;
mod rules;
mod vectors;
