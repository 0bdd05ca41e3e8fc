//! The exchange of a code by a surface of this service: the token endpoint's code without the
//! wire. No token leaves the service, nor reaches a page.

use std::collections::HashMap;

use session::SessionId;
use url::form_urlencoded::Serializer;

use super::{ProtocolError, code, id_token, parameters::Parameters};
use crate::{pages::facts::RequestFacts, state::App};

/// An answer that came to a surface's callback.
pub(crate) struct Answered<'a> {
    /// The surface's client.
    pub client_id: &'a str,
    /// The redirect address it came to.
    pub redirect_uri: &'a str,
    /// `code`.
    pub code: &'a str,
    /// `code_verifier` (RFC 7636 §4.5).
    pub verifier: &'a str,
    /// What the ID token must hold (OpenID Connect Core §3.1.3.7).
    pub nonce: &'a str,
}

/// Exchanges the code (RFC 6749 §4.1.3) and checks the ID token; the browser session that it is
/// about.
pub(crate) async fn exchange(
    app: &App,
    answered: &Answered<'_>,
    facts: &RequestFacts,
) -> Result<SessionId, ProtocolError> {
    let client = app.openid.clients.get(answered.client_id);
    let client = client.ok_or(ProtocolError::UnknownClient)?;
    let form = HashMap::from([
        ("code", answered.code),
        ("redirect_uri", answered.redirect_uri),
        ("code_verifier", answered.verifier),
    ]);
    let form = Serializer::new(String::new()).extend_pairs(form).finish();
    let parameters = Parameters::read(form.as_bytes())?;
    let grant = code::exchange(app, &client, &parameters, None, facts).await?;
    let id_token = grant.id_token.as_deref();
    let said = id_token.and_then(|token| id_token::read_hint(app, token));
    let said = said.ok_or(ProtocolError::Internal("an exchange without an ID token"))?;
    if said.aud != client.config.id || said.nonce.as_deref() != Some(answered.nonce) {
        return Err(ProtocolError::CodeMismatch("nonce"));
    }
    Ok(said.sid)
}
