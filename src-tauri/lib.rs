//! The Workspace desktop app: a desktop session of its own, signed in through the system browser.

pub mod issuer;
pub mod session;
pub mod settings;
mod shell;
pub mod view;
pub mod words;

pub use shell::run;
