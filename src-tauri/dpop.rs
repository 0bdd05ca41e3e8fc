//! Proofs that a request comes from the holder of a key (DPoP, RFC 9449). The key is made for one
//! session and never leaves its keychain record.

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
use jiff::Timestamp;
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, ThumbprintHash},
};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::Serialize;
use thiserror::Error;
use url::Url;

/// A session's key.
#[derive(Clone)]
pub struct ProofKey {
    pkcs8: SecretSlice<u8>,
    signing: EncodingKey,
    public: Jwk,
    thumbprint: String,
}

/// The key cannot be made or used.
#[derive(Debug, Error)]
pub enum ProofError {
    /// The system gave no key.
    #[error("no key could be made")]
    NotMade,
    /// The stored key is none.
    #[error("the stored key is not a P-256 key")]
    NotAKey,
    /// Signing failed.
    #[error("the proof could not be signed: {0}")]
    NotSigned(#[from] jsonwebtoken::errors::Error),
}

#[derive(Serialize)]
struct Claims<'a> {
    jti: String,
    htm: &'a str,
    htu: &'a str,
    iat: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ath: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
}

/// What a proof is for.
pub struct Proven<'a> {
    /// The request's method.
    pub method: &'a http::Method,
    /// The request's address.
    pub url: &'a Url,
    /// The access token that is sent with it.
    pub access_token: Option<&'a SecretString>,
    /// The server's own nonce, where it asked for one (RFC 9449 §8).
    pub nonce: Option<&'a str>,
    /// The time at the server.
    pub now: Timestamp,
}

impl ProofKey {
    /// Makes a new key.
    pub fn generate() -> Result<Self, ProofError> {
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                .map_err(|_| ProofError::NotMade)?;
        Self::from_pkcs8(document.as_ref())
    }

    fn from_pkcs8(bytes: &[u8]) -> Result<Self, ProofError> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes)
            .map_err(|_| ProofError::NotAKey)?;
        let signing = EncodingKey::from_ec_der(bytes);
        let public = Jwk::from_encoding_key(&signing, Algorithm::ES256)?;
        let thumbprint = public.thumbprint(ThumbprintHash::SHA256)?;
        Ok(Self {
            pkcs8: SecretSlice::from(bytes.to_vec()),
            signing,
            public,
            thumbprint,
        })
    }

    /// Reads a key back from its record.
    pub fn from_text(text: &SecretString) -> Result<Self, ProofError> {
        let bytes = BASE64URL
            .decode(text.expose_secret())
            .map_err(|_| ProofError::NotAKey)?;
        Self::from_pkcs8(&bytes)
    }

    /// The key for its record.
    pub fn to_text(&self) -> SecretString {
        BASE64URL.encode(self.pkcs8.expose_secret()).into()
    }

    /// The key's name: `jkt` (RFC 9449 §6.1).
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// Signs a proof for one request.
    pub fn proof(&self, proven: &Proven<'_>) -> Result<String, ProofError> {
        let mut address = proven.url.clone();
        address.set_query(None);
        address.set_fragment(None);
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("dpop+jwt".to_owned());
        header.jwk = Some(self.public.clone());
        let claims = Claims {
            jti: uuid::Uuid::new_v4().to_string(),
            htm: proven.method.as_str(),
            htu: address.as_str(),
            iat: proven.now.as_second(),
            ath: proven.access_token.map(|token| {
                let hash = digest::digest(&digest::SHA256, token.expose_secret().as_bytes());
                BASE64URL.encode(hash)
            }),
            nonce: proven.nonce,
        };
        Ok(jsonwebtoken::encode(&header, &claims, &self.signing)?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use jsonwebtoken::{DecodingKey, Validation};

    use super::*;

    #[test]
    fn a_proof_verifies_with_the_key_that_it_carries_and_names_the_request() {
        let key = ProofKey::generate().unwrap();
        let url = Url::parse("https://id.example/oauth/token?x=1#y").unwrap();
        let proof = key
            .proof(&Proven {
                method: &http::Method::POST,
                url: &url,
                access_token: Some(&"token".into()),
                nonce: Some("n1"),
                now: Timestamp::from_second(1_700_000_000).unwrap(),
            })
            .unwrap();
        let header = jsonwebtoken::decode_header(&proof).unwrap();
        assert_eq!(header.typ.as_deref(), Some("dpop+jwt"));
        let public = header.jwk.unwrap();
        assert!(!serde_json::to_string(&public).unwrap().contains("\"d\""));
        let mut rules = Validation::new(Algorithm::ES256);
        rules.required_spec_claims.clear();
        let claims: serde_json::Value =
            jsonwebtoken::decode(&proof, &DecodingKey::from_jwk(&public).unwrap(), &rules)
                .unwrap()
                .claims;
        assert_eq!(claims["htu"], "https://id.example/oauth/token");
        assert_eq!(claims["htm"], "POST");
        assert_eq!(claims["iat"], 1_700_000_000);
        assert_eq!(claims["nonce"], "n1");
        // RFC 9449 §4.2: base64url of the SHA-256 of the token's ASCII.
        assert_eq!(claims["ath"], "PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A");
    }

    #[test]
    fn a_key_survives_its_record_and_rubbish_is_refused() {
        let key = ProofKey::generate().unwrap();
        let same = ProofKey::from_text(&key.to_text()).unwrap();
        assert_eq!(key.thumbprint(), same.thumbprint());
        assert!(ProofKey::from_text(&"rubbish".into()).is_err());
        assert!(ProofKey::from_text(&"AAAA".into()).is_err());
    }
}
