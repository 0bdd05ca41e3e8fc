//! From a code to a session: the token request, and the ID token's proof of who signed in.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use openidconnect::{
    AuthorizationCode, OAuth2TokenResponse, TokenResponse,
    core::{CoreIdTokenVerifier, CoreJwsSigningAlgorithm},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{attempt::Attempt, userinfo::Known};
use crate::{
    issuer::{
        connection::Connection,
        discovery::Metadata,
        oauth::{Prover, TokenFailure, Tokens},
    },
    session::{person::Person, problem::Problem, record::Record},
};

/// A new session, not stored yet.
pub struct SignedIn {
    /// What is to be stored.
    pub record: Record,
    /// The first access token.
    pub access_token: SecretString,
    /// How long it lives, where the issuer says so.
    pub expires_in: Option<Duration>,
}

/// Exchanges the code of an attempt. The attempt is used up, whatever comes of it.
pub async fn exchange(
    connection: &Connection,
    client_id: &str,
    attempt: Attempt,
    code: &SecretString,
) -> Result<SignedIn, Problem> {
    let prover = Arc::new(Prover::new(attempt.key.clone()));
    let send = prover.sender(&connection.http);
    let tokens: Tokens = attempt
        .client
        .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
        .set_pkce_verifier(attempt.verifier)
        .request_async(&send)
        .await
        .map_err(|error| {
            let failure = TokenFailure::from(error);
            tracing::warn!(error = %failure, "code exchange failed");
            Problem::from(&failure)
        })?;
    let refresh_token = tokens.refresh_token().ok_or(Problem::NoRefreshToken)?;
    let keys = connection
        .keys(&attempt.metadata)
        .await
        .map_err(|error| Problem::from(&error))?;
    let verifier = CoreIdTokenVerifier::new_public_client(
        attempt.client.client_id().clone(),
        openidconnect::IssuerUrl::new(attempt.metadata.issuer.clone())
            .map_err(|_| Problem::IssuerUnsuitable)?,
        keys,
    )
    .set_allowed_algs(algorithms(&attempt.metadata))
    .set_time_fn(|| time_there(connection));
    let id_token = tokens.id_token().ok_or(Problem::IdTokenInvalid)?;
    let claims = id_token
        .claims(&verifier, &attempt.nonce)
        .map_err(|error| {
            tracing::warn!(%error, "the ID token does not verify");
            Problem::IdTokenInvalid
        })?;
    let text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
    let own = claims.additional_claims();
    let access_token: SecretString = tokens.access_token().secret().as_str().into();
    let mut known = Known {
        name: claims
            .name()
            .and_then(|name| name.get(None))
            .map(|name| name.to_string()),
        preferred_username: claims.preferred_username().map(|name| name.to_string()),
        email: claims.email().map(|email| email.to_string()),
    };
    if known.name.is_none() {
        let subject = claims.subject().as_str();
        known
            .learn(
                connection,
                &attempt.metadata,
                &prover,
                &access_token,
                subject,
            )
            .await;
    }
    let person = Person {
        name: known
            .to_show()
            .unwrap_or_else(|| claims.subject().to_string()),
        email: known.email,
        organization: text(&own.org),
        role: text(&own.role),
    };
    let record = Record {
        issuer: attempt.metadata.issuer.clone(),
        client_id: client_id.to_owned(),
        subject: claims.subject().to_string(),
        refresh_token: refresh_token.secret().as_str().into(),
        proof_key: attempt.key.as_ref().map(crate::dpop::ProofKey::to_text),
        person,
        session: text(&own.sid),
        last_event: None,
        since: connection.http.clock.now(),
    };
    Ok(SignedIn {
        record,
        access_token,
        expires_in: tokens.expires_in(),
    })
}

/// The asymmetric algorithms that the issuer signs with; RS256 where it does not say.
fn algorithms(metadata: &Metadata) -> Vec<CoreJwsSigningAlgorithm> {
    use CoreJwsSigningAlgorithm as Algorithm;
    let offered: Vec<_> = [
        ("ES256", Algorithm::EcdsaP256Sha256),
        ("ES384", Algorithm::EcdsaP384Sha384),
        ("EdDSA", Algorithm::EdDsa),
        ("PS256", Algorithm::RsaSsaPssSha256),
        ("PS384", Algorithm::RsaSsaPssSha384),
        ("PS512", Algorithm::RsaSsaPssSha512),
        ("RS256", Algorithm::RsaSsaPkcs1V15Sha256),
        ("RS384", Algorithm::RsaSsaPkcs1V15Sha384),
        ("RS512", Algorithm::RsaSsaPkcs1V15Sha512),
    ]
    .into_iter()
    .filter(|(name, _)| {
        let list = &metadata.id_token_signing_alg_values_supported;
        list.iter().any(|offered| offered == name)
    })
    .map(|(_, algorithm)| algorithm)
    .collect();
    if offered.is_empty() {
        vec![Algorithm::RsaSsaPkcs1V15Sha256]
    } else {
        offered
    }
}

fn time_there(connection: &Connection) -> DateTime<Utc> {
    let now = connection.http.clock.now();
    DateTime::from_timestamp(now.as_second(), 0).unwrap_or_default()
}
