//! The token endpoint (RFC 6749 §3.2).

use axum::{extract::State, http::Method};

use super::{
    ProtocolError, client_auth, code, dpop::Proof, grant::Grant, parameters::Posted, refresh_token,
};
use crate::{pages::facts::RequestFacts, state::App};

/// `POST /oauth/token`.
///
/// Threats: see the grants, `code` and `refresh_token`; here only that nobody passes for another
/// client, and that a client that must prove a key does (RFC 9449 §5).
pub async fn exchange(
    State(app): State<App>,
    facts: RequestFacts,
    Posted {
        headers,
        parameters,
    }: Posted,
) -> Result<Grant, ProtocolError> {
    let client = client_auth::client(&app, &headers, &parameters)?;
    let proof = Proof::read(&app, &headers, &Method::POST, "/oauth/token", None)?;
    if client.dpop_required && proof.is_none() {
        return Err(ProtocolError::ProofInvalid("it is missing"));
    }
    let proof = proof.as_ref();
    match parameters.need("grant_type")? {
        // Apart, so that no renewal carries what it takes to exchange a code.
        "authorization_code" => {
            Box::pin(code::exchange(&app, &client, &parameters, proof, &facts)).await
        }
        "refresh_token" => {
            let renewed = refresh_token::renew(&app, &client, &parameters, proof, facts).await;
            let outcome = renewed
                .as_ref()
                .map_or_else(ProtocolError::code, |_| "renewed");
            metrics::counter!("unified_login_renewals_total", "outcome" => outcome).increment(1);
            renewed
        }
        _ => Err(ProtocolError::UnsupportedGrantType),
    }
}
