//! The session service: an OpenID Provider, its sign-in and account pages, and the session events
//! that keep every surface and desktop app in step.

pub mod config;
pub mod limits;
pub mod mail;
pub mod pages;
pub mod places;
pub mod sessions;
pub mod sign_in;
pub mod state;
