//! A key that proofs are made with (RFC 9449 §4.2).

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, encode,
    jwk::{Jwk, ThumbprintHash},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::ISSUER;

#[derive(Clone)]
pub struct Key {
    pub private: EncodingKey,
    pub jwk: Jwk,
}

impl Default for Key {
    fn default() -> Self {
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
        let private = EncodingKey::from_ec_der(pkcs8.as_ref());
        let mut jwk = Jwk::from_encoding_key(&private, Algorithm::ES256).unwrap();
        jwk.common.key_algorithm = None;
        Self { private, jwk }
    }
}

impl Key {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn thumbprint(&self) -> String {
        self.jwk.thumbprint(ThumbprintHash::SHA256).unwrap()
    }

    pub fn header(&self) -> Header {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("dpop+jwt".to_owned());
        header.jwk = Some(self.jwk.clone());
        header
    }

    /// The claims of a good proof.
    pub fn claims(method: &str, path: &str) -> Value {
        json!({
            "jti": Uuid::new_v4().to_string(),
            "htm": method,
            "htu": format!("{ISSUER}{path}"),
            "iat": Timestamp::now().as_second(),
        })
    }

    pub fn sign(&self, claims: &Value) -> String {
        encode(&self.header(), claims, &self.private).unwrap()
    }

    pub fn proof(&self, method: &str, path: &str) -> String {
        self.sign(&Self::claims(method, path))
    }

    pub fn proof_with(&self, method: &str, path: &str, access_token: &str) -> String {
        let mut claims = Self::claims(method, path);
        claims["ath"] = json!(URL_SAFE_NO_PAD.encode(Sha256::digest(access_token)));
        self.sign(&claims)
    }
}
