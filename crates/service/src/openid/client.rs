//! One OpenID client: what it may do, and where its answers may go.

use secrecy::{ExposeSecret, SecretString};
use session::{Kind, OrganizationId, Surface};
use sha2::{Digest, Sha256};
use store::{RegisteredClient, User};
use subtle::ConstantTimeEq;
use url::Url;

use super::{
    ClientsError,
    redirects::{check_notified, check_redirect, same_but_for_loopback_port},
};
use crate::config::{ClientConfig, ClientSecret, TokenEndpointAuth};

/// A registered client.
#[derive(Debug)]
pub struct Client {
    /// As configured, or as an admin registered it.
    pub config: ClientConfig,
    /// Refuse its token requests without a DPoP proof (RFC 9449 §5.2).
    pub dpop_required: bool,
    /// Whose it is; only its people may sign in to it. `None`: the operator's, for everybody.
    pub organization: Option<OrganizationId>,
    /// Where its person signs in, for events and the audit log.
    surface: Surface,
    /// A surface of this service itself.
    own_surface: bool,
    secret_digest: Option<[u8; 32]>,
}

impl Client {
    /// The operator's, as configured.
    pub(super) fn new(config: ClientConfig) -> Result<Self, ClientsError> {
        let secret_digest = match &config.secret {
            Some(secret) => Some(
                stored_digest(secret)
                    .ok_or_else(|| ClientsError::SecretDigest(config.id.clone()))?,
            ),
            None => None,
        };
        Self::with_secret(config, secret_digest)
    }

    /// One of the browser surfaces, which are built in.
    pub(super) fn surface_of_ours(
        config: ClientConfig,
        surface: Surface,
    ) -> Result<Self, ClientsError> {
        Ok(Self {
            surface,
            own_surface: true,
            ..Self::new(config)?
        })
    }

    /// An organization's, as one of its admins registered it. It has browser sessions only, and
    /// may not ask about other clients' tokens.
    pub(super) fn registered(client: RegisteredClient) -> Result<Self, ClientsError> {
        let settings = client.settings;
        let config = ClientConfig {
            id: client.id,
            name: settings.name,
            redirect_uris: settings.redirect_uris,
            post_logout_redirect_uris: settings.post_logout_redirect_uris,
            session_kind: Kind::Browser,
            token_endpoint_auth_method: settings.token_endpoint_auth_method,
            secret: None,
            id_token_signed_response_alg: settings.id_token_signed_response_alg,
            require_pushed_authorization_requests: settings.require_pushed_authorization_requests,
            introspection: false,
            backchannel_logout_uri: settings.backchannel_logout_uri,
            backchannel_logout_session_required: settings.backchannel_logout_session_required,
        };
        Ok(Self {
            organization: Some(client.organization),
            ..Self::with_secret(config, client.secret_digest)?
        })
    }

    fn with_secret(
        config: ClientConfig,
        secret_digest: Option<[u8; 32]>,
    ) -> Result<Self, ClientsError> {
        let refused = |uri: &Url, why| ClientsError::Redirect {
            client: config.id.clone(),
            uri: uri.to_string(),
            why,
        };
        let all = config.redirect_uris.iter();
        for uri in all.chain(&config.post_logout_redirect_uris) {
            check_redirect(uri).map_err(|why| refused(uri, why))?;
        }
        if let Some(uri) = &config.backchannel_logout_uri {
            check_notified(uri).map_err(|why| refused(uri, why))?;
        }
        let public = config.token_endpoint_auth_method == TokenEndpointAuth::None;
        if public == secret_digest.is_some() {
            return Err(ClientsError::Secret(config.id));
        }
        Ok(Self {
            surface: match config.session_kind {
                Kind::Browser => Surface::Workspace,
                Kind::Desktop => Surface::Desktop,
            },
            config,
            dpop_required: false,
            organization: None,
            own_surface: false,
            secret_digest,
        })
    }

    /// Where its person signs in, for events and the audit log.
    pub fn surface(&self) -> Surface {
        self.surface
    }

    /// Whether it has to be told of the ends of browser sessions that were used at it: surfaces of
    /// our own look at the session itself.
    pub fn keeps_a_login(&self) -> bool {
        self.config.session_kind == Kind::Browser && !self.own_surface
    }

    /// Whether this person may sign in to it.
    pub fn admits(&self, user: &User) -> bool {
        self.organization
            .is_none_or(|organization| organization == user.organization)
    }

    /// Whether it has no secret.
    pub fn is_public(&self) -> bool {
        self.config.token_endpoint_auth_method == TokenEndpointAuth::None
    }

    /// Whether an answer may go to `uri`: an exact match (RFC 9700 §2.1), where only the port of
    /// a loopback address is free (RFC 8252 §7.3).
    pub fn may_redirect_to(&self, uri: &str) -> bool {
        let registered = &self.config.redirect_uris;
        registered
            .iter()
            .any(|known| known.as_str() == uri || same_but_for_loopback_port(known, uri))
    }

    /// Whether a person may be sent to `uri` after logging out.
    pub fn may_return_to(&self, uri: &str) -> bool {
        let registered = &self.config.post_logout_redirect_uris;
        registered.iter().any(|known| known.as_str() == uri)
    }

    /// Whether `secret` is the client's, in constant time.
    pub fn has_secret(&self, secret: &SecretString) -> bool {
        let presented: [u8; 32] = Sha256::digest(secret.expose_secret().as_bytes()).into();
        self.secret_digest
            .is_some_and(|stored| stored.ct_eq(&presented).into())
    }
}

fn stored_digest(secret: &ClientSecret) -> Option<[u8; 32]> {
    match secret {
        ClientSecret::Plain(text) => Some(Sha256::digest(text.expose_secret()).into()),
        ClientSecret::Sha256(text) => digest_from_hex(text),
    }
}

fn digest_from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut digest = [0; 32];
    for (at, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(digest)
}
