//! The Workspace desktop app: a desktop session of its own, signed in through the system browser.

pub mod bridge;
pub mod doctor;
pub mod dpop;
pub mod issuer;
pub mod session;
pub mod settings;
mod shell;
pub mod sign_in;
pub mod view;
pub mod words;

pub use shell::run;
