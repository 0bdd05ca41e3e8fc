//! A service with one organization and two people, a browser, and a desktop app.

mod answer;
mod browser;
mod desktop;
mod elsewhere;
mod key;
mod world;

pub use answer::{Answer, parameter};
pub use browser::{Browser, code_in};
pub use desktop::{Desktop, Tokens, borrowed, path_with, payload};
pub use elsewhere::{Answers, Elsewhere, client};
pub use key::Key;
pub use world::{ISSUER, PASSWORD, SUPPORT_SECRET, World, basic};
