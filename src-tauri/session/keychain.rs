//! The operating system's keychain: Credential Manager, Keychain, Secret Service. Its calls block,
//! and may wait for a person to unlock it: they run on a thread of their own, one at a time, with
//! a limit.

use std::{sync::Arc, time::Duration};

use keyring_core::{CredentialStore, Entry};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use tokio::sync::{Mutex, OwnedMutexGuard};

const LIMIT: Duration = Duration::from_secs(10);
/// What the Windows Credential Manager takes (`CRED_MAX_CREDENTIAL_BLOB_SIZE`), and so every
/// keychain.
pub const LARGEST: usize = 2_560;

/// The app's records in the keychain; cheap to clone.
#[derive(Clone)]
pub struct Keychain {
    service: Arc<str>,
    store: Source,
    limit: Duration,
    // Held by the call under way, also when nobody waits for it any more: calls keep their order.
    turn: Arc<Mutex<Turn>>,
}

/// The store that is open, kept because opening one takes longer than using it.
type Turn = Option<Arc<CredentialStore>>;

#[derive(Clone)]
enum Source {
    Platform,
    Fixed(Arc<CredentialStore>),
}

/// The keychain did not do as asked.
#[derive(Debug, Error)]
pub enum KeychainError {
    /// It is locked, or the person did not allow it.
    #[error("the keychain is locked: {0}")]
    Locked(String),
    /// There is none, or it does not work.
    #[error("there is no working keychain: {0}")]
    Missing(String),
    /// It did not answer in time.
    #[error("the keychain did not answer within {} seconds", LIMIT.as_secs())]
    Slow,
    /// The record is not text, or there are two of them.
    #[error("the keychain's record is unreadable")]
    Unreadable,
    /// The record is larger than the keychain allows.
    #[error("the record is larger than the keychain allows")]
    TooLarge,
}

impl Keychain {
    /// The platform's own.
    pub fn platform(service: &str) -> Self {
        Self::of(service, Source::Platform)
    }

    /// A given store, for tests.
    pub fn with_store(service: &str, store: Arc<CredentialStore>) -> Self {
        Self::of(service, Source::Fixed(store))
    }

    fn of(service: &str, store: Source) -> Self {
        Self {
            service: service.into(),
            store,
            limit: LIMIT,
            turn: Arc::default(),
        }
    }

    /// Waits no longer than this.
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// The name of the app's records.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// Reads a record; `None`: there is none.
    pub async fn read(&self, account: &str) -> Result<Option<SecretString>, KeychainError> {
        self.call(account, |entry| match entry.get_secret() {
            Ok(bytes) => String::from_utf8(bytes)
                .map(|text| Some(text.into()))
                .map_err(|_| KeychainError::Unreadable),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        })
        .await
    }

    /// Writes a record over whatever is there.
    pub async fn write(&self, account: &str, text: SecretString) -> Result<(), KeychainError> {
        if text.expose_secret().len() > LARGEST {
            return Err(KeychainError::TooLarge);
        }
        self.call(account, move |entry| {
            entry.set_secret(text.expose_secret().as_bytes())?;
            Ok(())
        })
        .await
    }

