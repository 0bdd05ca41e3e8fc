//! One attempt to sign in: its secrets, and the address that the browser is sent to.

use std::sync::Arc;

use openidconnect::{
    CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    core::CoreAuthenticationFlow,
};
use secrecy::SecretString;
use serde::Deserialize;
use url::{Url, form_urlencoded};

use super::callback::Expected;
use crate::{
    dpop::ProofKey,
    issuer::{
        connection::Connection,
        discovery::Metadata,
        http::{HttpError, expect_json},
        oauth::{self, OauthClient},
    },
    session::problem::Problem,
};

/// An attempt that waits for its answer.
pub struct Attempt {
    /// What the issuer offers.
    pub metadata: Arc<Metadata>,
    /// The client, with the attempt's redirect.
    pub client: OauthClient,
    /// The verifier of the code (RFC 7636).
    pub verifier: PkceCodeVerifier,
    /// What the ID token must repeat.
    pub nonce: Nonce,
    /// The session's key, where the issuer binds tokens to one.
    pub key: Option<ProofKey>,
    /// What an answer must fit.
    pub expected: Expected,
    /// Where the browser is sent.
    pub address: Url,
}

/// Asks the issuer what it offers and makes an attempt that comes back to `redirect`.
pub async fn prepare(
    connection: &Connection,
    client_id: &str,
    redirect: Url,
) -> Result<Attempt, Problem> {
    let metadata = connection
        .metadata()
        .await
        .map_err(|error| Problem::from(&error))?;
    let client = oauth::client(&metadata, client_id)
        .map_err(|error| Problem::from(&error))?
        .set_redirect_uri(RedirectUrl::from_url(redirect.clone()));
    let key = metadata
        .offers_dpop()
        .then(ProofKey::generate)
        .transpose()
        .map_err(|_| Problem::RequestRefused)?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let mut request = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        )
        .set_pkce_challenge(challenge)
        .add_extra_param("device_name", device_name())
        .add_extra_param("device_platform", std::env::consts::OS)
        .add_extra_param("app_version", env!("CARGO_PKG_VERSION"));
    for scope in metadata.scopes() {
        request = request.add_scope(Scope::new(scope.to_owned()));
    }
    if metadata.wants_consent() {
        request = request.add_extra_param("prompt", "consent");
    }
    if let Some(key) = &key {
        // RFC 9449 §10: the code is of no use without the key either.
        request = request.add_extra_param("dpop_jkt", key.thumbprint());
    }
    let (plain, state, nonce) = request.url();
    let address = match &metadata.pushed_authorization_request_endpoint {
        Some(endpoint) => push(connection, &metadata, endpoint, &plain, client_id).await?,
        None => plain,
    };
    let expected = Expected {
        redirect,
        state: SecretString::from(state.into_secret()),
        issuer: metadata.issuer.clone(),
        issuer_must_say: metadata.authorization_response_iss_parameter_supported,
    };
    Ok(Attempt {
        metadata,
        client,
        verifier,
        nonce,
        key,
        expected,
        address,
    })
}

#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

/// Pushes the request (RFC 9126): the browser's address then holds a reference only.
async fn push(
    connection: &Connection,
    metadata: &Metadata,
    endpoint: &Url,
    plain: &Url,
    client_id: &str,
) -> Result<Url, Problem> {
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(plain.query_pairs())
        .finish();
    let request = http::Request::post(endpoint.as_str())
        .header(http::header::ACCEPT, "application/json")
        .header(
            http::header::CONTENT_TYPE,
            "application/x-www-form-urlencoded",
        )
        .body(form.into_bytes())
        .map_err(|error| Problem::from(&HttpError::Invalid(error.to_string())))?;
    let answer = connection
        .http
        .send(request)
        .await
        .and_then(expect_json)
        .map_err(|error| Problem::from(&error))?;
    if !answer.status().is_success() {
        tracing::warn!(status = answer.status().as_u16(), "pushed request refused");
        return Err(Problem::IssuerRefused);
    }
    let pushed: Pushed =
        serde_json::from_slice(answer.body()).map_err(|_| Problem::IssuerAnswersBadly)?;
    let mut address = metadata.authorization_endpoint.clone();
    address
        .query_pairs_mut()
        .append_pair("client_id", client_id)
        .append_pair("request_uri", &pushed.request_uri);
    Ok(address)
}

/// What the person calls this computer, bounded: the sign-in page shows it.
fn device_name() -> String {
    let name = gethostname::gethostname();
    name.to_string_lossy()
        .chars()
        .filter(|letter| !letter.is_control())
        .take(64)
        .collect()
}
