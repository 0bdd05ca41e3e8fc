//! The desktop session: its states, what moves it from one to the next, how it is renewed and
//! where it is kept. Nothing here knows the window system; see [`shell::Shell`].

pub mod alarm;
mod conductor;
pub mod controller;
pub mod dependencies;
pub mod ending;
pub mod keychain;
pub mod live;
pub mod machine;
pub mod message;
pub mod owed;
mod pending;
pub mod person;
pub mod problem;
pub mod record;
pub mod renewal;
pub mod request;
pub mod shell;
pub mod snapshot;
