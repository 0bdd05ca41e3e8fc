//! `/session/availability`: whether the person takes calls; one word for all surfaces.
//!
//! Threat: another person's word (it is the cookie's person who speaks).

use axum::{Json, Router, extract::State, routing::get};

use crate::{
    api::{ApiError, Body},
    state::App,
    surfaces::{
        SurfaceLogin,
        wire::{AvailabilityState, ChangedWhat},
    },
};

/// The endpoint, for every surface's origin.
pub fn router() -> Router<App> {
    Router::new().route("/session/availability", get(show).put(change))
}

async fn show(
    State(app): State<App>,
    here: SurfaceLogin,
) -> Result<Json<AvailabilityState>, ApiError> {
    let availability = app.store.availability().get(here.user()).await?;
    Ok(Json(AvailabilityState { availability }))
}

async fn change(
    State(app): State<App>,
    here: SurfaceLogin,
    Body(sent): Body<AvailabilityState>,
) -> Result<Json<AvailabilityState>, ApiError> {
    let now = app.clock.now();
    let store = app.store.availability();
    if store.set(here.user(), sent.availability, now).await? {
        app.streams.changed(here.user(), ChangedWhat::Availability);
    }
    Ok(Json(sent))
}
