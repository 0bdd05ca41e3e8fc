//! The session service: an OpenID Provider, its sign-in and account pages, and the session events
//! that keep every surface and desktop app in step.

pub mod state;
