//! Workspace in the browser: the person's own sessions and account.

mod account;
mod sessions;
pub mod wire;

use axum::{
    Router,
    routing::{get, post},
};

use crate::state::App;

/// The endpoints at Workspace's origin.
pub fn router() -> Router<App> {
    Router::new()
        .route("/api/sessions", get(sessions::list))
        .route("/api/sessions/end", post(sessions::end_chosen))
        .route("/api/sessions/end-others", post(sessions::end_others))
        .route(
            "/api/sessions/end-everywhere",
            post(sessions::end_everywhere),
        )
        .route("/api/account", get(account::show).put(account::change))
        .route("/api/account/password", post(account::change_password))
}
