//! The OpenID Provider: OpenID Connect Core 1.0 over OAuth 2.0 with the security best practice
//! of RFC 9700. Every client uses PKCE; desktop clients hold sender-constrained tokens
//! (RFC 9449) and a session of their own.

mod access_token;
pub mod attempt;
mod authorize;
mod bearer;
mod client;
mod client_auth;
mod clients;
mod code;
mod discovery;
mod dpop;
mod error;
mod grant;
mod id_token;
mod introspect;
mod jwks;
mod logout;
pub(crate) mod own;
mod page;
mod par;
pub(crate) mod parameters;
mod redirects;
mod refresh_token;
mod replay;
mod request;
mod revoke;
mod scope;
pub(crate) mod secret;
mod token;
mod userinfo;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use url::Url;

pub use client::Client;
pub use clients::{Clients, ClientsError};
pub use error::ProtocolError;

pub(crate) use bearer::Caller;
pub(crate) use redirects::{check_notified, check_redirect, is_this_computer};

use crate::{keys::Keys, state::App};

/// What the provider works with.
pub struct OpenId {
    /// The issuer identifier, exactly as in `iss` (no trailing slash).
    pub issuer: String,
    /// The registered clients.
    pub clients: Clients,
    /// The keys that sign and bind.
    pub keys: Arc<Keys>,
    /// The identifiers of proofs seen lately (RFC 9449 §11.1).
    pub(crate) proofs: replay::Proofs,
    /// The access tokens verified lately.
    pub(crate) verified: access_token::Verified,
}

impl OpenId {
    /// A provider for `issuer`.
    pub fn new(issuer: &Url, clients: Clients, keys: Arc<Keys>) -> Self {
        Self {
            issuer: issuer.as_str().trim_end_matches('/').to_owned(),
            clients,
            keys,
            proofs: replay::Proofs::default(),
            verified: access_token::Verified::default(),
        }
    }

    /// The address of one of the issuer's paths.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }
}

/// The provider's endpoints that programs call.
pub fn router() -> Router<App> {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery::show))
        .route(
            "/.well-known/oauth-authorization-server",
            get(discovery::show),
        )
        .route("/oauth/jwks", get(jwks::show))
        .route("/oauth/par", post(par::push))
        .route("/oauth/token", post(token::exchange))
        .route("/oauth/revoke", post(revoke::revoke))
        .route("/oauth/introspect", post(introspect::introspect))
        .route("/oauth/userinfo", get(userinfo::show).post(userinfo::show))
}

/// The provider's addresses that a person's browser is sent to.
pub fn pages() -> Router<App> {
    Router::new()
        .route(
            "/oauth/authorize",
            get(authorize::by_query).post(authorize::by_form),
        )
        .route("/oauth/logout", get(logout::by_query).post(logout::by_form))
}
