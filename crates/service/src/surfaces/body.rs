//! The JSON body of a request.
//!
//! Threat: cross-site request forgery by a plain form. A form cannot say `application/json`, so a
//! body without it is refused, whatever it holds.

use axum::{
    Json,
    extract::{FromRequest, Request},
};
use serde::de::DeserializeOwned;

use super::SurfaceError;
use crate::state::App;

/// A body that is JSON and says so.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = SurfaceError;

    async fn from_request(request: Request, app: &App) -> Result<Self, SurfaceError> {
        let Json(body) = Json::<T>::from_request(request, app).await?;
        Ok(Self(body))
    }
}
