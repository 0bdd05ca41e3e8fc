//! `[[clients]]`: OpenID clients that the operator registers.

use secrecy::SecretString;
use serde::Deserialize;
use session::Kind;
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

/// How a client authenticates at the token endpoint (OpenID Connect Core §9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenEndpointAuth {
    /// A public client.
    #[default]
    None,
    /// HTTP Basic.
    ClientSecretBasic,
    /// In the form.
    ClientSecretPost,
}

/// What ID tokens are signed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum SigningAlgorithm {
    /// ECDSA on P-256.
    #[default]
    #[serde(rename = "ES256")]
    Es256,
    /// RSA, for clients that know nothing else.
    #[serde(rename = "RS256")]
    Rs256,
}
