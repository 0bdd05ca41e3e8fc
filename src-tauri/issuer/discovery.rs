//! What the issuer offers (OpenID Connect Discovery §4, RFC 8414), checked before use.

use serde::Deserialize;
use thiserror::Error;
use url::Url;

use super::{
    address::{Issuer, may_be_spoken_to},
    http::{HttpClient, HttpError, expect_json},
};
use crate::session::snapshot::Pages;

/// The metadata that the app uses.
#[derive(Clone, Debug, Deserialize)]
pub struct Metadata {
    /// The issuer identifier, exactly as its tokens and answers carry it.
    pub issuer: String,
    /// Where the browser is sent.
    pub authorization_endpoint: Url,
    /// Where codes and refresh tokens are exchanged.
    pub token_endpoint: Url,
    /// The keys of its ID tokens.
    pub jwks_uri: Url,
    /// Pushed authorization requests (RFC 9126).
    pub pushed_authorization_request_endpoint: Option<Url>,
    /// Revocation (RFC 7009).
    pub revocation_endpoint: Option<Url>,
    /// Claims of the person, where the ID token has none (OpenID Connect Core §5.3).
    pub userinfo_endpoint: Option<Url>,
    /// Session events: ours only.
    pub session_events_endpoint: Option<Url>,
    /// Where the person is signed in: ours only.
    #[serde(default, deserialize_with = "if_understood")]
    pub sessions_endpoint: Option<Url>,
    /// The origins of the browser surfaces: ours only.
    #[serde(default, deserialize_with = "if_understood")]
    pub surfaces: Surfaces,
    /// Scopes, where it says.
    pub scopes_supported: Option<Vec<String>>,
    /// PKCE methods, where it says (RFC 7636).
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// Grant types, where it says.
    pub grant_types_supported: Option<Vec<String>>,
    /// Algorithms of DPoP proofs (RFC 9449 §5.1).
    #[serde(default)]
    pub dpop_signing_alg_values_supported: Vec<String>,
    /// Algorithms of ID tokens.
    #[serde(default)]
    pub id_token_signing_alg_values_supported: Vec<String>,
    /// Whether its answers always carry `iss` (RFC 9207 §3).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// Where the browser surfaces are.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Surfaces {
    /// Workspace in the browser.
    pub workspace: Option<Url>,
    /// The Dashboard.
    pub dashboard: Option<Url>,
}

