//! Workspace in the browser: the person's own sessions and account.

pub mod wire;
