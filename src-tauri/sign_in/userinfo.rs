//! Who signed in, where the ID token says only `sub` (OpenID Connect Core §5.3 and §5.4). It is for
//! showing only: without an answer the person is shown by what is known.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::issuer::{
    connection::Connection,
    discovery::Metadata,
    http::expect_json,
    oauth::{Prover, TokenFailure},
};

/// What is known of the person.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Known {
    /// `name`.
    pub name: Option<String>,
    /// `preferred_username`.
    pub preferred_username: Option<String>,
    /// `email`.
    pub email: Option<String>,
}

#[derive(Deserialize)]
struct UserInfo {
    sub: String,
    #[serde(flatten)]
    known: Known,
}

impl Known {
    /// The best name there is.
    pub fn to_show(&self) -> Option<String> {
        self.name
            .clone()
            .or_else(|| self.preferred_username.clone())
            .or_else(|| self.email.clone())
    }

    /// Asks the issuer for what is missing.
    pub async fn learn(
        &mut self,
        connection: &Connection,
        metadata: &Metadata,
        prover: &Prover,
        access_token: &SecretString,
        subject: &str,
    ) {
        match ask(connection, metadata, prover, access_token).await {
            // Core §5.3.2: the answer must be about the same person.
            Ok(Some(info)) if info.sub == subject => {
                self.name = info.known.name;
                self.preferred_username = self
                    .preferred_username
                    .take()
                    .or(info.known.preferred_username);
                self.email = self.email.take().or(info.known.email);
            }
            Ok(_) => {}
            Err(error) => tracing::info!(%error, "the issuer does not say who signed in"),
        }
    }
}

async fn ask(
    connection: &Connection,
    metadata: &Metadata,
    prover: &Prover,
    access_token: &SecretString,
) -> Result<Option<UserInfo>, TokenFailure> {
    let Some(endpoint) = &metadata.userinfo_endpoint else {
        return Ok(None);
    };
    let scheme = if prover.has_key() { "DPoP" } else { "Bearer" };
    let authorization = format!("{scheme} {}", access_token.expose_secret());
    let request = http::Request::get(endpoint.as_str())
        .header(http::header::ACCEPT, "application/json")
        .header(http::header::AUTHORIZATION, authorization)
        .body(Vec::new())
        .map_err(|error| crate::issuer::http::HttpError::Invalid(error.to_string()))?;
    let request = prover.prove(&connection.http, &request, Some(access_token))?;
    let answer = expect_json(connection.http.send(request).await?)?;
    serde_json::from_slice(answer.body())
        .map(Some)
        .map_err(|_| TokenFailure::Rubbish)
}
