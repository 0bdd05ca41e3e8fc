//! OpenID clients that an organization's admins register, and which sessions were used at which.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{OrganizationId, SessionId};
use url::Url;

use crate::StoreError;

/// How a client authenticates at the token endpoint (OpenID Connect Core §9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
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

/// What ID tokens and logout tokens are signed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum SigningAlgorithm {
    /// ECDSA on P-256.
    #[default]
    #[serde(rename = "ES256")]
    Es256,
    /// RSA, for clients that know nothing else.
    #[serde(rename = "RS256")]
    Rs256,
}

/// A client of an organization: another team's surface, attached to browser sessions. Only the
/// organization's people may sign in to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredClient {
    /// The `client_id`.
    pub id: String,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What an admin sets.
    pub settings: ClientSettings,
    /// SHA-256 of its secret; `None` for a public client.
    pub secret_digest: Option<[u8; 32]>,
    /// When it was registered.
    pub created_at: Timestamp,
}

/// What an admin sets of a client (OpenID Connect Dynamic Client Registration 1.0 §2 and
/// Back-Channel Logout 1.0 §2.2 name the fields).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSettings {
    /// Its name for people, shown at sign-in.
    pub name: String,
    /// Where answers may be sent; compared exactly.
    pub redirect_uris: Vec<Url>,
    /// Where a person may be sent after signing out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<Url>,
    /// How it authenticates at the token endpoint.
    #[serde(default)]
    pub token_endpoint_auth_method: TokenEndpointAuth,
    /// What its tokens are signed with.
    #[serde(default)]
    pub id_token_signed_response_alg: SigningAlgorithm,
    /// Whether it must push its requests first (RFC 9126).
    #[serde(default)]
    pub require_pushed_authorization_requests: bool,
    /// Where it is told of ends of sessions.
    #[serde(default)]
    pub backchannel_logout_uri: Option<Url>,
    /// Whether it needs `sid` in that word (it always has it).
    #[serde(default)]
    pub backchannel_logout_session_required: bool,
}

/// The repository of registered clients.
#[async_trait]
pub trait Clients: Send + Sync {
    /// Adds one; [`StoreError::Conflict`] if the id is taken.
    async fn add(&self, client: &RegisteredClient) -> Result<(), StoreError>;
    /// By id.
    async fn get(&self, id: &str) -> Result<Option<RegisteredClient>, StoreError>;
    /// All of an organization's, in the order in which they were registered.
    async fn of(&self, organization: OrganizationId) -> Result<Vec<RegisteredClient>, StoreError>;
    /// All of them.
    async fn all(&self) -> Result<Vec<RegisteredClient>, StoreError>;
    /// Replaces settings and secret.
    async fn update(&self, client: &RegisteredClient) -> Result<(), StoreError>;
    /// Removes one, and what it was still to be told. `false` if there is none.
    async fn remove(&self, id: &str) -> Result<bool, StoreError>;
    /// Rises with every change, by whichever process.
    async fn revision(&self) -> Result<u64, StoreError>;
    /// Notes that a browser session was used at a client, which is then told of its end. `false`
    /// if it has ended, or is no browser session: nothing is noted, and nothing may be given to the client.
    async fn logged_in(
        &self,
        session: SessionId,
        client: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
    /// The clients that a live session was used at, by id.
    async fn logins_of(&self, session: SessionId) -> Result<Vec<String>, StoreError>;
}
