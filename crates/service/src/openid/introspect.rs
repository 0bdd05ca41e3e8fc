//! Token introspection (RFC 7662): whether a token still counts, answered from memory.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;
use session::{OrganizationId, Presented, SessionId, UserId};
use store::Role;

use super::{
    Client, ProtocolError,
    access_token::{self, Bound},
    client_auth,
    parameters::Posted,
    scope::Scopes,
};
use crate::state::{App, Service};

/// The answer about a token that counts (§2.2).
#[derive(Serialize)]
struct Counts<'a> {
    active: bool,
    iss: &'a str,
    sub: UserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<&'a str>,
    client_id: Option<&'a str>,
    username: &'a str,
    scope: &'a str,
    token_type: &'static str,
    sid: SessionId,
    #[serde(flatten)]
    access: Option<OfAccessToken<'a>>,
}

/// What only an access token has.
#[derive(Serialize)]
struct OfAccessToken<'a> {
    iat: i64,
    exp: i64,
    jti: &'a str,
    org: OrganizationId,
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnf: Option<&'a Bound>,
}

/// `POST /oauth/introspect`, for clients that the operator allows it.
///
/// Threats: probing for tokens (only confidential clients may ask, §2.1), and learning anything
/// of a token that does not count (the answer is then only `active: false`, §2.2).
pub async fn introspect(
    State(app): State<App>,
    Posted {
        headers,
        parameters,
    }: Posted,
) -> Result<Response, ProtocolError> {
    let client = client_auth::client(&app, &headers, &parameters)?;
    if !may_introspect(&client) {
        return Err(ProtocolError::UnauthorizedClient);
    }
    let text = parameters.need("token")?;
    let answer = match of_access_token(&app, text).await? {
        Some(answer) => Some(answer),
        None => Box::pin(of_refresh_token(&app, text)).await?,
    };
    let mut answer = answer.unwrap_or_else(|| Json(json!({ "active": false })).into_response());
    let no_store = HeaderValue::from_static("no-store");
    answer.headers_mut().insert(header::CACHE_CONTROL, no_store);
    Ok(answer)
}

fn may_introspect(client: &Client) -> bool {
    client.config.introspection && !client.is_public()
}

async fn of_access_token(app: &Service, text: &str) -> Result<Option<Response>, ProtocolError> {
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
    let answer = Counts {
        active: true,
        iss: &app.openid.issuer,
        sub: claims.sub,
        aud: Some(&app.openid.issuer),
        client_id: Some(&claims.client_id),
        username: &live.user.email,
        scope: &claims.scope,
        token_type,
        sid: claims.sid,
        access: Some(OfAccessToken {
            iat: claims.iat,
            exp: claims.exp,
            jti: &claims.jti,
            org: live.organization.id,
            role: live.user.role,
            cnf: claims.cnf.as_ref(),
        }),
    };
    Ok(Some(Json(answer).into_response()))
}

/// A refresh token counts as long as presenting it would renew.
async fn of_refresh_token(app: &Service, text: &str) -> Result<Option<Response>, ProtocolError> {
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
    let answer = Counts {
        active: true,
        iss: &app.openid.issuer,
        sub: live.user.id,
        aud: None,
        client_id: record.client_id.as_deref(),
        username: &live.user.email,
        scope: &Scopes(token.scopes).text(),
        token_type: "refresh_token",
        sid: token.session,
        access: None,
    };
    Ok(Some(Json(answer).into_response()))
}
