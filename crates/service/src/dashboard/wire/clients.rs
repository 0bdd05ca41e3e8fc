//! Registered clients: other teams' surfaces.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{SigningAlgorithm, TokenEndpointAuth};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// `GET /api/clients`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Clients {
    /// By name.
    pub clients: Vec<ClientShown>,
}

/// A registered client. Its secret is not shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ClientShown {
    /// The `client_id`.
    pub id: String,
    /// What it was registered with.
    #[serde(flatten)]
    pub fields: ClientFields,
    /// Whether it has a secret.
    pub secret_set: bool,
    /// When it was registered.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub created_at: Timestamp,
    /// How its logout tokens fare.
    pub deliveries: Deliveries,
}

/// What an Admin says of a client: `POST /api/clients`, `PUT /api/clients/{id}` (OpenID Connect
/// Dynamic Client Registration 1.0 §2 names the fields).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct ClientFields {
    /// Its name for people.
    pub name: String,
    /// Where answers may be sent; compared exactly.
    pub redirect_uris: Vec<String>,
    /// Where a person may be sent after signing out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// How it authenticates at the token endpoint.
    pub token_endpoint_auth_method: TokenEndpointAuth,
    /// What its ID tokens are signed with.
    pub id_token_signed_response_alg: SigningAlgorithm,
    /// Whether it must push its requests first (RFC 9126).
    #[serde(default)]
    pub require_pushed_authorization_requests: bool,
    /// Where it is told of sign-outs (OpenID Connect Back-Channel Logout 1.0 §2.2).
    #[serde(default)]
    pub backchannel_logout_uri: Option<String>,
    /// Whether it needs to be told which session.
    #[serde(default)]
    pub backchannel_logout_session_required: bool,
}

/// How a client's logout tokens fare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Deliveries {
    /// So many were not taken so far, and are tried again.
    pub failing: u32,
    /// So many it will not be told of any more.
    pub given_up: u32,
    /// What the client answered last.
    pub last_error: Option<String>,
    /// When the next try is made.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub next_try: Option<Timestamp>,
}

/// The answer to `POST /api/clients`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ClientCreated {
    /// The client.
    pub client: ClientShown,
    /// Its secret, shown this once; `null` for a public client.
    pub secret: Option<String>,
}

/// The answer to `POST /api/clients/{id}/secret`: the one before is void.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ClientSecret {
    /// The new secret, shown this once.
    pub secret: String,
}
