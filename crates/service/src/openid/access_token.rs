//! Access tokens: signed JWTs (RFC 9068) that live five minutes and name their session, so that
//! they are worth nothing once it has ended.

use std::sync::Arc;

use jiff::Timestamp;
use jsonwebtoken::{Validation, decode, decode_header};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use session::{OrganizationId, SessionId, UserId};
use store::Role;
use uuid::Uuid;

use super::{ProtocolError, scope::Scopes, secret};
use crate::{keys::Algorithm, sessions::Live, state::Service};

/// How long one is good, in seconds.
pub const LIFE: i64 = 300;

const REMEMBERED: usize = 100_000;

#[derive(Serialize)]
struct Issued<'a> {
    iss: &'a str,
    sub: UserId,
    aud: &'a str,
    client_id: &'a str,
    iat: i64,
    exp: i64,
    jti: Uuid,
    sid: SessionId,
    scope: &'a str,
    org: OrganizationId,
    role: Role,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnf: Option<Confirmation<'a>>,
}

#[derive(Serialize)]
struct Confirmation<'a> {
    jkt: &'a str,
}

/// What a verified access token says.
#[derive(Debug, Deserialize)]
pub struct Claims {
    /// Whose.
    pub sub: UserId,
    /// The client it was issued to.
    pub client_id: String,
    /// From when.
    pub iat: i64,
    /// Until when.
    pub exp: i64,
    /// Its name.
    pub jti: String,
    /// Its session.
    pub sid: SessionId,
    /// What it allows.
    pub scope: String,
    /// The key it is bound to.
    #[serde(default)]
    pub cnf: Option<Bound>,
}

/// The `cnf` claim (RFC 7800 §3.1).
#[derive(Debug, Serialize, Deserialize)]
pub struct Bound {
    /// The key's thumbprint (RFC 9449 §6.1).
    pub jkt: String,
}

impl Claims {
    /// The thumbprint of its key.
    pub fn key(&self) -> Option<&str> {
        self.cnf.as_ref().map(|bound| bound.jkt.as_str())
    }

    /// Whether a scope was granted.
    pub fn allows(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }
}

/// Tokens that were verified, by digest: a signature is checked once. Whether a token is over, and
/// whether its session lives, is asked each time.
#[derive(Debug)]
pub struct Verified(Cache<[u8; 32], Arc<Claims>>);

impl Default for Verified {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

/// A new access token for a session.
pub fn issue(
    app: &Service,
    live: &Live,
    client_id: &str,
    scopes: Scopes,
    key: Option<&str>,
    now: Timestamp,
) -> Result<String, ProtocolError> {
    let iat = now.as_second();
    let session = &live.record.session;
    let claims = Issued {
        iss: &app.openid.issuer,
        sub: live.user.id,
        aud: &app.openid.issuer,
        client_id,
        iat,
        exp: iat + LIFE,
        jti: Uuid::new_v4(),
        sid: session.id,
        scope: &scopes.text(),
        org: live.organization.id,
        role: live.user.role,
        auth_time: session.authentication.at.as_second(),
        cnf: key.map(|jkt| Confirmation { jkt }),
    };
    let ring = app.openid.keys.ring();
    ring.signer(Algorithm::Es256)
        .sign_access_token(&claims)
        .map_err(|_| ProtocolError::Internal("an access token could not be signed"))
}

/// What the token says, if this service signed it and it is not over. Whether its session lives
/// is the caller's to ask.
pub fn verify(app: &Service, token: &str) -> Option<Arc<Claims>> {
    let now = app.clock.now().as_second();
    let digest = secret::digest(token);
    if let Some(claims) = app.openid.verified.0.get(&digest) {
        if claims.exp > now {
            return Some(claims);
        }
        app.openid.verified.0.remove(&digest);
        return None;
    }
    let header = decode_header(token).ok()?;
    // RFC 9068 §4: an ID token must not be taken for an access token.
    if header.typ.as_deref() != Some("at+jwt") {
        return None;
    }
    let ring = app.openid.keys.ring();
    let key = ring.named(header.kid.as_deref()?)?;
    let mut validation = Validation::new(key.algorithm.verified_as());
    validation.set_issuer(&[&app.openid.issuer]);
    validation.set_audience(&[&app.openid.issuer]);
    // By our own clock, below.
    validation.validate_exp = false;
    let decoded = decode::<Claims>(token, &key.verifier, &validation).ok()?;
    let claims = Arc::new(decoded.claims);
    if claims.exp <= now {
        return None;
    }
    app.openid.verified.0.insert(digest, Arc::clone(&claims));
    Some(claims)
}
