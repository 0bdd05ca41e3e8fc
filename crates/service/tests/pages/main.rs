//! The sign-in and account pages, as a browser meets them over loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod account;
mod desktop;
mod guessing;
mod headers;
mod links;
mod mail_server;
mod operator;
mod requests;
mod support;
