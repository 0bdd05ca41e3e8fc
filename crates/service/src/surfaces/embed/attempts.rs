//! `/embed/attempts`: a frame begins to sign in by a window of its own.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{Route, stored};
use crate::{
    openid::secret,
    pages::facts::RequestFacts,
    state::App,
    surfaces::{Body, SurfaceError, wire::EmbeddingAttempt},
};

/// `POST /embed/attempts`.
///
/// Threats: a page elsewhere that begins one (it can, by a program of its own, and then has
/// secrets that no window in another person's browser will take: see `window`); floods (limited by
/// address); a stolen database (digests only).
pub(super) async fn begin(
    State(app): State<App>,
    facts: RequestFacts,
    headers: HeaderMap,
    Body(_): Body<serde_json::Value>,
) -> Result<Response, SurfaceError> {
    app.limits.embedding_from(facts.address)?;
    let (attempt, hand, wait) = (secret::random(), secret::random(), secret::random());
    let route = Route::asked_from(&app, &headers);
    stored::put(&app, &attempt, &stored::new(&hand, &wait, route)).await?;
    let begun = EmbeddingAttempt {
        window: format!("/window?attempt={attempt}"),
        attempt,
        hand,
        wait,
    };
    Ok((StatusCode::CREATED, Json(begun)).into_response())
}