/// What no standard names, other issuers may call anything else.
fn if_understood<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + serde::de::DeserializeOwned,
{
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// The issuer cannot be used.
#[derive(Debug, Error)]
pub enum DiscoveryError {
    /// Nothing came, or not as it should.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// There is no document.
    #[error("no OpenID configuration at {0}")]
    NoDocument(Url),
    /// What is there is no such document.
    #[error("what is at {0} is no OpenID configuration")]
    NotADocument(Url),
    /// The document speaks for somebody else.
    #[error("the document is that of {0}")]
    AnotherIssuer(String),
    /// An endpoint is not encrypted.
    #[error("the endpoint {0} is not encrypted")]
    NotSecure(Url),
    /// Something that the app needs is not offered.
    #[error("it does not offer {0}")]
    Lacks(&'static str),
}

impl Metadata {
    /// Fetches and checks the document.
    pub async fn fetch(http: &HttpClient, issuer: &Issuer) -> Result<Self, DiscoveryError> {
        let address = configuration_address(issuer);
        let request = http::Request::get(address.as_str())
            .header(http::header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|error| HttpError::Invalid(error.to_string()))?;
        let answer = expect_json(http.send(request).await?)?;
        if !answer.status().is_success() {
            return Err(DiscoveryError::NoDocument(address));
        }
        let metadata: Self = serde_json::from_slice(answer.body())
            .map_err(|_| DiscoveryError::NotADocument(address))?;
        metadata.check(issuer)?;
        Ok(metadata)
    }

    fn check(&self, issuer: &Issuer) -> Result<(), DiscoveryError> {
        if !issuer.is(&self.issuer) {
            return Err(DiscoveryError::AnotherIssuer(self.issuer.clone()));
        }
        let endpoints = [
            Some(&self.authorization_endpoint),
            Some(&self.token_endpoint),
            Some(&self.jwks_uri),
            self.pushed_authorization_request_endpoint.as_ref(),
            self.revocation_endpoint.as_ref(),
            self.userinfo_endpoint.as_ref(),
            self.session_events_endpoint.as_ref(),
            self.sessions_endpoint.as_ref(),
        ];
        if let Some(bad) = endpoints
            .into_iter()
            .flatten()
            .find(|url| !may_be_spoken_to(url))
        {
            return Err(DiscoveryError::NotSecure(bad.clone()));
        }
        let lacks = |list: &Option<Vec<String>>, wanted: &str| {
            list.as_ref()
                .is_some_and(|list| !list.iter().any(|item| item == wanted))
        };
        if lacks(&self.code_challenge_methods_supported, "S256") {
            return Err(DiscoveryError::Lacks("PKCE with S256"));
        }
        if lacks(&self.grant_types_supported, "refresh_token") {
            return Err(DiscoveryError::Lacks("refresh tokens"));
        }
        Ok(())
    }

    /// Whether requests can be bound to a key of ours (RFC 9449).
    pub fn offers_dpop(&self) -> bool {
        self.dpop_signing_alg_values_supported
            .iter()
            .any(|algorithm| algorithm == "ES256")
    }

    /// The scopes to ask for.
    pub fn scopes(&self) -> Vec<&'static str> {
        let offered = |scope: &&str| {
            self.scopes_supported
                .as_ref()
                .is_none_or(|list| list.iter().any(|item| item == scope))
        };
        ["profile", "email", "offline_access"]
            .into_iter()
            .filter(offered)
            .collect()
    }

    /// Whether a refresh token must be consented to (OpenID Connect Core §11). Our own service
    /// gives a desktop client one anyway.
    pub fn wants_consent(&self) -> bool {
        self.session_events_endpoint.is_none() && self.scopes().contains(&"offline_access")
    }

    /// What can be opened in the browser: of our own service only, and encrypted.
    pub fn pages(&self) -> Pages {
        if self.session_events_endpoint.is_none() {
            return Pages::default();
        }
        let base = self.issuer.trim_end_matches('/');
        let surface = |address: &Option<Url>| address.clone().filter(may_be_spoken_to);
        Pages {
            sessions: Url::parse(&format!("{base}/account/sessions")).ok(),
            workspace: surface(&self.surfaces.workspace),
            dashboard: surface(&self.surfaces.dashboard),
        }
    }
}

fn configuration_address(issuer: &Issuer) -> Url {
    let mut address = issuer.url().clone();
    let path = address.path().trim_end_matches('/').to_owned();
    address.set_path(&format!("{path}/.well-known/openid-configuration"));
    address
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn metadata(change: impl Fn(&mut serde_json::Value)) -> Metadata {
        let mut document = serde_json::json!({
            "issuer": "https://id.example",
            "authorization_endpoint": "https://id.example/a",
            "token_endpoint": "https://id.example/t",
            "jwks_uri": "https://id.example/j",
        });
        change(&mut document);
        serde_json::from_value(document).unwrap()
    }

    fn check(change: impl Fn(&mut serde_json::Value)) -> Result<(), String> {
        let issuer = Issuer::parse("https://id.example").unwrap();
        metadata(change)
            .check(&issuer)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_document_must_be_that_of_the_issuer_and_offer_what_a_session_needs() {
        assert_eq!(check(|_| {}), Ok(()));
        for (member, value) in [
            ("issuer", serde_json::json!("https://evil.example")),
            ("token_endpoint", serde_json::json!("http://id.example/t")),
            (
                "code_challenge_methods_supported",
                serde_json::json!(["plain"]),
            ),
            (
                "grant_types_supported",
                serde_json::json!(["authorization_code"]),
            ),
        ] {
            let result = check(|document| document[member] = value.clone());
            assert!(result.is_err(), "{member} must be refused");
        }
    }

    #[test]
    fn only_scopes_that_are_offered_are_asked_for() {
        let some = metadata(|document| {
            document["scopes_supported"] = serde_json::json!(["openid", "offline_access"]);
        });
        assert_eq!(some.scopes(), ["offline_access"]);
        assert_eq!(metadata(|_| {}).scopes().len(), 3);
    }

    #[test]
    fn pages_are_those_of_our_own_service_and_encrypted() {
        assert_eq!(metadata(|_| {}).pages(), Pages::default());
        let surfaces = |value: serde_json::Value| {
            let document = metadata(move |document| {
                document["session_events_endpoint"] = "https://id.example/events".into();
                document["surfaces"] = value.clone();
            });
            document.pages()
        };
        let pages = surfaces(serde_json::json!({
            "workspace": "https://workspace.example",
            "dashboard": "http://dashboard.example",
        }));
        let address = |text: &str| Some(text.parse::<Url>().unwrap());
        assert_eq!(
            pages.sessions,
            address("https://id.example/account/sessions")
        );
        assert_eq!(pages.workspace, address("https://workspace.example"));
        assert_eq!(pages.dashboard, None);
    }

    #[test]
    fn what_another_issuer_calls_surfaces_or_sessions_endpoint_is_no_reason_to_refuse_it() {
        let result = check(|document| {
            document["surfaces"] = serde_json::json!(["table", "floor"]);
            document["sessions_endpoint"] = serde_json::json!({ "v2": true });
        });
        assert_eq!(result, Ok(()));
    }

    #[test]
    fn the_document_is_looked_for_below_a_tenant_s_path() {
        let issuer = Issuer::parse("https://id.example/tenant/").unwrap();
        assert_eq!(
            configuration_address(&issuer).as_str(),
            "https://id.example/tenant/.well-known/openid-configuration"
        );
    }
}
