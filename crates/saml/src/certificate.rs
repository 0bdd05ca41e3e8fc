//! A certificate of an identity provider: a key, and a date to warn of.
//!
//! A connection trusts the keys that its admin gave, and no authority: nothing in a certificate
//! but its key is judged when a signature is verified (SAML V2.0 Metadata Interoperability
//! Profile §2.6.1). Its expiry is warned of, 30 and 7 days ahead.

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_crypto::digest::digest;
use bergshamra_keys::{Key, loader::load_x509_cert_der};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use x509_cert::der::{Decode, Reader, SliceReader, asn1::UintRef};

/// The largest certificate that is read.
const LARGEST: usize = 16 * 1024;
/// SHA-256's name in XML Signature.
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// The smallest modulus of an RSA key, in bytes.
const RSA_BYTES: usize = 256;

/// A certificate: its DER encoding, and what people are told about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Certificate {
    der: Vec<u8>,
    subject: String,
    fingerprint: String,
    from: Timestamp,
    until: Timestamp,
}

/// Why a certificate is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// It is not a certificate, or cut off.
    #[error("this is not a whole X.509 certificate")]
    Unreadable,
    /// It holds a key that could be broken, or of a kind that SAML signatures do not use.
    #[error("the certificate's key is weaker than RSA with 2048 bits, or of an unknown kind")]
    Key,
}

/// How near a certificate's end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    /// More than 30 days away.
    Far,
    /// In 30 days at most.
    Within30Days,
    /// In 7 days at most.
    Within7Days,
    /// Over. Signatures are still taken (see the module's rule); the provider should rotate.
    Over,
}

impl Certificate {
    /// Reads the base64 of a DER encoding, as metadata has it, or PEM, as people have it.
    pub fn read(text: &str) -> Result<Self, CertificateError> {
        let inner = text
            .split_once("-----BEGIN CERTIFICATE-----")
            .map_or(text, |(_, rest)| rest);
        let inner = inner
            .split_once("-----END CERTIFICATE-----")
            .map_or(inner, |(inner, _)| inner);
        if inner.len() > LARGEST {
            return Err(CertificateError::Unreadable);
        }
        let packed: String = inner
            .chars()
            .filter(|character| !character.is_ascii_whitespace())
            .collect();
        let der = STANDARD
            .decode(packed)
            .map_err(|_| CertificateError::Unreadable)?;
        Self::from_der(der)
    }

    fn from_der(der: Vec<u8>) -> Result<Self, CertificateError> {
        let certificate = x509_cert::Certificate::from_der(&der)
            .map_err(|_| CertificateError::Unreadable)?
            .tbs_certificate;
        let key = load_x509_cert_der(&der).map_err(|_| CertificateError::Key)?;
        let public = &certificate.subject_public_key_info.subject_public_key;
        if !suitable(&key, public.raw_bytes()) {
            return Err(CertificateError::Key);
        }
        let second = |time: x509_cert::time::Time| {
            let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
            Timestamp::from_second(seconds).ok()
        };
        let hash = digest(SHA256, &der).map_err(|_| CertificateError::Key)?;
        Ok(Self {
            subject: certificate.subject.to_string(),
            fingerprint: colons(&hash),
            from: second(certificate.validity.not_before).ok_or(CertificateError::Unreadable)?,
            until: second(certificate.validity.not_after).ok_or(CertificateError::Unreadable)?,
            der,
        })
    }

    /// The base64 of its DER encoding.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.der)
    }

    /// Whom it names.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Its SHA-256 fingerprint, as `AB:CD:…`.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// From when it says that it is valid.
    pub fn from(&self) -> Timestamp {
        self.from
    }

    /// Until when it says that it is valid.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// How near its end is.
    pub fn expiry(&self, now: Timestamp) -> Expiry {
        let left = self.until.duration_since(now);
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        if left <= SignedDuration::ZERO {
            Expiry::Over
        } else if left <= days(7) {
            Expiry::Within7Days
        } else if left <= days(30) {
            Expiry::Within30Days
        } else {
            Expiry::Far
        }
    }

    /// Its key, for verifying.
    pub(crate) fn key(&self) -> Option<Key> {
        load_x509_cert_der(&self.der).ok()
    }

    pub(crate) fn der(&self) -> &[u8] {
        &self.der
    }
}

/// RSA of 2048 bits or more, or ECDSA.
fn suitable(key: &Key, public: &[u8]) -> bool {
    match key.algorithm_name() {
        "RSA" => modulus(public).is_some_and(|bytes| bytes >= RSA_BYTES),
        name => name.starts_with("EC"),
    }
}

/// How many bytes the modulus of an `RSAPublicKey` has (RFC 8017 §A.1.1).
fn modulus(public: &[u8]) -> Option<usize> {
    let mut reader = SliceReader::new(public).ok()?;
    reader
        .sequence(|reader| {
            let modulus = UintRef::decode(reader)?;
            UintRef::decode(reader)?;
            Ok(modulus.as_bytes().len())
        })
        .ok()
}

fn colons(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

impl TryFrom<String> for Certificate {
    type Error = CertificateError;

    fn try_from(text: String) -> Result<Self, CertificateError> {
        Self::read(&text)
    }
}

impl From<Certificate> for String {
    fn from(certificate: Certificate) -> Self {
        certificate.base64()
    }
}
