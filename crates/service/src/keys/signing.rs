//! Signing keys, parsed once and kept ready.

use std::fmt;

use aws_lc_rs::{
    digest::{SHA256, digest},
    encoding::AsDer,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::DecodingKey;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{KeysError, file::StoredSigningKey};

/// What a key signs with (RFC 7518 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
    /// RSA PKCS#1 v1.5 with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
}

impl Algorithm {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }

    /// The same for the verifying library.
    pub fn verified_as(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
        }
    }
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

/// One signing key, with its public half and the headers of what it signs.
pub struct SigningKey {
    /// Its name in JWKS.
    pub kid: String,
    /// What it signs with.
    pub algorithm: Algorithm,
    /// Verifies what it signed.
    pub verifier: DecodingKey,
    /// Its public half (RFC 7517 §4).
    pub jwk: Value,
    pair: Pair,
    access_token_header: String,
    id_token_header: String,
    logout_token_header: String,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

impl SigningKey {
    /// A new private key.
    pub(super) fn generate(algorithm: Algorithm) -> Result<Vec<u8>, KeysError> {
        let failed = |_| KeysError::Key("generated");
        match algorithm {
            Algorithm::Es256 => {
                let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
                let document = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new());
                Ok(document.map_err(failed)?.as_ref().to_vec())
            }
            Algorithm::Rs256 => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
                Ok(pair.as_der().map_err(failed)?.as_ref().to_vec())
            }
        }
    }

    pub(super) fn read(stored: &StoredSigningKey) -> Result<Self, KeysError> {
        let unreadable = || KeysError::Key("read");
        let der = STANDARD
            .decode(stored.der.expose_secret())
            .map_err(|_| unreadable())?;
        let (pair, mut jwk) = match stored.alg {
            Algorithm::Es256 => read_ec(&der).ok_or_else(unreadable)?,
            Algorithm::Rs256 => read_rsa(&der).ok_or_else(unreadable)?,
        };
        jwk["kid"] = json!(stored.kid);
        jwk["alg"] = json!(stored.alg.name());
        jwk["use"] = json!("sig");
        let for_verifier = serde_json::from_value(jwk.clone()).map_err(|_| unreadable())?;
        let header = |typ: &str| {
            let header = json!({ "alg": stored.alg.name(), "typ": typ, "kid": stored.kid });
            URL_SAFE_NO_PAD.encode(header.to_string())
        };
        Ok(Self {
            kid: stored.kid.clone(),
            algorithm: stored.alg,
            verifier: DecodingKey::from_jwk(&for_verifier).map_err(|_| unreadable())?,
            jwk,
            pair,
            access_token_header: header("at+jwt"),
            id_token_header: header("JWT"),
            logout_token_header: header("logout+jwt"),
        })
    }

    /// A signed access token (`typ: at+jwt`, RFC 9068 §2.1).
    pub fn sign_access_token(&self, claims: &impl Serialize) -> Result<String, KeysError> {
        self.sign(&self.access_token_header, claims)
    }

    /// A signed ID token.
    pub fn sign_id_token(&self, claims: &impl Serialize) -> Result<String, KeysError> {
        self.sign(&self.id_token_header, claims)
    }

    /// A signed logout token (`typ: logout+jwt`, OpenID Connect Back-Channel Logout 1.0 §2.4).
    pub fn sign_logout_token(&self, claims: &impl Serialize) -> Result<String, KeysError> {
        self.sign(&self.logout_token_header, claims)
    }

    // jsonwebtoken signs too, but reads the private key anew for each token, which costs more
    // than all the rest of a renewal; so the compact form (RFC 7515 §7.1) is put together here.
    fn sign(&self, header: &str, claims: &impl Serialize) -> Result<String, KeysError> {
        let failed = || KeysError::Key("used");
        let claims = serde_json::to_vec(claims).map_err(|_| failed())?;
        let mut token = String::with_capacity(header.len() + claims.len() * 4 / 3 + 360);
        token.push_str(header);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        let signed = token.as_bytes();
        let signature = match &self.pair {
            Pair::Ec(pair) => {
                let digest = digest(&SHA256, signed);
                let signature = pair.sign_digest(&digest).map_err(|_| failed())?;
                URL_SAFE_NO_PAD.encode(signature)
            }
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let random = SystemRandom::new();
                pair.sign(&RSA_PKCS1_SHA256, &random, signed, &mut signature)
                    .map_err(|_| failed())?;
                URL_SAFE_NO_PAD.encode(signature)
            }
        };
        token.push('.');
        token.push_str(&signature);
        Ok(token)
    }
}

fn read_ec(der: &[u8]) -> Option<(Pair, Value)> {
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der).ok()?;
    // An uncompressed point: 0x04, x, y (SEC 1 §2.3.3).
    let point = pair.public_key().as_ref();
    let (x, y) = point.get(1..33).zip(point.get(33..65))?;
    let jwk = json!({
        "kty": "EC",
        "crv": "P-256",
        "x": URL_SAFE_NO_PAD.encode(x),
        "y": URL_SAFE_NO_PAD.encode(y),
    });
    Some((Pair::Ec(pair), jwk))
}

fn read_rsa(der: &[u8]) -> Option<(Pair, Value)> {
    let pair = RsaKeyPair::from_pkcs8(der).ok()?;
    let public = pair.public_key();
    let jwk = json!({
        "kty": "RSA",
        "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
        "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
    });
    Some((Pair::Rsa(pair), jwk))
}
