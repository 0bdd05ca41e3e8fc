//! What a person relies on, on real parts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod accessibility;
mod apart;
mod bad_links;
mod bridge;
mod browser;
mod clock;
mod command_line;
mod keychain;
mod kills;
mod other_people;
mod stage_works;
mod tray;
mod ways_back;
mod weather;
mod whole;
