//! The provider's metadata (OpenID Connect Discovery §3, RFC 8414 §2).

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use url::Url;

use super::dpop;
use crate::state::App;

/// `GET /.well-known/openid-configuration` and `/.well-known/oauth-authorization-server`: the
/// same document. Everything in it is public; it names only what the endpoints really accept.
pub async fn show(State(app): State<App>) -> Response {
    let at = |path| app.openid.at(path);
    let methods = ["none", "client_secret_basic", "client_secret_post"];
    let confidential = &methods[1..];
    let mut document = json!({
        "issuer": app.openid.issuer,
        "authorization_endpoint": at("/oauth/authorize"),
        "token_endpoint": at("/oauth/token"),
        "userinfo_endpoint": at("/oauth/userinfo"),
        "jwks_uri": at("/oauth/jwks"),
        "pushed_authorization_request_endpoint": at("/oauth/par"),
        "revocation_endpoint": at("/oauth/revoke"),
        "introspection_endpoint": at("/oauth/introspect"),
        "end_session_endpoint": at("/oauth/logout"),
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "session_events_endpoint": at("/events"),
        "sessions_endpoint": at("/sessions"),
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "RS256"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "introspection_endpoint_auth_methods_supported": confidential,
        "code_challenge_methods_supported": ["S256"],
        "dpop_signing_alg_values_supported": dpop::ALGORITHMS,
        "authorization_response_iss_parameter_supported": true,
        "require_pushed_authorization_requests": false,
        "request_parameter_supported": false,
        // Pushed request addresses only; none of the client's own is fetched.
        "request_uri_parameter_supported": false,
        "claims_parameter_supported": false,
        "prompt_values_supported": ["none", "login", "select_account", "consent"],
        "claims_supported": [
            "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "amr", "sid",
            "name", "org", "role", "email", "email_verified"
        ],
    });
    // For our own app, which opens them in the browser.
    if let Some(origins) = app.config.surface_origins() {
        document["surfaces"] = json!({
            "workspace": origin(&origins.workspace),
            "dashboard": origin(&origins.dashboard),
        });
    }
    let headers = [
        (header::CACHE_CONTROL, "public, max-age=300"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
    (headers, Json(document)).into_response()
}

fn origin(address: &Url) -> &str {
    address.as_str().trim_end_matches('/')
}
