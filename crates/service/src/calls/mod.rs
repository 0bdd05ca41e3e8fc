//! `PUT /session/call`: a page says that it is on a call, every 20 seconds while it lasts; a call
//! that is not reported for a minute is over.
//!
//! Threats: a page that keeps a session alive against an Admin's end by reporting for ever (held
//! for four hours at most, `session`'s module `hold`); a page that reports ever new calls (so many
//! at once, and silent ones are removed); a report for another person's session (the session is
//! the cookie's).

use axum::{Router, extract::State, http::StatusCode, routing::put};

use crate::{
    api::{ApiError, Body, Refusal},
    sessions::calls::{self, Heard},
    state::App,
    surfaces::{SurfaceLogin, wire::CallReport},
};

/// The endpoint, for the origins where people call.
pub fn router() -> Router<App> {
    Router::new().route("/session/call", put(report))
}

async fn report(
    State(app): State<App>,
    here: SurfaceLogin,
    Body(sent): Body<CallReport>,
) -> Result<StatusCode, ApiError> {
    if !sent.active {
        calls::over(&app, &here.live, sent.call).await?;
        return Ok(StatusCode::NO_CONTENT);
    }
    let surface = here.site.surface();
    match calls::report(&app, &here.live, sent.call, surface).await? {
        Heard::OnCall => Ok(StatusCode::NO_CONTENT),
        Heard::Ended => Err(Refusal::new(StatusCode::GONE, "UL-1414", "api-call-ended").into()),
    }
}
