//! What the service hands out under a MAC instead of storing it: refresh tokens and the cookies of
//! browser sessions. Each use has a key of its own, derived from the MAC key (HMAC as a PRF,
//! RFC 2104; the label separates the uses).
//!
//! Refresh token: `ulr1.` base64url(session 16 | generation u64 BE | scopes u8 | key id u8 |
//! HMAC-SHA256 32). Cookie: `ulb1.` base64url(session 16 | key id u8 | HMAC-SHA256 32). Those of
//! surfaces are in `surface`.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use hmac::{Hmac, Mac};
use secrecy::ExposeSecret;
use session::SessionId;
use sha2::Sha256;
use uuid::Uuid;

use super::{KeysError, Ring, file::StoredMacKey};

const REFRESH: &str = "ulr1.";
const BROWSER: &str = "ulb1.";
const TAG: usize = 32;

/// One MAC key, with a keyed state for each use.
pub struct MacKey {
    id: u8,
    refresh: Hmac<Sha256>,
    browser: Hmac<Sha256>,
    pub(super) surface: Hmac<Sha256>,
    pub(super) flow: Hmac<Sha256>,
}

impl std::fmt::Debug for MacKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MacKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl MacKey {
    pub(super) fn read(stored: &StoredMacKey) -> Result<Self, KeysError> {
        let unreadable = || KeysError::Key("read");
        let key = STANDARD
            .decode(stored.key.expose_secret())
            .map_err(|_| unreadable())?;
        if key.len() < TAG {
            return Err(unreadable());
        }
        let keyed = |key: &[u8]| Hmac::<Sha256>::new_from_slice(key).map_err(|_| unreadable());
        let derived = |label: &str| {
            let derived = keyed(&key)?.chain_update(label).finalize();
            keyed(&derived.into_bytes())
        };
        Ok(Self {
            id: stored.id,
            refresh: derived("unified-login refresh token 1")?,
            browser: derived("unified-login browser session 1")?,
            surface: derived("unified-login surface login 1")?,
            flow: derived("unified-login surface sign-in 1")?,
        })
    }
}

/// What a refresh token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Its session.
    pub session: SessionId,
    /// Its generation in the session.
    pub generation: u64,
    /// What was granted.
    pub scopes: u8,
}

pub(super) fn seal_refresh(ring: &Ring, token: &RefreshToken) -> String {
    let mut content = [0; 25];
    content[..16].copy_from_slice(token.session.0.as_bytes());
    content[16..24].copy_from_slice(&token.generation.to_be_bytes());
    content[24] = token.scopes;
    seal(ring, REFRESH, &content, |key| &key.refresh)
}

pub(super) fn open_refresh(ring: &Ring, text: &str) -> Option<RefreshToken> {
    let content: [u8; 25] = open(ring, REFRESH, text, |key| &key.refresh)?;
    let mut generation = [0; 8];
    generation.copy_from_slice(&content[16..24]);
    Some(RefreshToken {
        session: SessionId(Uuid::from_slice(&content[..16]).ok()?),
        generation: u64::from_be_bytes(generation),
        scopes: content[24],
    })
}

pub(super) fn seal_browser(ring: &Ring, id: SessionId) -> String {
    seal(ring, BROWSER, id.0.as_bytes(), |key| &key.browser)
}

pub(super) fn open_browser(ring: &Ring, text: &str) -> Option<SessionId> {
    let content: [u8; 16] = open(ring, BROWSER, text, |key| &key.browser)?;
    Some(SessionId(Uuid::from_bytes(content)))
}

pub(super) fn seal(
    ring: &Ring,
    prefix: &str,
    content: &[u8],
    purpose: fn(&MacKey) -> &Hmac<Sha256>,
) -> String {
    // A ring has at least one MAC key.
    let key = &ring.macs[0];
    let mut bytes = Vec::with_capacity(content.len() + 1 + TAG);
    bytes.extend_from_slice(content);
    bytes.push(key.id);
    let tag = purpose(key).clone().chain_update(&bytes).finalize();
    bytes.extend_from_slice(&tag.into_bytes());
    let mut text = String::with_capacity(prefix.len() + bytes.len() * 4 / 3 + 2);
    text.push_str(prefix);
    URL_SAFE_NO_PAD.encode_string(bytes, &mut text);
    text
}

pub(super) fn open<const CONTENT: usize>(
    ring: &Ring,
    prefix: &str,
    text: &str,
    purpose: fn(&MacKey) -> &Hmac<Sha256>,
) -> Option<[u8; CONTENT]> {
    let text = text.strip_prefix(prefix)?;
    let mut buffer = [0; 96];
    let length = URL_SAFE_NO_PAD.decode_slice(text, &mut buffer).ok()?;
    if length != CONTENT + 1 + TAG {
        return None;
    }
    verified(ring, &buffer[..length], purpose)?.try_into().ok()
}

/// The same for content of any length.
pub(super) fn open_any(
    ring: &Ring,
    prefix: &str,
    text: &str,
    purpose: fn(&MacKey) -> &Hmac<Sha256>,
) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(prefix)?).ok()?;
    verified(ring, &bytes, purpose).map(<[u8]>::to_vec)
}

/// The content, if a key of ours made its tag.
fn verified<'a>(
    ring: &Ring,
    bytes: &'a [u8],
    purpose: fn(&MacKey) -> &Hmac<Sha256>,
) -> Option<&'a [u8]> {
    let (said, tag) = bytes.split_at_checked(bytes.len().checked_sub(TAG)?)?;
    let (key_id, content) = said.split_last()?;
    let key = ring.macs.iter().find(|key| key.id == *key_id)?;
    // Compared in constant time.
    purpose(key)
        .clone()
        .chain_update(said)
        .verify_slice(tag)
        .ok()?;
    Some(content)
}
