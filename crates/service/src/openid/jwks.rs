//! The public keys (RFC 7517 §5).

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::state::App;

/// `GET /oauth/jwks`. Public keys only; a client that meets an unknown `kid` comes back, so that
/// rotation needs no notice.
pub async fn show(State(app): State<App>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/jwk-set+json"),
        (header::CACHE_CONTROL, "public, max-age=300"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
    (headers, app.openid.keys.ring().jwks.clone()).into_response()
}
