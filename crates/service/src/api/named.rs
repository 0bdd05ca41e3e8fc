//! What a path names.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use super::ApiError;
use crate::state::App;

/// The one thing that a path names. A name that cannot be one names nothing.
pub struct Named<T>(pub T);

impl<T: FromStr> FromRequestParts<App> for Named<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let Path(name) = Path::<String>::from_request_parts(parts, app)
            .await
            .map_err(|_| ApiError::Missing)?;
        name.parse().map(Self).map_err(|_| ApiError::Missing)
    }
}
