//! The keychain record of a session: versioned JSON text, small enough for every keychain.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{keychain::LARGEST, person::Person};

/// The version that is written.
const VERSION: u32 = 1;

/// A session at rest.
#[derive(Clone, Debug)]
pub struct Record {
    /// The issuer that it is with.
    pub issuer: String,
    /// The client that it was given to.
    pub client_id: String,
    /// Whose it is (`sub`).
    pub subject: String,
    /// The newest refresh token that was stored.
    pub refresh_token: SecretString,
    /// The key that requests are bound to.
    pub proof_key: Option<SecretString>,
    /// Who to show.
    pub person: Person,
    /// The session's name at the issuer (`sid`).
    pub session: Option<String>,
    /// The last session event that was heard.
    pub last_event: Option<u64>,
    /// Since when it lasts.
    pub since: Timestamp,
}

/// The record cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// It is not what this app writes.
    #[error("the keychain record is damaged")]
    Damaged,
    /// It was written by a newer version of this app.
    #[error("the keychain record is of version {0}, newer than this app")]
    Newer(u32),
    /// It does not fit.
    #[error("the keychain record would have {0} bytes; {LARGEST} are allowed")]
    TooLarge(usize),
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    version: u32,
    issuer: String,
    client_id: String,
    sub: String,
    refresh_token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_event: Option<u64>,
    since: Timestamp,
}

impl Record {
    /// The text to keep.
    pub fn to_text(&self) -> Result<SecretString, RecordError> {
        let expose = |secret: &SecretString| secret.expose_secret().to_owned();
        let wire = Wire {
            version: VERSION,
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            sub: self.subject.clone(),
            refresh_token: expose(&self.refresh_token),
            key: self.proof_key.as_ref().map(expose),
            name: self.person.name.clone(),
            email: self.person.email.clone(),
            organization: self.person.organization.clone(),
            role: self.person.role.clone(),
            sid: self.session.clone(),
            last_event: self.last_event,
            since: self.since,
        };
        let text = serde_json::to_string(&wire).map_err(|_| RecordError::Damaged)?;
        if text.len() > LARGEST {
            return Err(RecordError::TooLarge(text.len()));
        }
        Ok(text.into())
    }

    /// Whether both are bound to the same key, and so are the same session.
    pub fn proof_key_is(&self, other: &Self) -> bool {
        let key = |record: &Self| {
            record
                .proof_key
                .as_ref()
                .map(|key| key.expose_secret().to_owned())
        };
        key(self) == key(other) && self.session == other.session
    }

    /// Reads what was kept.
    pub fn from_text(text: &SecretString) -> Result<Self, RecordError> {
        let text = text.expose_secret();
        let Versioned { version } = serde_json::from_str(text).map_err(|_| RecordError::Damaged)?;
        if version > VERSION {
            return Err(RecordError::Newer(version));
        }
        let wire: Wire = serde_json::from_str(text).map_err(|_| RecordError::Damaged)?;
        Ok(Self {
            issuer: wire.issuer,
            client_id: wire.client_id,
            subject: wire.sub,
            refresh_token: wire.refresh_token.into(),
            proof_key: wire.key.map(Into::into),
            person: Person {
                name: wire.name,
                email: wire.email,
                organization: wire.organization,
                role: wire.role,
            },
            session: wire.sid,
            last_event: wire.last_event,
            since: wire.since,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    pub(crate) fn record() -> Record {
        Record {
            issuer: "https://id.example".into(),
            client_id: "workspace-desktop".into(),
            subject: "0190-mira".into(),
            refresh_token: "ulr1.first".into(),
            proof_key: Some(crate::dpop::ProofKey::generate().unwrap().to_text()),
            person: Person {
                name: "Mira Okafor".into(),
                email: Some("mira@acme.example".into()),
                organization: Some("Acme".into()),
                role: Some("admin".into()),
            },
            session: Some("0190a0b0-0000-7000-8000-000000000001".into()),
            last_event: Some(41),
            since: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_record_reads_back_as_it_was_written_and_is_small() {
        let text = record().to_text().unwrap();
        assert!(text.expose_secret().len() < 1_000);
        let back = Record::from_text(&text).unwrap();
        assert_eq!(
            back.to_text().unwrap().expose_secret(),
            text.expose_secret()
        );
        assert_eq!(back.person, record().person);
    }

    #[test]
    fn a_damaged_record_and_one_of_a_newer_version_are_told_apart() {
        for rubbish in ["", "{", "null", "{\"version\":1}", "{\"version\":\"x\"}"] {
            let error = Record::from_text(&rubbish.into()).unwrap_err();
            assert_eq!(error, RecordError::Damaged, "{rubbish}");
        }
        let newer = "{\"version\":7,\"entirely\":\"different\"}";
        let error = Record::from_text(&newer.into()).unwrap_err();
        assert_eq!(error, RecordError::Newer(7));
    }

    #[test]
    fn a_record_too_large_for_some_keychain_is_refused_everywhere() {
        let mut large = record();
        large.refresh_token = "x".repeat(2_560).into();
        assert!(matches!(large.to_text(), Err(RecordError::TooLarge(_))));
    }

    #[test]
    fn no_secret_is_printed() {
        let text = format!("{:?}", record());
        assert!(!text.contains("ulr1.first"), "{text}");
    }
}
