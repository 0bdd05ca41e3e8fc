//! A cheap answer to "am I still signed in?", for tabs that wake up.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;

use super::browser_session;
use crate::state::App;

/// `GET /sessions/check`: 204 while this browser's session lives, 401 once it has ended; from memory.
///
/// Threat: tells only the holder of the cookie, and only yes or no; a cross-site page gets no
/// cookie sent (SameSite=Lax) and no answer to read (no CORS).
pub(super) async fn check(State(app): State<App>, jar: CookieJar) -> Response {
    let status = match browser_session(&app, &jar, None).await {
        Ok(Some(_)) => StatusCode::NO_CONTENT,
        Ok(None) => StatusCode::UNAUTHORIZED,
        Err(error) => {
            tracing::error!(%error, "session check failed");
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}
