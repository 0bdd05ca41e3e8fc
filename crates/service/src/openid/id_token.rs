//! ID tokens (OpenID Connect Core §2).

use std::collections::BTreeSet;

use jiff::Timestamp;
use jsonwebtoken::{Validation, decode, decode_header};
use serde::{Deserialize, Serialize};
use session::{Method, SessionId, UserId};
use store::Role;

use super::{Client, ProtocolError, scope::Scopes};
use crate::{config::SigningAlgorithm, keys::Algorithm, sessions::Live, state::Service};

/// How long one is good, in seconds: it is read once, at the exchange.
const LIFE: i64 = 300;

#[derive(Serialize)]
struct Issued<'a> {
    iss: &'a str,
    sub: UserId,
    aud: &'a str,
    exp: i64,
    iat: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    amr: &'a BTreeSet<Method>,
    sid: SessionId,
    #[serde(flatten)]
    person: Person<'a>,
}

/// What is said of a person, as far as the scopes allow (OpenID Connect Core §5.4).
#[derive(Serialize)]
pub struct Person<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    org: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
}

impl<'a> Person<'a> {
    /// By what may be told.
    pub fn of(live: &'a Live, profile: bool, email: bool) -> Self {
        Self {
            name: profile.then_some(live.user.name.as_str()),
            org: profile.then_some(live.organization.name.as_str()),
            role: profile.then_some(live.user.role),
            email: email.then_some(live.user.email.as_str()),
            // An account exists only through a mail to its address or an operator.
            email_verified: email.then_some(true),
        }
    }
}

/// A new ID token for a sign-in.
pub fn issue(
    app: &Service,
    live: &Live,
    client: &Client,
    scopes: Scopes,
    nonce: Option<&str>,
    now: Timestamp,
) -> Result<String, ProtocolError> {
    let session = &live.record.session;
    let claims = Issued {
        iss: &app.openid.issuer,
        sub: live.user.id,
        aud: &client.config.id,
        exp: now.as_second() + LIFE,
        iat: now.as_second(),
        auth_time: session.authentication.at.as_second(),
        nonce,
        amr: &session.authentication.methods,
        sid: session.id,
        person: Person::of(live, scopes.has(Scopes::PROFILE), scopes.has(Scopes::EMAIL)),
    };
    let algorithm = match client.config.id_token_signed_response_alg {
        SigningAlgorithm::Es256 => Algorithm::Es256,
        SigningAlgorithm::Rs256 => Algorithm::Rs256,
    };
    let ring = app.openid.keys.ring();
    ring.signer(algorithm)
        .sign_id_token(&claims)
        .map_err(|_| ProtocolError::Internal("an ID token could not be signed"))
}

/// What an ID token says that comes back as a hint.
#[derive(Debug, Deserialize)]
pub struct Hint {
    /// Whose.
    pub sub: UserId,
    /// The client it was issued to.
    pub aud: String,
    /// Its session.
    pub sid: SessionId,
    /// The request's own.
    #[serde(default)]
    pub nonce: Option<String>,
}

/// Reads an ID token that this service signed, over or not (OpenID Connect RP-Initiated
/// Logout 1.0 §2).
pub fn read_hint(app: &Service, token: &str) -> Option<Hint> {
    let header = decode_header(token).ok()?;
    if header.typ.as_deref() != Some("JWT") {
        return None;
    }
    let ring = app.openid.keys.ring();
    let key = ring.named(header.kid.as_deref()?)?;
    let mut validation = Validation::new(key.algorithm.verified_as());
    validation.set_issuer(&[&app.openid.issuer]);
    validation.validate_exp = false;
    // The audience is whichever client asks; the caller compares.
    validation.validate_aud = false;
    let decoded = decode::<Hint>(token, &key.verifier, &validation).ok()?;
    Some(decoded.claims)
}
