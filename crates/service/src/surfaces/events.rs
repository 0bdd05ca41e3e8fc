//! `/events` at a surface: the person's session events, for the page that shares them with its
//! origin's other tabs.

use std::time::Duration;

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use rand::RngExt;

use super::{SurfaceError, SurfaceLogin};
use crate::{
    events::{Resume, Stream},
    state::App,
};

/// After a restart every open tab comes back; no two at the same moment, and none at once.
const COME_BACK_WITHIN_MS: std::ops::Range<u64> = 1_000..6_000;

/// `GET /events`.
///
/// Threats: a stream that outlives its session (it closes after its own `ended`); a person
/// hearing of others (the fan-out is by user); a page of another site that listens (requests from
/// elsewhere are refused).
pub(super) async fn open(
    State(app): State<App>,
    login: SurfaceLogin,
    Query(resume): Query<Resume>,
    headers: HeaderMap,
) -> Result<Response, SurfaceError> {
    let retry = Duration::from_millis(rand::rng().random_range(COME_BACK_WITHIN_MS));
    let stream = Stream {
        live: login.live,
        after: resume.after(&headers),
        surface: Some(retry),
    };
    match stream.open(app).await? {
        Some(response) => Ok(response),
        None => Err(SurfaceError::SignedOut),
    }
}
