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
mod surface;

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
pub(crate) use surface::{Holder, SurfaceSeal};

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

    /// The cookie value of a surface login.
    pub(crate) fn seal_login(&self, login: &SurfaceSeal) -> String {
        surface::seal_login(&self.ring(), login)
    }

    /// What a surface's cookie says, if it was made here.
    pub(crate) fn open_login(&self, value: &str) -> Option<SurfaceSeal> {
        surface::open_login(&self.ring(), value)
    }

    /// The `state` of a surface's sign-in.
    pub(crate) fn seal_flow(&self, content: &[u8]) -> String {
        surface::seal_flow(&self.ring(), content)
    }

    /// What a `state` says, if it was made here.
    pub(crate) fn open_flow(&self, text: &str) -> Option<Vec<u8>> {
        surface::open_flow(&self.ring(), text)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use uuid::Uuid;

    use super::*;

    fn keys() -> (tempfile::TempDir, Keys) {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(folder.path(), Timestamp::now()).unwrap();
        (folder, keys)
    }

    fn token() -> RefreshToken {
        RefreshToken {
            session: SessionId(Uuid::now_v7()),
            generation: u64::MAX - 1,
            scopes: 15,
        }
    }

    #[test]
    fn a_refresh_token_is_always_the_same_text_and_says_what_was_sealed() {
        let (_folder, keys) = keys();
        let token = token();
        assert_eq!(keys.seal_refresh(&token), keys.seal_refresh(&token));
        assert_eq!(keys.open_refresh(&keys.seal_refresh(&token)), Some(token));
    }

    #[test]
    fn no_bit_of_a_refresh_token_can_be_changed() {
        let (_folder, keys) = keys();
        let text = keys.seal_refresh(&token());
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(keys.open_refresh(&changed), None, "{at}");
        }
    }

    #[test]
    fn tokens_of_another_service_are_nothing_here() {
        let ((_here, keys), (_there, others)) = (keys(), keys());
        assert_eq!(keys.open_refresh(&others.seal_refresh(&token())), None);
        let id = SessionId(Uuid::now_v7());
        assert_eq!(keys.open_browser(&others.seal_browser(id)), None);
    }

    #[test]
    fn a_cookie_is_no_refresh_token_nor_the_reverse() {
        let (_folder, keys) = keys();
        let (token, id) = (keys.seal_refresh(&token()), SessionId(Uuid::now_v7()));
        assert_eq!(keys.open_browser(&token.replace("ulr1.", "ulb1.")), None);
        let cookie = keys.seal_browser(id);
        assert_eq!(keys.open_browser(&cookie), Some(id));
        assert_eq!(keys.open_refresh(&cookie.replace("ulb1.", "ulr1.")), None);
    }

    #[test]
    fn a_surface_login_says_what_was_sealed_and_nothing_else_is_taken_for_one() {
        let (_folder, keys) = keys();
        let login = SurfaceSeal {
            session: SessionId(Uuid::now_v7()),
            surface: session::Surface::Cti,
            holder: Holder::Frame,
            issued_at: Timestamp::from_millisecond(1_800_000_000_123).unwrap(),
        };
        let text = keys.seal_login(&login);
        assert_eq!(keys.open_login(&text), Some(login));
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(keys.open_login(&changed), None, "{at}");
        }
        let browser = keys.seal_browser(login.session);
        assert_eq!(keys.open_login(&browser.replace("ulb1.", "uls1.")), None);
        assert_eq!(keys.open_browser(&text.replace("uls1.", "ulb1.")), None);
        let state = keys.seal_flow(b"{}");
        assert_eq!(keys.open_flow(&state).as_deref(), Some(&b"{}"[..]));
        assert_eq!(keys.open_login(&state.replace("ulf1.", "uls1.")), None);
        assert_eq!(keys.open_flow(&text.replace("uls1.", "ulf1.")), None);
        for short in ["", "ulf1.", "ulf1.AAAA"] {
            assert_eq!(keys.open_flow(short), None);
        }
    }

    #[test]
    fn old_keys_are_dropped_when_nothing_needs_them_and_names_are_not_taken_twice() {
        let (folder, _keys) = keys();
        let mut now = Timestamp::now();
        for _ in 0..12 {
            now += jiff::SignedDuration::from_hours(20 * 24);
            Keys::rotate(folder.path(), now).unwrap();
        }
        let keys = Keys::open(folder.path(), now).unwrap();
        let ring = keys.ring();
        let published: serde_json::Value = serde_json::from_str(&ring.jwks).unwrap();
        // Of each algorithm: the one in use, and those retired just now and 20 days ago.
        assert_eq!(published["keys"].as_array().unwrap().len(), 6);
        // The one in use, and those retired 0, 20, … 180 days ago.
        assert_eq!(ring.macs.len(), 11);
    }
}
