//! `config check` and `config show-defaults`.

use clap::Subcommand;

use super::{CliError, outcome::say};
use crate::config::{Config, SHOWN_DEFAULTS};

/// What to do with the configuration.
#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    /// Says whether the configuration can be used.
    Check,
    /// Writes every key with its default, as a file to start from.
    ShowDefaults,
}

pub(super) fn check(config: &Config) -> Result<(), CliError> {
    say(&format!(
        "The configuration is good. Issuer: {}, data folder: {}, clients: {}.",
        config.issuer(),
        config.data_dir.display(),
        config.clients.len() + 1,
    ))
}

pub(super) fn show_defaults() -> Result<(), CliError> {
    say(SHOWN_DEFAULTS.trim_end())
}
