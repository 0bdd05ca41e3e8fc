//! `keys.json`: read, written whole by rename, rotated.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{Algorithm, KeysError, SigningKey};

const VERSION: u8 = 1;

/// A signing key that was rotated out is published for this long: far longer than any token it
/// signed lives, and long enough for ID tokens to serve as logout hints.
const PUBLISHED_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A MAC key that was rotated out is accepted for this long: a desktop session may idle 90 days,
/// a browser session lives 180.
const ACCEPTED_FOR: SignedDuration = SignedDuration::from_hours(200 * 24);

/// The file's content; the first key of each algorithm, and the first MAC key, are in use.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredKeys {
    version: u8,
    /// Signing keys, newest first.
    pub signing: Vec<StoredSigningKey>,
    /// MAC keys, newest first.
    pub mac: Vec<StoredMacKey>,
}

/// A signing key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredSigningKey {
    /// Its name in JWKS.
    pub kid: String,
    /// Its algorithm.
    pub alg: Algorithm,
    /// PKCS#8 (ES256) or PKCS#1 (RS256), base64.
    pub der: SecretString,
    /// When it was rotated out.
    #[serde(default)]
    pub retired_at: Option<Timestamp>,
}

/// A MAC key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredMacKey {
    /// Its name in refresh tokens.
    pub id: u8,
    /// 256 random bits, base64.
    pub key: SecretString,
    /// When it was rotated out.
    #[serde(default)]
    pub retired_at: Option<Timestamp>,
}

impl StoredKeys {
    /// The keys of a new service.
    pub fn generate(now: Timestamp) -> Result<Self, KeysError> {
        let none = Self {
            version: VERSION,
            signing: Vec::new(),
            mac: Vec::new(),
        };
        none.rotated(now)
    }

    /// With new keys in front and without those that are over.
    pub fn rotated(mut self, now: Timestamp) -> Result<Self, KeysError> {
        let keep = |retired: &mut Option<Timestamp>, length: SignedDuration| {
            now.duration_since(*retired.get_or_insert(now)) < length
        };
        self.signing
            .retain_mut(|key| keep(&mut key.retired_at, PUBLISHED_FOR));
        self.mac
            .retain_mut(|key| keep(&mut key.retired_at, ACCEPTED_FOR));
        for alg in [Algorithm::Rs256, Algorithm::Es256] {
            let key = StoredSigningKey {
                kid: uuid::Uuid::new_v4().simple().to_string(),
                alg,
                der: STANDARD.encode(SigningKey::generate(alg)?).into(),
                retired_at: None,
            };
            self.signing.insert(0, key);
        }
        let next = self
            .mac
            .first()
            .map_or(0, |newest| newest.id.wrapping_add(1));
        let id = (0..=u8::MAX)
            .map(|offset| next.wrapping_add(offset))
            .find(|id| self.mac.iter().all(|key| key.id != *id))
            .ok_or(KeysError::TooMany)?;
        let mut key = [0_u8; 32];
        rand::rng().fill_bytes(&mut key);
        let key = StoredMacKey {
            id,
            key: STANDARD.encode(key).into(),
            retired_at: None,
        };
        self.mac.insert(0, key);
        Ok(self)
    }

    /// Tells one state of the file from another.
    pub fn fingerprint(&self) -> String {
        let signing = self.signing.iter().map(|key| key.kid.clone());
        let mac = self.mac.iter().map(|key| key.id.to_string());
        signing.chain(mac).collect::<Vec<_>>().join(",")
    }
}

/// The file, if there is one.
pub fn read(path: &Path) -> Result<Option<StoredKeys>, KeysError> {
    let failed = |cause| KeysError::File {
        path: path.to_owned(),
        cause,
    };
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeysError::Exposed {
                path: path.to_owned(),
            });
        }
    }
    let unreadable = || KeysError::Unreadable {
        path: path.to_owned(),
    };
    let stored: StoredKeys = serde_json::from_slice(&text).map_err(|_| unreadable())?;
    if stored.version != VERSION {
        return Err(unreadable());
    }
    Ok(Some(stored))
}

/// Makes the file of a new service; of two that try at once, both get the first one's keys.
pub fn create(path: &Path, now: Timestamp) -> Result<StoredKeys, KeysError> {
    let stored = StoredKeys::generate(now)?;
    let whole = beside(path, &stored)?;
    match fs::hard_link(&whole, path) {
        Ok(()) => {
            let _ = fs::remove_file(&whole);
            Ok(stored)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let _ = fs::remove_file(&whole);
            read(path)?.ok_or_else(|| KeysError::Unreadable {
                path: path.to_owned(),
            })
        }
        // A file system without hard links.
        Err(_) => rename(&whole, path).map(|()| stored),
    }
}

/// Replaces the file in one step: a crash leaves the old one or the new one.
pub fn write(path: &Path, stored: &StoredKeys) -> Result<(), KeysError> {
    let whole = beside(path, stored)?;
    rename(&whole, path)
}

fn beside(path: &Path, stored: &StoredKeys) -> Result<std::path::PathBuf, KeysError> {
    let name = format!("json.{}", uuid::Uuid::new_v4().simple());
    let whole = path.with_extension(name);
    let failed = |cause| KeysError::File {
        path: whole.clone(),
        cause,
    };
    let text =
        serde_json::to_vec_pretty(&Written::from(stored)).map_err(|_| KeysError::Key("written"))?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&whole).map_err(failed)?;
    file.write_all(&text).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    Ok(whole)
}

fn rename(from: &Path, to: &Path) -> Result<(), KeysError> {
    fs::rename(from, to).map_err(|cause| KeysError::File {
        path: to.to_owned(),
        cause,
    })
}

/// The form that is written: the one place where the secrets leave their wrappers.
#[derive(Serialize)]
struct Written<'a> {
    version: u8,
    signing: Vec<WrittenSigningKey<'a>>,
    mac: Vec<WrittenMacKey<'a>>,
}

#[derive(Serialize)]
struct WrittenSigningKey<'a> {
    kid: &'a str,
    alg: Algorithm,
    der: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct WrittenMacKey<'a> {
    id: u8,
    key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_at: Option<Timestamp>,
}

impl<'a> From<&'a StoredKeys> for Written<'a> {
    fn from(stored: &'a StoredKeys) -> Self {
        let signing = stored.signing.iter().map(|key| WrittenSigningKey {
            kid: &key.kid,
            alg: key.alg,
            der: key.der.expose_secret(),
            retired_at: key.retired_at,
        });
        let mac = stored.mac.iter().map(|key| WrittenMacKey {
            id: key.id,
            key: key.key.expose_secret(),
            retired_at: key.retired_at,
        });
        Self {
            version: stored.version,
            signing: signing.collect(),
            mac: mac.collect(),
        }
    }
}
