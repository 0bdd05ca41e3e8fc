//! The browser surfaces over HTTP: signing in and out at each, frames and their windows, and what
//! another page, another browser and another person get out of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

mod documents;
mod embedding;
mod live;
mod requests;
mod signing_in;
mod signing_out;
mod strangers;
