//! Why a JSON request was not done: `{"code","message","field"}`.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use store::StoreError;
use thiserror::Error;

use crate::{
    limits::TooOften,
    pages::{PageError, words},
    sessions::SessionsError,
    sign_in::PasswordError,
    surfaces::wire::ProblemAnswer,
};

/// Something that was asked for and is refused, for a reason that a person can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    code: &'static str,
    status: StatusCode,
    message: String,
    field: Option<String>,
}

impl Refusal {
    /// The request's own mistake: `key` says what is wrong and what to do.
    pub fn new(status: StatusCode, code: &'static str, key: &str) -> Self {
        Self::saying(status, code, words().say(key))
    }

    /// The same in words that are put together already.
    pub fn saying(status: StatusCode, code: &'static str, message: String) -> Self {
        Self {
            code,
            status,
            message,
            field: None,
        }
    }

    /// A field that cannot be used.
    pub fn of(field: &str, code: &'static str, key: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, key).at(field)
    }

    /// The field that it is about, if it is about one.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// About that field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

/// Why a request was not done.
#[derive(Debug, Error)]
pub enum ApiError {
    /// The role does not allow it.
    #[error("the role does not allow it")]
    Role,
    /// There is no such thing, or not in this organization: it is not said which.
    #[error("there is no such thing")]
    Missing,
    /// A refusal that says why.
    #[error("{}", .0.message)]
    Refused(Refusal),
    /// It did not work; not the request's fault.
    #[error(transparent)]
    Failed(PageError),
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<PageError> for ApiError {
    fn from(error: PageError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            // Between the look and the change it has gone.
            StoreError::Missing(_) => Self::Missing,
            error => Self::Failed(error.into()),
        }
    }
}

impl From<SessionsError> for ApiError {
    fn from(error: SessionsError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<TooOften> for ApiError {
    fn from(error: TooOften) -> Self {
        Self::Failed(error.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let refusal = match &self {
            Self::Role => Refusal::new(StatusCode::FORBIDDEN, "UL-1401", "api-role"),
            Self::Missing => Refusal::new(StatusCode::NOT_FOUND, "UL-1402", "api-missing"),
            Self::Refused(refusal) => refusal.clone(),
            Self::Failed(error) => {
                let (code, status, key) = error.parts();
                if status.is_server_error() {
                    tracing::error!(code, error = %error, "a request failed");
                }
                Refusal::new(status, code, key)
            }
        };
        let answer = ProblemAnswer {
            code: refusal.code.to_owned(),
            message: refusal.message,
            field: refusal.field,
            call: None,
        };
        let mut response = (refusal.status, Json(answer)).into_response();
        if let Self::Failed(PageError::TooOften(TooOften { retry_after })) = self {
            let seconds = HeaderValue::from(retry_after.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use std::{fs, path::Path};

    use super::*;

    /// The keys that the sources name, by their beginnings.
    fn keys(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                keys(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let quoted = text.split('"').skip(1).step_by(2);
            let kebab = |text: &&str| text.bytes().all(|c| c.is_ascii_lowercase() || c == b'-');
            found.extend(
                quoted
                    .filter(kebab)
                    .filter(|text| {
                        ["api-", "crm-", "client-"]
                            .iter()
                            .any(|begin| text.starts_with(begin) && text.len() > begin.len())
                    })
                    .map(str::to_owned),
            );
        }
    }

    #[test]
    fn every_refusal_has_its_words() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        for folder in ["api", "calls", "dashboard", "workspace"] {
            keys(&sources.join(folder), &mut found);
        }
        assert!(found.len() > 30, "{found:?}");
        for key in found {
            assert_ne!(words().say(&key), key);
        }
    }
}
