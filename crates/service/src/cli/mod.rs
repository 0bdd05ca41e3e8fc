//! The command line.

mod config;
mod crm;
mod keys;
mod outcome;
mod people;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::config::{Overrides, load};

pub use outcome::CliError;

/// The session service of Unified Login.
#[derive(Parser)]
#[command(name = "unified-login", version)]
struct Arguments {
    /// The configuration file.
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    overrides: Overrides,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the service.
    Serve,
    /// People: add, invite, disable, reset a password.
    #[command(subcommand)]
    User(people::UserCommand),
    /// Sessions: end all of a person's.
    #[command(subcommand)]
    Sessions(people::SessionsCommand),
    /// CRM pages: let them show the widget.
    #[command(subcommand)]
    Crm(crm::CrmCommand),
    /// The keys that sign and bind tokens.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// The configuration: check it, show the defaults.
    #[command(subcommand)]
    Config(config::ConfigCommand),
}

/// Does what the command line says.
pub async fn main() -> ExitCode {
    outcome::report(run(Arguments::parse()).await)
}

async fn run(arguments: Arguments) -> Result<(), CliError> {
    if let Command::Config(config::ConfigCommand::ShowDefaults) = arguments.command {
        return config::show_defaults();
    }
    let config = load(arguments.config.as_deref(), &arguments.overrides)?;
    match arguments.command {
        Command::Serve => serve::serve(config).await,
        Command::User(command) => people::user(config, command).await,
        Command::Sessions(command) => people::sessions(config, command).await,
        Command::Crm(command) => crm::crm(config, command).await,
        Command::Keys(command) => keys::keys(&config, &command).await,
        Command::Config(_) => config::check(&config),
    }
}
