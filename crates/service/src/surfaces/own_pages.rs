//! A surface's interface is for its own pages.
//!
//! Threats: cross-site request forgery (what changes something: tower-http's check of
//! `Sec-Fetch-Site` and `Origin`), and pages elsewhere that ask, time or hold open what only reads:
//! the widget's cookie is `SameSite=None` and goes with their requests.

use axum::{
    extract::Request,
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::csrf::ProtectionError;

use super::SurfaceError;

/// Answers what another origin's page would change.
pub(super) fn refuse(_: ProtectionError) -> Response {
    SurfaceError::ForeignOrigin.into_response()
}

/// Refuses what another origin's page asks.
pub(super) async fn only(request: Request, next: Next) -> Response {
    if comes_from_elsewhere(request.headers()) {
        return SurfaceError::ForeignOrigin.into_response();
    }
    next.run(request).await
}

/// Browsers that do not say, and programs, are let through: they send no cookie of somebody else.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_some_and(|site| site != "same-origin" && site != "none")
}
