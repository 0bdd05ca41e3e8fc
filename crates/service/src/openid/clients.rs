//! The registered clients, and which redirect addresses each may use.

use std::collections::HashMap;

use secrecy::{ExposeSecret, SecretString};
use session::{Kind, Surface};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use thiserror::Error;
use url::Url;

use super::redirects::{check_redirect, same_but_for_loopback_port};
use crate::config::{ClientConfig, ClientSecret, SigningAlgorithm, TokenEndpointAuth};

/// A mistake in the configured clients.
#[derive(Debug, Error)]
pub enum ClientsError {
    /// Two clients have one id.
    #[error("the client {0} is configured twice")]
    Twice(String),
    /// A redirect address cannot be used.
    #[error("client {client}: the redirect address {uri} {why}")]
    Redirect {
        /// Whose.
        client: String,
        /// Which.
        uri: String,
        /// Why.
        why: &'static str,
    },
    /// A secret's digest is not one.
    #[error("client {0}: the secret's sha256 is not 64 hexadecimal digits")]
    SecretDigest(String),
    /// A secret is missing, or there is one that is never used.
    #[error("client {0}: a secret is needed exactly when token_endpoint_auth_method is not none")]
    Secret(String),
}

/// A registered client.
#[derive(Debug)]
pub struct Client {
    /// As configured.
    pub config: ClientConfig,
    /// Refuse its token requests without a DPoP proof (RFC 9449 §5.2).
    pub dpop_required: bool,
    secret_digest: Option<[u8; 32]>,
}

impl Client {
    fn new(config: ClientConfig) -> Result<Self, ClientsError> {
        let all = config.redirect_uris.iter();
        for uri in all.chain(&config.post_logout_redirect_uris) {
            check_redirect(uri).map_err(|why| ClientsError::Redirect {
                client: config.id.clone(),
                uri: uri.to_string(),
                why,
            })?;
        }
        let public = config.token_endpoint_auth_method == TokenEndpointAuth::None;
        let secret_digest = match &config.secret {
            Some(secret) => Some(
                stored_digest(secret)
                    .ok_or_else(|| ClientsError::SecretDigest(config.id.clone()))?,
            ),
            None => None,
        };
        if public == secret_digest.is_some() {
            return Err(ClientsError::Secret(config.id));
        }
        Ok(Self {
            config,
            dpop_required: false,
            secret_digest,
        })
    }

