//! The service's own key: it signs requests and opens what was encrypted to it.

use std::fmt;

use bergshamra_crypto::sign::SigningKey;
use bergshamra_keys::{KeyUsage, loader::load_pem_auto};
use secrecy::{ExposeSecret, SecretString};

use crate::certificate::{Certificate, CertificateError};

/// An RSA key of at least 2048 bits with its certificate.
#[derive(Clone)]
pub struct ServiceKey {
    key: SigningKey,
    certificate: Certificate,
}

/// Why a key pair is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The private key is not PKCS#8 in PEM.
    #[error("UL-1615: the SAML key is not an unencrypted PKCS#8 key in PEM")]
    Unreadable,
    /// It is not an RSA key: encryption to it needs one, and every provider knows RSA.
    #[error("UL-1616: the SAML key is not an RSA key")]
    NotRsa,
    /// The certificate is not one.
    #[error("UL-1617: the SAML certificate cannot be used: {0}")]
    Certificate(#[from] CertificateError),
    /// The certificate is of another key.
    #[error("UL-1618: the SAML certificate belongs to another key")]
    Mismatch,
}

impl KeyError {
    /// The code in docs/errors.md.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "UL-1615",
            Self::NotRsa => "UL-1616",
            Self::Certificate(_) => "UL-1617",
            Self::Mismatch => "UL-1618",
        }
    }
}

impl ServiceKey {
    /// Reads a private key and its certificate, both PEM.
    pub fn read(private: &SecretString, certificate: &str) -> Result<Self, KeyError> {
        let mut key = load_pem_auto(private.expose_secret().as_bytes(), None)
            .map_err(|_| KeyError::Unreadable)?;
        if !key.has_private_key() {
            return Err(KeyError::Unreadable);
        }
        if key.algorithm_name() != "RSA" {
            return Err(KeyError::NotRsa);
        }
        let certificate = Certificate::read(certificate)?;
        let certified = certificate.key().and_then(|key| key.to_spki_der());
        if certified.is_none() || certified != key.to_spki_der() {
            return Err(KeyError::Mismatch);
        }
        key.usage = KeyUsage::Any;
        let key = key
            .software_key()
            .ok()
            .flatten()
            .ok_or(KeyError::Unreadable)?;
        Ok(Self { key, certificate })
    }

    /// The certificate that goes into the service's metadata.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    pub(crate) fn secret(&self) -> &SigningKey {
        &self.key
    }
}

impl fmt::Debug for ServiceKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ServiceKey")
            .field("certificate", &self.certificate.fingerprint())
            .finish_non_exhaustive()
    }
}
