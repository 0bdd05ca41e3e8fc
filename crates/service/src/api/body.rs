//! Bodies and queries, read whole or refused with the field that is wrong.
//!
//! Threat: a form of another origin's page cannot send `application/json` without being asked
//! first (Fetch §4.8, CORS preflight), and nobody answers that; the check of the origin is beside
//! it (`surfaces`).

use axum::{
    body::Bytes,
    extract::{self, FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use super::{ApiError, Refusal};
use crate::{pages::words, state::App};

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        if !is_json(request.headers()) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Refusal::new(status, "UL-1403", "api-not-json").into());
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|error| {
            if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Refusal::new(error.status(), "UL-1404", "api-too-large")
            } else {
                malformed("")
            }
        })?;
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let read = serde_path_to_error::deserialize(&mut json);
        let read = read.map_err(|error| {
            let field = error.path().to_string();
            let refusal = malformed(&error.inner().to_string());
            match field.as_str() {
                "." | "?" | "" => refusal,
                _ => refusal.at(field),
            }
        })?;
        json.end().map_err(|error| malformed(&error.to_string()))?;
        Ok(Self(read))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// A query.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        match extract::Query::<T>::from_request_parts(parts, app).await {
            Ok(extract::Query(query)) => Ok(Self(query)),
            Err(error) => Err(malformed(&error.body_text()).into()),
        }
    }
}

/// `detail` is for whoever writes the request; it may be empty.
fn malformed(detail: &str) -> Refusal {
    let message = match detail.trim_end_matches('.') {
        "" => words().say("api-malformed"),
        detail => words().say_with("api-malformed-at", &[("detail", detail)]),
    };
    Refusal::saying(StatusCode::BAD_REQUEST, "UL-1403", message)
}
