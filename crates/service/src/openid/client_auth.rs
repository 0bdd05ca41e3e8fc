//! Which client calls (RFC 6749 §2.3).
//!
//! Threats: a client that passes for another (secrets are compared in constant time, one method
//! per client and one per request), and a public client that passes for a confidential one.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::SecretString;

use super::{Client, ProtocolError, parameters::Parameters};
use crate::{config::TokenEndpointAuth, state::Service};

/// The client of a request to the token, pushed-request, revocation or introspection endpoint.
pub fn client(
    app: &Service,
    headers: &HeaderMap,
    parameters: &Parameters,
) -> Result<Arc<Client>, ProtocolError> {
    let basic = basic(headers)?;
    let refused = ProtocolError::InvalidClient {
        basic: basic.is_some(),
    };
    let posted = parameters.get("client_secret");
    let (id, secret, used) = match (&basic, posted) {
        (Some(_), Some(_)) => return Err(refused),
        (Some((id, secret)), None) => {
            let said = parameters.get("client_id");
            if said.is_some_and(|said| said != id) {
                return Err(refused);
            }
            let method = TokenEndpointAuth::ClientSecretBasic;
            (id.as_str(), Some(secret.as_str()), method)
        }
        (None, Some(secret)) => {
            let method = TokenEndpointAuth::ClientSecretPost;
            (parameters.need("client_id")?, Some(secret), method)
        }
        (None, None) => {
            let id = parameters.get("client_id");
            let Some(id) = id else { return Err(refused) };
            (id, None, TokenEndpointAuth::None)
        }
    };
    let Some(client) = app.openid.clients.get(id) else {
        return Err(refused);
    };
    if client.config.token_endpoint_auth_method != used {
        return Err(refused);
    }
    match secret {
        Some(secret) if !client.has_secret(&SecretString::from(secret)) => Err(refused),
        _ => Ok(client),
    }
}

/// Id and secret of HTTP Basic, each form-encoded (RFC 6749 §2.3.1).
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, ProtocolError> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let read = || {
        let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some((form_decoded(id)?, form_decoded(secret)?))
    };
    read()
        .map(Some)
        .ok_or(ProtocolError::InvalidClient { basic: true })
}

fn form_decoded(text: &str) -> Option<String> {
    // Read as the name of a parameter without a value: a raw `=` or `&` would be a second one.
    let mut pairs = url::form_urlencoded::parse(text.as_bytes());
    let (name, value) = pairs.next()?;
    (pairs.next().is_none() && value.is_empty()).then(|| name.into_owned())
}
