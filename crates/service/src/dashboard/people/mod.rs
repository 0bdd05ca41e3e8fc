//! `/api/people`: who works here.

mod change;
mod end;
mod invite;
mod list;

use axum::{
    Router,
    routing::{get, post, put},
};
use session::UserId;
use store::User;

use super::who::Admin;
use crate::{
    api::{ApiError, Refusal},
    state::App,
};

/// The endpoints about people.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/people", get(list::list))
        .route("/api/people/invite", post(invite::invite))
        .route("/api/people/{id}", put(change::change))
        .route("/api/people/{id}/disable", post(end::disable))
        .route("/api/people/{id}/enable", post(change::enable))
        .route("/api/people/{id}/end-sessions", post(end::end_sessions))
}

/// A person of the Admin's own organization.
async fn colleague(app: &App, admin: &Admin, id: UserId) -> Result<User, ApiError> {
    let user = app.store.users().get(id).await?;
    user.filter(|user| user.organization == admin.0.organization())
        .ok_or(ApiError::Missing)
}

/// An Admin who would be locked out is told first, and says it again if it is meant.
fn unless_told(admin: &Admin, user: &User, even_myself: bool, key: &str) -> Result<(), Refusal> {
    if user.id != admin.0.user.id || even_myself {
        return Ok(());
    }
    let status = axum::http::StatusCode::CONFLICT;
    Err(Refusal::new(status, "UL-1408", key).at("even_myself"))
}
