//! The desktop session: its states, what moves it from one to the next, how it is renewed and
//! where it is kept. Nothing here knows the window system; see [`shell::Shell`].

pub mod controller;
pub mod keychain;
pub mod problem;
pub mod request;
pub mod shell;
pub mod snapshot;
