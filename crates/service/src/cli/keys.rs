//! `keys rotate`.

use clap::Subcommand;

use super::{CliError, outcome::say};
use crate::{config::Config, keys::Keys};

/// What to do with the keys.
#[derive(Subcommand)]
pub(super) enum KeysCommand {
    /// Makes new keys; the old ones stay valid for what they signed. A running service takes the
    /// new ones up within seconds.
    Rotate,
}

pub(super) fn keys(config: &Config, command: &KeysCommand) -> Result<(), CliError> {
    match command {
        KeysCommand::Rotate => {
            Keys::rotate(&config.data_dir, jiff::Timestamp::now())?;
            say("New keys are in use; the old ones stay valid for what they signed.")
        }
    }
}
