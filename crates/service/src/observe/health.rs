//! The admin address: metrics and health. The two health pages are at the public address, too.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::Metrics;
use crate::state::App;

/// `/health/live`, `/health/ready`.
pub fn health() -> Router<App> {
    Router::new()
        .route("/health/live", get(|| async { "live\n" }))
        .route("/health/ready", get(ready))
}

/// Everything at the admin address.
pub fn router(metrics: Metrics) -> Router<App> {
    health().route(
        "/metrics",
        get(move || {
            let text = metrics.text();
            async move {
                let kind = "text/plain; version=0.0.4; charset=utf-8";
                ([(header::CONTENT_TYPE, kind)], text)
            }
        }),
    )
}

/// Ready: the store answers, and the service is not stopping.
async fn ready(State(app): State<App>) -> Response {
    if app.tasks.is_closed() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match app.store.sessions().last_sequence().await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready: the store does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the store does not answer\n",
            )
                .into_response()
        }
    }
}