    /// Removes a record, if there is one.
    pub async fn remove(&self, account: &str) -> Result<(), KeychainError> {
        self.call(account, |entry| match entry.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
            Err(error) => Err(error.into()),
        })
        .await
    }

    async fn call<T: Send + 'static>(
        &self,
        account: &str,
        work: impl Fn(&Entry) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let this = self.clone();
        let account = account.to_owned();
        let done = async move {
            let turn = Arc::clone(&this.turn).lock_owned().await;
            tokio::task::spawn_blocking(move || this.work(turn, &account, work))
                .await
                .map_err(|error| KeychainError::Missing(error.to_string()))?
        };
        tokio::time::timeout(self.limit, done)
            .await
            .map_err(|_| KeychainError::Slow)?
    }

    /// A store that was open may have gone away with its service: then a new one is tried.
    fn work<T>(
        &self,
        mut turn: OwnedMutexGuard<Turn>,
        account: &str,
        work: impl Fn(&Entry) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        let was_open = turn.is_some();
        let store = match turn.take() {
            Some(store) => store,
            None => self.open()?,
        };
        let result = self.entry(&store, account).and_then(|entry| work(&entry));
        match result {
            Err(KeychainError::Missing(_)) if was_open => {
                let store = self.open()?;
                let result = self.entry(&store, account).and_then(|entry| work(&entry));
                *turn = result.is_ok().then_some(store);
                result
            }
            Err(KeychainError::Missing(_)) => result,
            _ => {
                *turn = Some(store);
                result
            }
        }
    }

    fn open(&self) -> Result<Arc<CredentialStore>, KeychainError> {
        Ok(match &self.store {
            Source::Platform => platform_store()?,
            Source::Fixed(store) => Arc::clone(store),
        })
    }

    fn entry(&self, store: &Arc<CredentialStore>, account: &str) -> Result<Entry, KeychainError> {
        Ok(match modifiers() {
            Some(modifiers) if matches!(self.store, Source::Platform) => {
                Entry::new_in_store_with_modifiers(store, &self.service, account, &modifiers)?
            }
            _ => Entry::new_in_store(store, &self.service, account)?,
        })
    }
}

impl From<keyring_core::Error> for KeychainError {
    fn from(error: keyring_core::Error) -> Self {
        use keyring_core::Error;
        match error {
            Error::NoStorageAccess(cause) => Self::Locked(cause.to_string()),
            Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => {
                Self::Unreadable
            }
            Error::TooLong(..) => Self::TooLarge,
            // Displayed errors name the cause; none of these holds the record's bytes.
            other => Self::Missing(other.to_string()),
        }
    }
}

#[cfg(target_os = "linux")]
fn platform_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(windows)]
fn platform_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn platform_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// Windows would otherwise let the record roam to the domain's other computers.
fn modifiers() -> Option<std::collections::HashMap<&'static str, &'static str>> {
    cfg!(windows).then(|| [("persistence", "Local")].into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn keychain() -> (Keychain, Arc<CredentialStore>) {
        let store: Arc<CredentialStore> = keyring_core::mock::Store::new().unwrap();
        (Keychain::with_store("test", Arc::clone(&store)), store)
    }

    #[tokio::test]
    async fn a_record_is_absent_then_there_then_gone() {
        let (keychain, _) = keychain();
        assert!(keychain.read("a").await.unwrap().is_none());
        keychain.remove("a").await.unwrap();
        keychain.write("a", "text".into()).await.unwrap();
        let text = keychain.read("a").await.unwrap().unwrap();
        assert_eq!(text.expose_secret(), "text");
        keychain.remove("a").await.unwrap();
        assert!(keychain.read("a").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_locked_keychain_is_told_from_an_absent_record() {
        let (keychain, store) = keychain();
        let entry = Entry::new_in_store(&store, "test", "a").unwrap();
        let mock = entry
            .as_any()
            .downcast_ref::<keyring_core::mock::Cred>()
            .unwrap();
        mock.set_error(keyring_core::Error::NoStorageAccess("locked".into()));
        let error = keychain.read("a").await.unwrap_err();
        assert!(matches!(error, KeychainError::Locked(_)), "{error}");
    }

    #[tokio::test]
    async fn a_record_that_is_no_text_or_too_large_is_refused() {
        let (keychain, store) = keychain();
        let entry = Entry::new_in_store(&store, "test", "a").unwrap();
        entry.set_secret(&[0xff, 0xfe]).unwrap();
        let error = keychain.read("a").await.unwrap_err();
        assert!(matches!(error, KeychainError::Unreadable));
        let large = "x".repeat(LARGEST + 1).into();
        let error = keychain.write("a", large).await.unwrap_err();
        assert!(matches!(error, KeychainError::TooLarge));
    }

    #[tokio::test]
    async fn a_keychain_that_waits_for_a_person_keeps_nobody_waiting() {
        let (keychain, _) = keychain();
        let keychain = keychain.with_limit(Duration::from_millis(20));
        let _busy = keychain.turn.lock().await;
        let error = keychain.read("a").await.unwrap_err();
        assert!(matches!(error, KeychainError::Slow));
    }
}
