//! The stage of the end-to-end tests: real parts only.
//!
//! A [`Desk`] is one person's computer: a display, a session bus, a keychain, a window manager and
//! Chromium as the default browser. On it runs the [`App`], next to it a [`Service`]. Everything
//! has its own folder and free ports, is stopped by its own process id, and is waited for by a
//! condition with a limit, never by a pause.

// The stage is test code: what cannot be set up ends the test, loudly.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::print_stdout
)]

mod accessibility;
mod app;
mod browser;
mod cookies;
mod crm;
mod desk;
mod devtools;
mod driver;
mod firefox;
mod floor;
mod keychain;
mod login;
mod matrix;
mod network;
mod node;
mod people;
mod policy;
mod program;
mod scene;
mod screenshot;
mod service;
mod shown;
mod sign_in;
mod skip;
mod stories;
mod surface;
mod surfaces;
mod tray;
mod wait;
mod weather;

pub use app::{App, AppOptions, KEYCHAIN_SERVICE, hand_over, run_to_end};
pub use browser::{Browser, Engine, Tab};
pub use cookies::Cookies;
pub use crm::{CRMS, CrmHosts};
pub use desk::Desk;
pub use driver::Window;
pub use firefox::firefox_is_missing;
pub use floor::Floor;
pub use keychain::{Keychain, Record};
pub use matrix::{Matrix, Place};
pub use network::{client, free_port};
pub use node::{axe, node};
pub use people::{ANA, MIRA, Person, SAM};
pub use program::{Program, built, output};
pub use scene::{SCHEME, Scene, signed_in_as};
pub use screenshot::Album;
pub use service::{Service, ServiceOptions};
pub use shown::{Shown, ask_to_sign_out, sign_out};
pub use skip::skip;
pub use stories::Stories;
pub use surface::Surface;
pub use surfaces::Surfaces;
pub use tray::{Entry, Tray};
pub use wait::{LIMIT, LONG, until, within};
pub use weather::{Weather, WeatherStation};
