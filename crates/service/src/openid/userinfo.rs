//! The `UserInfo` endpoint (OpenID Connect Core §5.3).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use session::UserId;

use super::{Caller, ProtocolError, id_token::Person};
use crate::state::App;

#[derive(Serialize)]
struct Info<'a> {
    sub: UserId,
    #[serde(flatten)]
    person: Person<'a>,
}

/// `GET` and `POST /oauth/userinfo`: who the person is, as far as the token's scopes allow.
///
/// Threats: a stolen token (bound tokens need their key, RFC 9449 §7), a token whose session has
/// ended (asked of memory), an ID token or foreign token in its place (RFC 9068 §4).
pub async fn show(State(app): State<App>, method: Method, headers: HeaderMap) -> Response {
    let caller = match Caller::authenticate(&app, &method, "/oauth/userinfo", &headers).await {
        Ok(caller) if caller.claims.allows("openid") => caller,
        Ok(_) => return Caller::challenge(ProtocolError::AccessTokenInvalid),
        Err(error) => return Caller::challenge(error),
    };
    let profile = caller.claims.allows("profile");
    let email = caller.claims.allows("email");
    Json(Info {
        sub: caller.live.user.id,
        person: Person::of(&caller.live, profile, email),
    })
    .into_response()
}
