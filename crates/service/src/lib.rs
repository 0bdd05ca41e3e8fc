//! The session service: an OpenID Provider, its sign-in and account pages, and the session events
//! that keep every surface and desktop app in step.

pub mod account;
pub mod admin;
pub mod api;
pub mod availability;
pub mod backchannel;
pub mod calls;
pub mod cli;
pub mod config;
pub mod dashboard;
pub mod events;
pub mod keys;
pub mod limits;
pub mod mail;
pub mod observe;
pub mod openid;
pub mod pages;
pub mod places;
pub mod server;
pub mod sessions;
pub mod sign_in;
pub mod state;
pub mod surfaces;
pub mod workspace;
