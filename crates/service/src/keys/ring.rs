//! The keys of one state of the file, ready to use.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Algorithm, KeysError, SigningKey, file::StoredKeys, mac::MacKey};

/// All keys; the first of each sort is used for what is new.
#[derive(Debug)]
pub struct Ring {
    signing: Vec<SigningKey>,
    by_kid: HashMap<String, usize>,
    es256: usize,
    rs256: usize,
    pub(super) macs: Vec<MacKey>,
    pub(super) fingerprint: String,
    /// The public keys (RFC 7517 §5), as text.
    pub jwks: String,
}

impl Ring {
    pub(super) fn new(stored: &StoredKeys) -> Result<Self, KeysError> {
        let signing = stored.signing.iter().map(SigningKey::read);
        let signing = signing.collect::<Result<Vec<_>, _>>()?;
        let macs = stored.mac.iter().map(MacKey::read);
        let macs = macs.collect::<Result<Vec<_>, _>>()?;
        let newest = |algorithm| {
            let at = signing.iter().position(|key| key.algorithm == algorithm);
            at.ok_or(KeysError::Key("found"))
        };
        let (es256, rs256) = (newest(Algorithm::Es256)?, newest(Algorithm::Rs256)?);
        if macs.is_empty() {
            return Err(KeysError::Key("found"));
        }
        let jwks: Vec<&Value> = signing.iter().map(|key| &key.jwk).collect();
        let jwks = json!({ "keys": jwks }).to_string();
        let kids = signing.iter().enumerate();
        Ok(Self {
            by_kid: kids.map(|(at, key)| (key.kid.clone(), at)).collect(),
            signing,
            es256,
            rs256,
            macs,
            fingerprint: stored.fingerprint(),
            jwks,
        })
    }

    /// The key that signs what is new.
    pub fn signer(&self, algorithm: Algorithm) -> &SigningKey {
        match algorithm {
            Algorithm::Es256 => &self.signing[self.es256],
            Algorithm::Rs256 => &self.signing[self.rs256],
        }
    }

    /// The key of that name.
    pub fn named(&self, kid: &str) -> Option<&SigningKey> {
        self.by_kid.get(kid).map(|at| &self.signing[*at])
    }
}
