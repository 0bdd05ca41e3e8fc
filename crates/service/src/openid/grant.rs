//! The answer of the token endpoint (RFC 6749 §5.1).

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::access_token;

/// Tokens.
#[derive(Serialize)]
pub struct Grant {
    /// The access token.
    pub access_token: String,
    /// `DPoP` for a bound one (RFC 9449 §5), else `Bearer`.
    pub token_type: &'static str,
    /// How long it is good, in seconds.
    pub expires_in: i64,
    /// What it allows.
    pub scope: String,
    /// For a desktop session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// With the first tokens of a sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
}

impl Grant {
    /// An answer with an access token only.
    pub fn new(access_token: String, bound: bool, scope: String) -> Self {
        Self {
            access_token,
            token_type: if bound { "DPoP" } else { "Bearer" },
            expires_in: access_token::LIFE,
            scope,
            refresh_token: None,
            id_token: None,
        }
    }
}

impl IntoResponse for Grant {
    fn into_response(self) -> Response {
        let no_store = [
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::PRAGMA, HeaderValue::from_static("no-cache")),
        ];
        (no_store, Json(self)).into_response()
    }
}
