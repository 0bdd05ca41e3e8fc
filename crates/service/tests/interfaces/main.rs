//! The JSON interfaces of Workspace and the Dashboard: who may ask what, what it does, and what
//! another role, another organization and a malformed request get out of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../surfaces/support/mod.rs"]
#[allow(dead_code, unused_imports)]
mod support;

mod access;
mod audit;
mod calls;
mod clients;
mod crm;
mod house;
mod invitations;
mod organization;
mod people;
mod requests;
mod restarts;
mod routes;
mod sessions;
mod teams;
mod workspace;
