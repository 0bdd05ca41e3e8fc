//! DPoP proofs (RFC 9449 §4): a request shows that it holds a key.
//!
//! Threats: a stolen token used without its key; a proof copied to another request (`htm`, `htu`,
//! `ath`), replayed (`jti`) or kept for later (`iat`); a proof signed with an algorithm that
//! proves nothing (only asymmetric ones are accepted, and the proof's own key must fit).

use axum::http::{HeaderMap, Method};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::{
    Algorithm, DecodingKey,
    crypto::verify,
    jwk::{Jwk, ThumbprintHash},
};
use serde::Deserialize;
use serde_json::Value;
use subtle::ConstantTimeEq;
use url::Url;

use super::{ProtocolError, secret};
use crate::state::Service;

/// How far `iat` may be from now, in seconds, either way.
pub const WINDOW: i64 = 120;

/// The accepted algorithms, as in the metadata (RFC 9449 §5.1).
pub const ALGORITHMS: [&str; 4] = ["ES256", "ES384", "EdDSA", "RS256"];

const MAX_PROOF: usize = 4096;
const MAX_JTI: usize = 256;
/// The members that would make a key private (RFC 7518 §6).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A proof that holds: not yet noted as seen.
#[derive(Debug)]
pub struct Proof {
    /// The thumbprint of its key (RFC 7638).
    pub thumbprint: String,
    /// The latest moment at which the request can have been made: the end of the second that
    /// `iat` names. What may have been made in time counts as made in time.
    pub made_at: Timestamp,
    jti: String,
}

#[derive(Deserialize)]
struct Header {
    typ: String,
    alg: String,
    jwk: Value,
}

#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: i64,
    ath: Option<String>,
}

impl Proof {
    /// The request's proof, if it has one. `access_token`: the one it came with, if it did.
    pub fn read(
        app: &Service,
        headers: &HeaderMap,
        method: &Method,
        path: &str,
        access_token: Option<&str>,
    ) -> Result<Option<Self>, ProtocolError> {
        let mut sent = headers.get_all("dpop").iter();
        let Some(proof) = sent.next() else {
            return Ok(None);
        };
        if sent.next().is_some() {
            return Err(ProtocolError::ProofInvalid("there is more than one"));
        }
        let proof = proof.to_str().unwrap_or_default();
        let now = app.clock.now().as_second();
        let proof = check(proof, method, &app.openid.at(path), access_token, now)
            .map_err(ProtocolError::ProofInvalid)?;
        Ok(Some(proof))
    }

    /// Uses the proof up. Called once everything else about the request is good.
    pub fn use_up(&self, app: &Service) -> Result<(), ProtocolError> {
        if app.openid.proofs.first(&self.thumbprint, &self.jti) {
            Ok(())
        } else {
            Err(ProtocolError::ProofReplayed)
        }
    }
}

/// The checks of RFC 9449 §4.3, in its order where cost allows.
fn check(
    proof: &str,
    method: &Method,
    address: &str,
    access_token: Option<&str>,
    now: i64,
) -> Result<Proof, &'static str> {
    if proof.len() > MAX_PROOF {
        return Err("it is too long");
    }
    let (header, _) = proof.split_once('.').ok_or("it is not a JWT")?;
    let header = URL_SAFE_NO_PAD.decode(header).ok();
    let header: Option<Header> = header.and_then(|text| serde_json::from_slice(&text).ok());
    let header = header.ok_or("its header cannot be read")?;
    if header.typ != "dpop+jwt" {
        return Err("its typ is not dpop+jwt");
    }
    let algorithm: Algorithm = ALGORITHMS
        .contains(&header.alg.as_str())
        .then(|| header.alg.parse().ok())
        .flatten()
        .ok_or("its alg is not supported")?;
    if PRIVATE.iter().any(|name| header.jwk.get(name).is_some()) {
        return Err("its jwk is a private key");
    }
    let jwk: Jwk = serde_json::from_value(header.jwk).map_err(|_| "its jwk cannot be read")?;
    let key = DecodingKey::from_jwk(&jwk).map_err(|_| "its jwk cannot be used")?;
    // Not `decode`: it reads the header, and with it the key, twice more.
    let (signed, signature) = proof.rsplit_once('.').ok_or("it is not a JWT")?;
    let holds = verify(signature, signed.as_bytes(), &key, algorithm);
    if !holds.is_ok_and(|holds| holds) {
        return Err("its signature does not hold");
    }
    let claims = signed.split_once('.').map(|(_, claims)| claims);
    let claims = claims.and_then(|claims| URL_SAFE_NO_PAD.decode(claims).ok());
    let claims: Option<Claims> = claims.and_then(|text| serde_json::from_slice(&text).ok());
    let claims = claims.ok_or("its claims cannot be read")?;
    if claims.htm != method.as_str() {
        return Err("its htm is another method");
    }
    if !same_address(&claims.htu, address) {
        return Err("its htu is another address");
    }
    if now.saturating_sub(claims.iat).saturating_abs() > WINDOW {
        return Err("its iat is too far from now");
    }
    if claims.jti.is_empty() || claims.jti.len() > MAX_JTI {
        return Err("its jti cannot be used");
    }
    if let Some(access_token) = access_token {
        let ath = claims.ath.ok_or("its ath is missing")?;
        let expected = secret::digest_text(access_token);
        if !bool::from(ath.as_bytes().ct_eq(expected.as_bytes())) {
            return Err("its ath is another token's");
        }
    }
    let made_at = Timestamp::from_second(claims.iat.saturating_add(1));
    let made_at = made_at.map_err(|_| "its iat is no time")?;
    let thumbprint = jwk.thumbprint(ThumbprintHash::SHA256);
    Ok(Proof {
        thumbprint: thumbprint.map_err(|_| "its jwk has no thumbprint")?,
        made_at,
        jti: claims.jti,
    })
}

/// Without query and fragment, after normalization (RFC 3986 §6.2.2, §6.2.3).
fn same_address(htu: &str, address: &str) -> bool {
    if htu == address {
        return true;
    }
    let bare = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        Some(url)
    };
    bare(htu).is_some_and(|htu| Some(htu) == bare(address))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn an_address_is_compared_without_query_and_in_normal_form() {
        let token = "https://id.example/oauth/token";
        assert!(same_address("https://id.example/oauth/token", token));
        assert!(same_address(
            "https://ID.example:443/oauth/token?x#y",
            token
        ));
        assert!(!same_address("https://id.example/oauth/userinfo", token));
        assert!(!same_address("http://id.example/oauth/token", token));
        assert!(!same_address("rubbish", token));
    }
}
