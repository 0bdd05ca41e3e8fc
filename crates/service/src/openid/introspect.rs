//! Token introspection (RFC 7662): whether a token still counts, answered from memory.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use session::Presented;

use super::{
    Client, ProtocolError, access_token, client_auth, parameters::Parameters, scope::Scopes,
};
use crate::state::{App, Service};

/// `POST /oauth/introspect`, for clients that the operator allows it.
///
/// Threats: probing for tokens (only confidential clients may ask, §2.1), and learning anything
/// of a token that does not count (the answer is then only `active: false`, §2.2).
pub async fn introspect(
    State(app): State<App>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, ProtocolError> {
    let client = client_auth::client(&app, &headers, &parameters)?;
    if !may_introspect(client) {
        return Err(ProtocolError::UnauthorizedClient);
    }
    let text = parameters.need("token")?;
    let answer = match of_access_token(&app, text).await? {
        Some(answer) => Some(answer),
        None => of_refresh_token(&app, text).await?,
    };
    let answer = answer.unwrap_or_else(|| json!({ "active": false }));
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((no_store, Json(answer)).into_response())
}

fn may_introspect(client: &Client) -> bool {
    client.config.introspection && !client.is_public()
}

async fn of_access_token(app: &Service, text: &str) -> Result<Option<Value>, ProtocolError> {
    let Some(claims) = access_token::verify(app, text) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let live = app
        .sessions
        .get(app.store.as_ref(), claims.sid, now)
        .await?;
    let Some(live) = live else { return Ok(None) };
    let token_type = if claims.cnf.is_some() {
        "DPoP"
    } else {
        "Bearer"
    };
    let mut answer = json!({
        "active": true,
        "iss": app.openid.issuer,
        "sub": claims.sub,
        "aud": app.openid.issuer,
        "client_id": claims.client_id,
        "username": live.user.email,
        "scope": claims.scope,
        "token_type": token_type,
        "iat": claims.iat,
        "exp": claims.exp,
        "jti": claims.jti,
        "sid": claims.sid,
        "org": live.organization.id,
        "role": live.user.role,
    });
    if let Some(key) = claims.key() {
        answer["cnf"] = json!({ "jkt": key });
    }
    Ok(Some(answer))
}

/// A refresh token counts as long as presenting it would renew.
async fn of_refresh_token(app: &Service, text: &str) -> Result<Option<Value>, ProtocolError> {
    let Some(token) = app.openid.keys.open_refresh(text) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let live = app
        .sessions
        .get(app.store.as_ref(), token.session, now)
        .await?;
    let Some(live) = live else { return Ok(None) };
    // Memory may not know the newest generation; the store does.
    let record = app.store.sessions().get(token.session).await?;
    let Some(record) = record else {
        return Ok(None);
    };
    if record.session.generations.present(token.generation) == Presented::Spent {
        return Ok(None);
    }
    Ok(Some(json!({
        "active": true,
        "iss": app.openid.issuer,
        "sub": live.user.id,
        "client_id": record.client_id,
        "username": live.user.email,
        "scope": Scopes(token.scopes).text(),
        "token_type": "refresh_token",
        "sid": token.session,
    })))
}
