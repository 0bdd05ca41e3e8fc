//! The service's own keys: what signs its tokens and what binds them to this service.
//!
//! They live in `<data>/keys.json` (mode 0600), outside the database, so that a stolen database
//! or backup yields no token. Rotation adds new keys in front; old ones stay: public keys for as
//! long as tokens they signed may be shown, MAC keys for as long as refresh tokens may come back.

mod error;
mod file;
mod mac;
mod ring;
mod signing;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use jiff::Timestamp;
use session::SessionId;

pub use error::KeysError;
pub use mac::RefreshToken;
pub use ring::Ring;
pub use signing::{Algorithm, SigningKey};

/// The keys in use. They are swapped as a whole when the file changes.
#[derive(Debug)]
pub struct Keys {
    file: PathBuf,
    ring: RwLock<Arc<Ring>>,
}

impl Keys {
    /// Reads the keys of a data folder, making them on the first start.
    pub fn open(data_dir: &Path, now: Timestamp) -> Result<Self, KeysError> {
        let path = data_dir.join("keys.json");
        let stored = match file::read(&path)? {
            Some(stored) => stored,
            None => file::create(&path, now)?,
        };
        Ok(Self {
            ring: RwLock::new(Arc::new(Ring::new(&stored)?)),
            file: path,
        })
    }

    /// Puts new keys in front of a data folder's keys and drops those that nothing needs any
    /// longer. A running service takes them up by [`Keys::reload`].
    pub fn rotate(data_dir: &Path, now: Timestamp) -> Result<(), KeysError> {
        let path = data_dir.join("keys.json");
        let stored = match file::read(&path)? {
            Some(stored) => stored.rotated(now)?,
            None => file::StoredKeys::generate(now)?,
        };
        file::write(&path, &stored)
    }

    /// Takes up the file as it is now; whether it changed. A file that cannot be read changes
    /// nothing.
    pub fn reload(&self) -> Result<bool, KeysError> {
        let Some(stored) = file::read(&self.file)? else {
            return Ok(false);
        };
        if stored.fingerprint() == self.ring().fingerprint {
            return Ok(false);
        }
        let ring = Arc::new(Ring::new(&stored)?);
        *self
            .ring
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = ring;
        Ok(true)
    }

    /// The keys as they are now.
    pub fn ring(&self) -> Arc<Ring> {
        let ring = self.ring.read();
        Arc::clone(&ring.unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// The cookie value of a browser session.
    pub(crate) fn seal_browser(&self, id: SessionId) -> String {
        mac::seal_browser(&self.ring(), id)
    }

    /// The browser session of a cookie value, if the value was made here.
    pub(crate) fn open_browser(&self, value: &str) -> Option<SessionId> {
        mac::open_browser(&self.ring(), value)
    }

    /// The refresh token's text: always the same for the same content and key.
    pub(crate) fn seal_refresh(&self, token: &RefreshToken) -> String {
        mac::seal_refresh(&self.ring(), token)
    }

    /// What a refresh token says, if it was made here.
    pub(crate) fn open_refresh(&self, text: &str) -> Option<RefreshToken> {
        mac::open_refresh(&self.ring(), text)
    }
}
