//! `[[clients]]`: OpenID clients that the operator registers.

use secrecy::SecretString;
use serde::Deserialize;
use session::Kind;
pub use store::{SigningAlgorithm, TokenEndpointAuth};
use url::Url;

/// One client (OpenID Connect Dynamic Client Registration 1.0 §2 names the standard fields).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientConfig {
    /// The `client_id`.
    pub id: String,
    /// Its name for people, shown at sign-in.
    pub name: String,
    /// Where answers may be sent; compared exactly.
    pub redirect_uris: Vec<Url>,
    /// Where a person may be sent after signing out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<Url>,
    /// `desktop`: a session of its own with refresh tokens; `browser`: attached to the browser
    /// session.
    #[serde(default = "browser")]
    pub session_kind: Kind,
    /// How it authenticates at the token endpoint.
    #[serde(default)]
    pub token_endpoint_auth_method: TokenEndpointAuth,
    /// Its secret, for the methods that need one.
    #[serde(default)]
    pub secret: Option<ClientSecret>,
    /// What its ID tokens are signed with.
    #[serde(default)]
    pub id_token_signed_response_alg: SigningAlgorithm,
    /// Whether it must push its requests first (RFC 9126).
    #[serde(default)]
    pub require_pushed_authorization_requests: bool,
    /// Whether it may introspect tokens (RFC 7662).
    #[serde(default)]
    pub introspection: bool,
    /// Where it is told of ends of browser sessions (OpenID Connect Back-Channel Logout 1.0 §2.2).
    #[serde(default)]
    pub backchannel_logout_uri: Option<Url>,
    /// Whether it needs `sid` in that word (it always has it).
    #[serde(default)]
    pub backchannel_logout_session_required: bool,
}

impl ClientConfig {
    /// A client of our own, without a secret; everything else as by default.
    pub fn own(id: &str, name: &str, session_kind: Kind, redirect_uris: Vec<Url>) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            redirect_uris,
            post_logout_redirect_uris: Vec::new(),
            session_kind,
            token_endpoint_auth_method: TokenEndpointAuth::None,
            secret: None,
            id_token_signed_response_alg: SigningAlgorithm::Es256,
            require_pushed_authorization_requests: false,
            introspection: false,
            backchannel_logout_uri: None,
            backchannel_logout_session_required: false,
        }
    }
}

fn browser() -> Kind {
    Kind::Browser
}

/// A client's secret, as it is configured.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientSecret {
    /// In plain text; for development.
    Plain(SecretString),
    /// Its SHA-256 digest in hexadecimal.
    Sha256(String),
}
