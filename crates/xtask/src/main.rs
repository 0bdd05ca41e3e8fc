//! The repository's own commands, `cargo xtask <command>`.
//!
//! Rule: a command says what it is about to do, shows progress for everything that takes over two
//! seconds, stops what it started by process id, and leaves everything it makes under `target/`.

mod bench;
mod error;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod house;
mod interrupt;
mod packages;
mod process;
mod root;
mod run;
mod say;
mod test;
mod tools;
mod tour;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{error::Error, root::Root};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Unified Login's own commands")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, start the service with a sample organization, open the desktop app.
    Run,
    /// The whole journey with nobody at the keyboard; screenshots in target/tour/.
    Tour,
    /// Format, lints, types, unit, property and model tests, end-to-end tests.
    Test(test::Arguments),
    /// Measure speed and memory, each against a baseline in the same run.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = interrupt::watch()
        .and_then(|()| Root::find())
        .and_then(|root| match arguments.command {
            Command::Run => run::run(&root),
            Command::Tour => tour::tour(&root),
            Command::Test(arguments) => test::test(&root, &arguments),
            Command::Bench(arguments) => bench::bench(&root, &arguments),
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Error::Interrupted) => {
            say::line("Stopped.");
            ExitCode::from(130)
        }
        // Already told, in full, by the command itself.
        Err(Error::Told) => ExitCode::FAILURE,
        Err(error) => {
            say::problem(&error.to_string());
            ExitCode::FAILURE
        }
    }
}
