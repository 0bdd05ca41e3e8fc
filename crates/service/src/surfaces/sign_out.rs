//! `/session/sign-out`: ends the browser session (rule 1), and with it every surface of this
//! browser.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use session::When;

use super::{
    Here, Site, SurfaceError, SurfaceLogin,
    body::Body,
    here,
    session::call_state,
    wire::{SignOut, SignOutAnswer, SignOutWhen},
};
use crate::{
    pages::facts::RequestFacts,
    sessions::calls::{self, SignedOut},
    state::App,
};

/// `POST /session/sign-out`.
///
/// Threats: cross-site request forgery (`Sec-Fetch-Site`, `Origin`, and JSON only); a sign-out
/// that is undone at once (the cookie stays as a dead one: pages try to sign in silently at most,
/// and that finds nobody until a person signs in anew); a call cut off by surprise (who chose
/// nothing is asked).
pub(super) async fn send(
    State(app): State<App>,
    site: Site,
    facts: RequestFacts,
    headers: HeaderMap,
    Body(asked): Body<SignOut>,
) -> Result<Response, SurfaceError> {
    let live = match here(&app, site, &headers, &facts).await? {
        Here::Live(live) => live,
        // Another tab was first.
        Here::Ended(_) => return Ok(Json(SignOutAnswer::SignedOut).into_response()),
        Here::Nobody => return Err(SurfaceError::SignedOut),
    };
    let login = SurfaceLogin { live, site };
    let when = asked.when.map(|when| match when {
        SignOutWhen::Now => When::Now,
        SignOutWhen::AfterCall => When::AfterCall,
    });
    let (actor, surface) = (login.actor(), login.site.surface());
    match calls::sign_out(&app, &login.live, &actor, surface, when).await? {
        SignedOut::Now => Ok(Json(SignOutAnswer::SignedOut).into_response()),
        SignedOut::AfterCall(call) => {
            let call = Some(call_state(&call));
            let answer = Json(SignOutAnswer::AfterCall { call });
            Ok((StatusCode::ACCEPTED, answer).into_response())
        }
        SignedOut::Asks(call) => Err(SurfaceError::OnCall(call_state(&call))),
    }
}
