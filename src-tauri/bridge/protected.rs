//! Requests with the app's access token (RFC 6750 §2.1, RFC 9449 §7), made once more where the
//! server wants its own nonce in the proof (RFC 9449 §9).

use secrecy::ExposeSecret;
use url::Url;

use crate::{
    issuer::http::HttpClient,
    session::renewal::{Access, Renewer},
};

/// Why there is no answer to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpen {
    /// It cannot be reached, or does not answer as it should.
    Failed,
    /// The access token is not accepted any more.
    Unauthorized,
}

/// Gets `endpoint` as `accept`; the answer's body is still to come. `more` is sent beside what
/// every request carries.
pub async fn get(
    http: &HttpClient,
    endpoint: &Url,
    accept: &'static str,
    more: &[(&'static str, String)],
    renewer: &Renewer,
    access: &Access,
) -> Result<reqwest::Response, NotOpen> {
    let prover = &renewer.resource_prover;
    for attempt in 0..2 {
        let scheme = if prover.has_key() { "DPoP" } else { "Bearer" };
        let authorization = format!("{scheme} {}", access.token.expose_secret());
        let mut request = http::Request::get(endpoint.as_str())
            .header(http::header::ACCEPT, accept)
            .header(http::header::AUTHORIZATION, authorization);
        for (name, value) in more {
            request = request.header(*name, value);
        }
        let request = request.body(Vec::new()).map_err(|_| NotOpen::Failed)?;
        let request = prover
            .prove(http, &request, Some(&access.token))
            .map_err(|_| NotOpen::Failed)?;
        let answer = http.open(request).await.map_err(|error| {
            tracing::debug!(%error, %endpoint, "no answer");
            NotOpen::Failed
        })?;
        let new_nonce = prover.learn_nonce_header(answer.headers().get("DPoP-Nonce"));
        if answer.status() == http::StatusCode::UNAUTHORIZED {
            if new_nonce && attempt == 0 {
                continue;
            }
            return Err(NotOpen::Unauthorized);
        }
        if !answer.status().is_success() {
            tracing::debug!(status = answer.status().as_u16(), %endpoint, "refused");
            return Err(NotOpen::Failed);
        }
        return Ok(answer);
    }
    Err(NotOpen::Unauthorized)
}
