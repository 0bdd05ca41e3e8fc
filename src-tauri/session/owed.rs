//! Sign-outs that are not finished. A sign-out counts here at once, whatever the keychain and the
//! network do; what it owes them is paid later, across restarts.
//!
//! Two things can be owed. To the keychain: removing the record; a file without a secret says so,
//! because the keychain cannot. To the issuer: revoking the token; it waits in a keychain record
//! of its own.

use std::{collections::BTreeSet, fs, io, path::PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::{
    keychain::{Keychain, KeychainError},
    problem::Problem,
    record::Record,
};
use crate::issuer::{
    address::Issuer, connection::Connection, discovery::DiscoveryError, http::HttpError,
};

const FILE: &str = "signed-out.json";
/// More than this many unrevoked sessions of one computer are not kept.
const SLOTS: usize = 4;

/// The unfinished sign-outs of this computer; cheap to clone.
#[derive(Clone)]
pub struct Owed {
    keychain: Keychain,
    file: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Revocation {
    version: u32,
    issuer: String,
    client_id: String,
    refresh_token: String,
}

/// What is left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing.
    Nothing,
    /// Something; try again.
    Something,
    /// Something, and the keychain is locked: leave it alone for a while.
    KeychainLocked,
}

impl Owed {
    /// Kept in this folder and keychain.
    pub fn new(keychain: Keychain, data_dir: &std::path::Path) -> Self {
        Self {
            keychain,
            file: data_dir.join(FILE),
        }
    }

    /// Notes that the record of this account is signed out of, before anything else is tried.
    pub fn note(&self, account: &str) {
        let mut accounts = self.accounts();
        accounts.insert(account.to_owned());
        if let Err(error) = self.save(&accounts) {
            tracing::warn!(%error, "the sign-out could not be noted");
        }
    }

    /// Whether the record of this account is signed out of already.
    pub fn is_noted(&self, account: &str) -> bool {
        self.accounts().contains(account)
    }

    /// Removes the record of a session, and keeps what is needed to revoke it.
    pub async fn retire(&self, account: &str) -> Result<(), Problem> {
        let keychain = |error: KeychainError| Problem::from(&error);
        match self.keychain.read(account).await {
            Ok(Some(text)) => {
                // What cannot be read cannot be revoked either.
                if let Ok(record) = Record::from_text(&text) {
                    self.keep(&record).await.map_err(keychain)?;
                }
            }
            Ok(None) | Err(KeychainError::Unreadable) => {}
            Err(error) => return Err(keychain(error)),
        }
        self.keychain.remove(account).await.map_err(keychain)?;
        self.forget(account);
        Ok(())
    }

    /// Writes a new session's record over whatever is there; a session that was there is kept for
    /// its revocation. In this order, a crash loses neither the old session nor the new.
    pub async fn replace(&self, account: &str, record: &Record) -> Result<(), Problem> {
        let keychain = |error: KeychainError| Problem::from(&error);
        let text = record.to_text().map_err(Problem::from)?;
        let old = match self.keychain.read(account).await {
            Ok(old) => old.and_then(|old| Record::from_text(&old).ok()),
            Err(KeychainError::Unreadable) => None,
            Err(error) => return Err(keychain(error)),
        };
        self.keychain.write(account, text).await.map_err(keychain)?;
        if let Some(old) = old {
            self.keep(&old).await.map_err(keychain)?;
        }
        self.forget(account);
        Ok(())
    }

    fn forget(&self, account: &str) {
        let mut accounts = self.accounts();
        if accounts.remove(account)
            && let Err(error) = self.save(&accounts)
        {
            tracing::warn!(%error, "the finished sign-out could not be noted");
        }
    }

    /// Keeps a session's token for its revocation.
    pub async fn keep(&self, record: &Record) -> Result<(), KeychainError> {
        let revocation = Revocation {
            version: 1,
            issuer: record.issuer.clone(),
            client_id: record.client_id.clone(),
            refresh_token: record.refresh_token.expose_secret().to_owned(),
        };
        let Ok(text) = serde_json::to_string(&revocation) else {
            return Ok(());
        };
        for slot in 0..SLOTS {
            if self.keychain.read(&slot_name(slot)).await?.is_none() {
                return self.keychain.write(&slot_name(slot), text.into()).await;
            }
        }
        self.keychain.write(&slot_name(0), text.into()).await
    }

    /// Pays what can be paid now.
    pub async fn pay(&self, connection: &Connection) -> Left {
        let mut left = Left::Nothing;
        for account in self.accounts() {
            match self.retire(&account).await {
                Ok(()) => {}
                Err(Problem::KeychainLocked) => return Left::KeychainLocked,
                Err(_) => left = Left::Something,
            }
        }
        for slot in 0..SLOTS {
            match self.keychain.read(&slot_name(slot)).await {
                Ok(None) => {}
                Ok(Some(text)) => {
                    if revoke(connection, &text).await
                        && self.keychain.remove(&slot_name(slot)).await.is_ok()
                    {
                        tracing::info!("sign-out told to the issuer");
                    } else {
                        left = Left::Something;
                    }
                }
                Err(error) => {
                    tracing::debug!(%error, "unfinished sign-outs cannot be read");
                    return left;
                }
            }
        }
        left
    }

    fn accounts(&self) -> BTreeSet<String> {
        let text = fs::read_to_string(&self.file).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn save(&self, accounts: &BTreeSet<String>) -> io::Result<()> {
        if accounts.is_empty() {
            return fs::remove_file(&self.file);
        }
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        // Whole or not at all: a cut file would forget a sign-out.
        let new = self.file.with_extension("new");
        fs::write(&new, serde_json::to_string(accounts)?)?;
        fs::File::open(&new)?.sync_all()?;
        fs::rename(new, &self.file)
    }
}

fn slot_name(slot: usize) -> String {
    format!("signed-out-{slot}")
}

/// Revokes a token (RFC 7009). `true`: done, or nothing more can be done.
async fn revoke(current: &Connection, text: &SecretString) -> bool {
    let Ok(revocation) = serde_json::from_str::<Revocation>(text.expose_secret()) else {
        return true;
    };
    let connection = if current.issuer().is(&revocation.issuer) {
        current.clone()
    } else {
        let Ok(issuer) = Issuer::parse(&revocation.issuer) else {
            return true;
        };
        match Connection::new(issuer) {
            Ok(connection) => connection,
            Err(_) => return false,
        }
    };
    let endpoint = match connection.metadata().await {
        Ok(metadata) => metadata.revocation_endpoint.clone(),
        Err(DiscoveryError::Http(_) | DiscoveryError::NotADocument(_)) => return false,
        Err(_) => None,
    };
    let Some(endpoint) = endpoint else {
        tracing::warn!("the issuer cannot be told of a sign-out: it has no revocation endpoint");
        return true;
    };
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("token", &revocation.refresh_token)
        .append_pair("token_type_hint", "refresh_token")
        .append_pair("client_id", &revocation.client_id)
        .finish();
    let request = http::Request::post(endpoint.as_str())
        .header(
            http::header::CONTENT_TYPE,
            "application/x-www-form-urlencoded",
        )
        .body(form.into_bytes())
        .map_err(|error| HttpError::Invalid(error.to_string()));
    let Ok(request) = request else {
        return true;
    };
    match connection.http.send(request).await {
        Ok(answer) if answer.status().is_success() => true,
        // The issuer's last word, and not a proxy's: it knows no such token or client.
        Ok(answer) if answer.status() == 400 => crate::issuer::http::is_json(&answer),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::session::record::tests::record;

    fn owed(folder: &tempfile::TempDir) -> (Owed, Keychain) {
        let store = keyring_core::mock::Store::new().unwrap();
        let keychain = Keychain::with_store("test", store);
        (Owed::new(keychain.clone(), folder.path()), keychain)
    }

    #[tokio::test]
    async fn a_noted_sign_out_lasts_until_the_record_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (owed, keychain) = owed(&folder);
        keychain
            .write("https://id.example", record().to_text().unwrap())
            .await
            .unwrap();
        owed.note("https://id.example");
        let after_restart = Owed::new(keychain.clone(), folder.path());
        assert!(after_restart.is_noted("https://id.example"));
        after_restart.retire("https://id.example").await.unwrap();
        assert!(!after_restart.is_noted("https://id.example"));
        assert!(keychain.read("https://id.example").await.unwrap().is_none());
        assert!(keychain.read("signed-out-0").await.unwrap().is_some());
    }

    #[tokio::test]
    async fn what_is_owed_stays_while_the_issuer_cannot_be_reached() {
        let folder = tempfile::tempdir().unwrap();
        let (owed, keychain) = owed(&folder);
        let nobody = Connection::new(Issuer::parse("http://127.0.0.1:1").unwrap()).unwrap();
        assert_eq!(owed.pay(&nobody).await, Left::Nothing);
        let mut unreachable = record();
        unreachable.issuer = "http://127.0.0.1:1".into();
        owed.keep(&unreachable).await.unwrap();
        assert_eq!(owed.pay(&nobody).await, Left::Something);
        assert!(keychain.read("signed-out-0").await.unwrap().is_some());
    }
}
