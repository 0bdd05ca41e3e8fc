//! `keys rotate`.

use clap::Subcommand;
use store::{Actor, AuditEntry, SqliteStore, Store, StoreError};

use super::{CliError, outcome::say};
use crate::{config::Config, keys::Keys, server::DATABASE};

/// What to do with the keys.
#[derive(Subcommand)]
pub(super) enum KeysCommand {
    /// Makes new keys; the old ones stay valid for what they signed. A running service takes the
    /// new ones up within seconds.
    Rotate,
}

pub(super) async fn keys(config: &Config, command: &KeysCommand) -> Result<(), CliError> {
    match command {
        KeysCommand::Rotate => {
            let at = jiff::Timestamp::now();
            Keys::rotate(&config.data_dir, at)?;
            say("New keys are in use; the old ones stay valid for what they signed.")?;
            // Keys that others may have seen are rotated also while the database is out of order.
            if let Err(error) = note_rotated(config, at).await {
                say(&format!("The audit log could not be told: {error}."))?;
            }
            Ok(())
        }
    }
}

/// Tells the audit log, where there is a database yet.
async fn note_rotated(config: &Config, at: jiff::Timestamp) -> Result<(), StoreError> {
    let path = config.data_dir.join(DATABASE);
    if !path.exists() {
        return Ok(());
    }
    let store = SqliteStore::open(path).await?;
    let entry = AuditEntry {
        at,
        actor: Actor::Operator,
        action: "keys.rotated".to_owned(),
        organization: None,
        subject: None,
        session: None,
        surface: None,
        address: None,
        reason: None,
    };
    let noted = store.audit().append(&entry).await;
    store.close().await;
    noted
}
