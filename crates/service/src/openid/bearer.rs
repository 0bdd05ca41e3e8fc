//! Who calls a protected resource, by an access token (RFC 6750 §2.1, RFC 9449 §7).

use std::sync::Arc;

use axum::{
    http::{HeaderMap, HeaderValue, Method, header},
    response::{IntoResponse, Response},
};

use super::{
    ProtocolError,
    access_token::{self, Claims},
    dpop::{self, Proof},
};
use crate::{sessions::Live, state::Service};

/// A caller whose token holds and whose session lives.
pub(crate) struct Caller {
    /// The session.
    pub live: Arc<Live>,
    /// What the token says.
    pub claims: Arc<Claims>,
}

impl Caller {
    /// Reads and checks the `Authorization` header, with the proof for a bound token. A bound
    /// token is not accepted as a bearer token, nor the reverse (RFC 9449 §7.1, §7.2).
    pub async fn authenticate(
        app: &Service,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<Self, ProtocolError> {
        let mut sent = headers.get_all(header::AUTHORIZATION).iter();
        let authorization = sent.next().ok_or(ProtocolError::AccessTokenMissing)?;
        if sent.next().is_some() {
            return Err(ProtocolError::Duplicate);
        }
        let invalid = || ProtocolError::AccessTokenInvalid;
        let authorization = authorization.to_str().map_err(|_| invalid())?;
        let (scheme, token) = authorization.split_once(' ').ok_or_else(invalid)?;
        let token = token.trim();
        let claims = access_token::verify(app, token).ok_or_else(invalid)?;
        match claims.key() {
            Some(key) if scheme.eq_ignore_ascii_case("dpop") => {
                let proof = Proof::read(app, headers, method, path, Some(token))?;
                let proof = proof.ok_or(ProtocolError::ProofInvalid("it is missing"))?;
                if proof.thumbprint != key {
                    return Err(ProtocolError::ProofInvalid("its key is not the token's"));
                }
                proof.use_up(app)?;
            }
            None if scheme.eq_ignore_ascii_case("bearer") => {}
            _ => return Err(invalid()),
        }
        let now = app.clock.now();
        let live = app
            .sessions
            .get(app.store.as_ref(), claims.sid, now)
            .await?;
        Ok(Self {
            live: live.ok_or_else(invalid)?,
            claims,
        })
    }

    /// The refusal, with the challenge that says which tokens are accepted (RFC 6750 §3,
    /// RFC 9449 §7.1).
    pub fn challenge(error: ProtocolError) -> Response {
        let algorithms = dpop::ALGORITHMS.join(" ");
        let value = match &error {
            // RFC 6750 §3.1: without authentication, no error either.
            ProtocolError::AccessTokenMissing => format!("DPoP algs=\"{algorithms}\""),
            ProtocolError::AccessTokenInvalid
            | ProtocolError::ProofInvalid(_)
            | ProtocolError::ProofReplayed => format!(
                "DPoP error=\"{}\", error_description=\"{error}\", algs=\"{algorithms}\"",
                error.error()
            ),
            _ => return error.into_response(),
        };
        let mut response = error.into_response();
        *response.status_mut() = axum::http::StatusCode::UNAUTHORIZED;
        if let Ok(value) = HeaderValue::from_str(&value) {
            let headers = response.headers_mut();
            headers.insert(header::WWW_AUTHENTICATE, value);
            headers.append(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
