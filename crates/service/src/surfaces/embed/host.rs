//! `/embed/host`: whom a widget's page listens to.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::Route;
use crate::{
    pages::Query,
    state::App,
    surfaces::{SurfaceError, wire::EmbeddingHost},
};

/// The address.
#[derive(Deserialize)]
pub(super) struct Asked {
    crm: String,
    organization: String,
}

/// `GET /embed/host`: the origins that may frame the widget, so that its page listens to no
/// other.
///
/// Threat: a list of whom an organization trusts, for anybody. It stands in the document's
/// `frame-ancestors` too, and says no more than which CRM an organization uses.
pub(super) async fn show(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Response, SurfaceError> {
    let route = Route::named(&asked.crm, &asked.organization).ok_or(SurfaceError::NotFound)?;
    let origins = route.origins(&app).await?;
    Ok(Json(EmbeddingHost { origins }).into_response())
}
