//! All clients: built in, configured by the operator, registered by organizations.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use session::{Kind, Surface};
use store::{Store, StoreError};
use thiserror::Error;
use url::Url;

use super::Client;
use crate::config::ClientConfig;

/// A mistake in the configured clients.
#[derive(Debug, Error)]
pub enum ClientsError {
    /// Two clients have one id.
    #[error("the client {0} is configured twice")]
    Twice(String),
    /// An address cannot be used.
    #[error("client {client}: the address {uri} {why}")]
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

type ById = HashMap<String, Arc<Client>>;

/// Every client, by id: the built-in ones, the operator's, and those that organizations have
/// registered, as the store had them last.
#[derive(Debug, Default)]
pub struct Clients {
    fixed: ById,
    registered: RwLock<Registered>,
}

#[derive(Debug, Default)]
struct Registered {
    revision: u64,
    by_id: Arc<ById>,
}

impl Clients {
    /// The built-in desktop client and the configured ones.
    pub fn new(configured: &[ClientConfig]) -> Result<Self, ClientsError> {
        let mut desktop = Client::new(workspace_desktop()?)?;
        desktop.dpop_required = true;
        let mut clients = Self::default();
        clients.add(desktop)?;
        for config in configured {
            clients.add(Client::new(config.clone())?)?;
        }
        Ok(clients)
    }

    /// With the browser surfaces, which are built in.
    pub fn with_surfaces(
        mut self,
        surfaces: impl IntoIterator<Item = (ClientConfig, Surface)>,
    ) -> Result<Self, ClientsError> {
        for (config, surface) in surfaces {
            self.add(Client::surface_of_ours(config, surface)?)?;
        }
        Ok(self)
    }

    fn add(&mut self, client: Client) -> Result<(), ClientsError> {
        let id = client.config.id.clone();
        match self.fixed.insert(id.clone(), Arc::new(client)) {
            None => Ok(()),
            Some(_) => Err(ClientsError::Twice(id)),
        }
    }

    /// Reads the registered clients again if any process has changed one; whether it did. One
    /// that cannot be used, or that passes for one of ours, is left out.
    pub async fn reload(&self, store: &dyn Store) -> Result<bool, StoreError> {
        let revision = store.clients().revision().await?;
        if self.read().revision == revision {
            return Ok(false);
        }
        let mut by_id = ById::new();
        for registered in store.clients().all().await? {
            let id = registered.id.clone();
            if self.fixed.contains_key(&id) {
                tracing::error!(
                    client = id,
                    "UL-1501: a registered client has the id of another"
                );
                continue;
            }
            match Client::registered(registered) {
                Ok(client) => {
                    by_id.insert(id, Arc::new(client));
                }
                Err(error) => {
                    tracing::error!(%error, "UL-1501: a registered client cannot be used");
                }
            }
        }
        // A change between the two reads is noticed the next time.
        *self
            .registered
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Registered {
            revision,
            by_id: Arc::new(by_id),
        };
        Ok(true)
    }

    /// By id.
    pub fn get(&self, id: &str) -> Option<Arc<Client>> {
        match self.fixed.get(id) {
            Some(client) => Some(Arc::clone(client)),
            None => self.read().by_id.get(id).cloned(),
        }
    }

    /// Whether `scheme` is one of an app's own that some client's answers go to: only such
    /// addresses may stand on the last page of a sign-in.
    pub fn opens_by(&self, scheme: &str) -> bool {
        !matches!(scheme, "http" | "https") && self.any_redirect(|uri| uri.scheme() == scheme)
    }

    /// Whether `origin` is one that some client's answers go to: a page that ends in a redirect
    /// there must allow it (`form-action`).
    pub fn redirects_to(&self, origin: &url::Origin) -> bool {
        self.any_redirect(|uri| uri.origin() == *origin)
    }

    fn any_redirect(&self, wanted: impl Fn(&Url) -> bool) -> bool {
        let registered = Arc::clone(&self.read().by_id);
        let all = self.fixed.values().chain(registered.values());
        all.flat_map(|client| &client.config.redirect_uris)
            .any(wanted)
    }

    fn read(&self) -> RwLockReadGuard<'_, Registered> {
        self.registered
            .read()
            .unwrap_or_else(PoisonError::into_inner)
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
    let redirect_uris = redirect_uris.collect::<Result<_, _>>()?;
    Ok(ClientConfig::own(
        id,
        "Workspace desktop app",
        Kind::Desktop,
        redirect_uris,
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use secrecy::SecretString;

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
    fn word_of_an_end_goes_by_https_or_to_this_computer() {
        for (uri, good) in [
            ("https://app.example/logout", true),
            ("http://app.acme.localhost:7500/logout", true),
            ("http://app.example/logout", false),
            ("com.example.app:/logout", false),
            ("https://app.example/logout#fragment", false),
            ("https://mira:secret@app.example/logout", false),
        ] {
            let text = format!("redirect_uris = []\nbackchannel_logout_uri = \"{uri}\"");
            assert_eq!(configured(&text).is_ok(), good, "{uri}");
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
