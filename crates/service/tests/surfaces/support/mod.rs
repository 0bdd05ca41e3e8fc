//! A service with two organizations, and browsers that keep their cookies by host.

mod browser;
mod frame;
mod world;

pub use browser::{Answer, Browser};
pub use frame::{Frame, confirm, go_through, text};
pub use world::{AVA, CTI, DASHBOARD, GIL, ID, MIRA, PASSWORD, WORKSPACE, World};