    /// Where its person signs in, for events and the audit log.
    pub fn surface(&self) -> Surface {
        match self.config.session_kind {
            Kind::Browser => Surface::Workspace,
            Kind::Desktop => Surface::Desktop,
        }
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

/// Every registered client, by id.
#[derive(Debug, Default)]
pub struct Clients(HashMap<String, Client>);

impl Clients {
    /// The built-in desktop client and the configured ones.
    pub fn new(configured: &[ClientConfig]) -> Result<Self, ClientsError> {
        let mut desktop = Client::new(workspace_desktop()?)?;
        desktop.dpop_required = true;
        let mut clients = HashMap::from([(desktop.config.id.clone(), desktop)]);
        for config in configured {
            let client = Client::new(config.clone())?;
            if clients.insert(config.id.clone(), client).is_some() {
                return Err(ClientsError::Twice(config.id.clone()));
            }
        }
        Ok(Self(clients))
    }

    /// By id.
    pub fn get(&self, id: &str) -> Option<&Client> {
        self.0.get(id)
    }

    /// Whether `scheme` is one of an app's own that some client's answers go to: only such
    /// addresses may stand on the last page of a sign-in.
    pub fn opens_by(&self, scheme: &str) -> bool {
        let mut all = self
            .0
            .values()
            .flat_map(|client| &client.config.redirect_uris);
        !matches!(scheme, "http" | "https") && all.any(|uri| uri.scheme() == scheme)
    }

    /// Whether `origin` is one that some client's answers go to: a page that ends in a redirect
    /// there must allow it (`form-action`).
    pub fn redirects_to(&self, origin: &url::Origin) -> bool {
        let mut all = self
            .0
            .values()
            .flat_map(|client| &client.config.redirect_uris);
        all.any(|uri| uri.origin() == *origin)
    }
}

/// The Workspace desktop app, installed, in development, and on a loopback address.
fn workspace_desktop() -> Result<ClientConfig, ClientsError> {
    let id = "workspace-desktop";
    let redirect_uris = [
        "com.unifiedlogin.workspace:/signed-in",
        "com.unifiedlogin.workspace.dev:/signed-in",
        "http://127.0.0.1/signed-in",
    ];
    let redirect_uris = redirect_uris.iter().map(|uri| {
        Url::parse(uri).map_err(|_| ClientsError::Redirect {
            client: id.to_owned(),
            uri: (*uri).to_owned(),
            why: "is not an absolute address",
        })
    });
    Ok(ClientConfig {
        id: id.to_owned(),
        name: "Workspace desktop app".to_owned(),
        redirect_uris: redirect_uris.collect::<Result<_, _>>()?,
        post_logout_redirect_uris: Vec::new(),
        session_kind: Kind::Desktop,
        token_endpoint_auth_method: TokenEndpointAuth::None,
        secret: None,
        id_token_signed_response_alg: SigningAlgorithm::Es256,
        require_pushed_authorization_requests: false,
        introspection: false,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn configured(text: &str) -> Result<Clients, ClientsError> {
        let text = format!("id = \"app\"\nname = \"App\"\n{text}");
        Clients::new(&[toml::from_str(&text).unwrap()])
    }

    #[test]
    fn the_desktop_app_is_built_in_and_cannot_be_replaced() {
        let clients = Clients::new(&[]).unwrap();
        let desktop = clients.get("workspace-desktop").unwrap();
        assert!(desktop.dpop_required && desktop.is_public());
        let twice = "id = \"workspace-desktop\"\nname = \"x\"\nredirect_uris = []";
        assert!(matches!(
            Clients::new(&[toml::from_str(twice).unwrap()]),
            Err(ClientsError::Twice(_))
        ));
    }

    #[test]
    fn addresses_that_anybody_could_hear_are_refused_at_start_up() {
        for bad in [
            "http://app.example/callback",
            "http://192.0.2.1/callback",
            "app:/callback",
            "https://app.example/callback#fragment",
        ] {
            let refused = configured(&format!("redirect_uris = [\"{bad}\"]"));
            assert!(
                matches!(refused, Err(ClientsError::Redirect { .. })),
                "{bad}"
            );
        }
        for good in [
            "https://app.example/callback",
            "http://app.acme.localhost:7500/callback",
            "http://[::1]/callback",
            "com.example.app:/callback",
        ] {
            configured(&format!("redirect_uris = [\"{good}\"]")).unwrap();
        }
    }

    #[test]
    fn a_secret_and_its_method_come_together() {
        let secret = "secret = { plain = \"s\" }\nredirect_uris = []";
        let method = "token_endpoint_auth_method = \"client_secret_post\"";
        assert!(matches!(configured(secret), Err(ClientsError::Secret(_))));
        let alone = format!("{method}\nredirect_uris = []");
        assert!(matches!(configured(&alone), Err(ClientsError::Secret(_))));
        configured(&format!("{method}\n{secret}")).unwrap();
    }

    #[test]
    fn a_secret_may_be_configured_as_its_digest() {
        let digest = "41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb";
        let text = format!(
            "token_endpoint_auth_method = \"client_secret_basic\"\n\
             secret = {{ sha256 = \"{digest}\" }}\nredirect_uris = []"
        );
        let clients = configured(&text).unwrap();
        let client = clients.get("app").unwrap();
        assert!(client.has_secret(&SecretString::from("open sesame")));
        assert!(!client.has_secret(&SecretString::from("open sesam")));
        assert!(!client.has_secret(&SecretString::from(digest)));
        let short = configured(&text.replace(digest, "abcd"));
        assert!(matches!(short, Err(ClientsError::SecretDigest(_))));
    }
}
