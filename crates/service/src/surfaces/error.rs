//! Why a surface does not do what it was asked: a stable code, and one sentence that says what to
//! do.

use axum::{
    Json,
    extract::rejection::JsonRejection,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use store::StoreError;
use thiserror::Error;

use super::wire::{CallState, ProblemAnswer};
use crate::{limits::TooOften, openid::ProtocolError, pages::words, sessions::SessionsError};

/// A request of a surface that was not done.
#[derive(Debug, Error)]
pub enum SurfaceError {
    /// Nobody is signed in here.
    #[error("nobody is signed in here")]
    SignedOut,
    /// Another origin's page asked.
    #[error("the request came from another origin")]
    ForeignOrigin,
    /// More than a request of ours can be.
    #[error("the request is too large")]
    TooLarge,
    /// Not JSON, or not as it has to be.
    #[error("the request cannot be read")]
    Malformed,
    /// JSON is asked for.
    #[error("the request is no JSON")]
    NotJson,
    /// No such address.
    #[error("there is no such address")]
    NotFound,
    /// An address that is asked for in another way.
    #[error("the method is not allowed")]
    Method,
    /// Too many attempts.
    #[error("too many attempts")]
    TooOften(#[from] TooOften),
    /// A call is in the way of a sign-out.
    #[error("the session is on a call")]
    OnCall(CallState),
    /// The attempt of a frame is over, or never was.
    #[error("the attempt is over")]
    AttemptOver,
    /// The attempt's window was not opened by its frame.
    #[error("the attempt was not handed over")]
    NotHanded,
    /// The person said no in the window.
    #[error("the sign-in was cancelled")]
    Cancelled,
    /// The widget is another organization's.
    #[error("the widget is another organization's")]
    OtherOrganization,
    /// The store cannot be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Sessions cannot be started, checked or ended.
    #[error(transparent)]
    Sessions(#[from] SessionsError),
    /// The protocol failed.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
    /// Something that cannot be.
    #[error("{0}")]
    Internal(&'static str),
}

const UNAVAILABLE: (&str, StatusCode, &str) = (
    "UL-1309",
    StatusCode::SERVICE_UNAVAILABLE,
    "surface-error-unavailable",
);
const INTERNAL: (&str, StatusCode, &str) = (
    "UL-1308",
    StatusCode::INTERNAL_SERVER_ERROR,
    "surface-error-internal",
);

impl SurfaceError {
    /// Its stable code, its status, and the key of its words.
    fn parts(&self) -> (&'static str, StatusCode, &'static str) {
        use StatusCode as S;
        match self {
            Self::SignedOut => ("UL-1301", S::UNAUTHORIZED, "surface-error-signed-out"),
            Self::ForeignOrigin => ("UL-1302", S::FORBIDDEN, "surface-error-foreign-origin"),
            Self::TooLarge => ("UL-1303", S::PAYLOAD_TOO_LARGE, "surface-error-too-large"),
            Self::Malformed => ("UL-1304", S::BAD_REQUEST, "surface-error-malformed"),
            Self::NotJson => (
                "UL-1304",
                S::UNSUPPORTED_MEDIA_TYPE,
                "surface-error-malformed",
            ),
            Self::NotFound => ("UL-1305", S::NOT_FOUND, "surface-error-not-found"),
            Self::Method => ("UL-1305", S::METHOD_NOT_ALLOWED, "surface-error-not-found"),
            Self::TooOften(_) => ("UL-1307", S::TOO_MANY_REQUESTS, "surface-error-too-often"),
            Self::OnCall(_) => ("UL-1310", S::CONFLICT, "surface-error-on-call"),
            Self::AttemptOver => ("UL-1311", S::GONE, "surface-error-attempt-over"),
            Self::NotHanded => ("UL-1312", S::FORBIDDEN, "surface-error-not-handed"),
            Self::Cancelled => ("UL-1313", S::GONE, "surface-error-cancelled"),
            Self::OtherOrganization => {
                ("UL-1314", S::FORBIDDEN, "surface-error-other-organization")
            }
            Self::Store(error) | Self::Sessions(SessionsError::Store(error)) => of_store(error),
            Self::Protocol(error) if error.status().is_server_error() => UNAVAILABLE,
            Self::Protocol(_) => ("UL-1306", S::BAD_REQUEST, "surface-error-sign-in"),
            Self::Sessions(_) | Self::Internal(_) => INTERNAL,
        }
    }

    /// Its stable code.
    pub fn code(&self) -> &'static str {
        self.parts().0
    }

    pub(super) fn status(&self) -> StatusCode {
        self.parts().1
    }

    /// What happened and what to do.
    pub(super) fn message(&self) -> String {
        words().say(self.parts().2)
    }
}

/// What may be over in a moment, and what is a fault.
fn of_store(error: &StoreError) -> (&'static str, StatusCode, &'static str) {
    match error {
        StoreError::DiskFull
        | StoreError::Unavailable(_)
        | StoreError::Damaged(_)
        | StoreError::Newer(_) => UNAVAILABLE,
        _ => INTERNAL,
    }
}

impl IntoResponse for SurfaceError {
    fn into_response(self) -> Response {
        let (code, status, key) = self.parts();
        if status.is_server_error() {
            tracing::error!(code, error = %self, "a request of a surface failed");
        }
        let answer = ProblemAnswer {
            code: code.to_owned(),
            message: words().say(key),
            field: None,
            call: match &self {
                Self::OnCall(call) => Some(*call),
                _ => None,
            },
        };
        let mut response = (status, Json(answer)).into_response();
        if let Self::TooOften(TooOften { retry_after }) = self {
            let seconds = HeaderValue::from(retry_after.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

impl From<JsonRejection> for SurfaceError {
    fn from(rejection: JsonRejection) -> Self {
        match rejection {
            JsonRejection::MissingJsonContentType(_) => Self::NotJson,
            other if other.status() == StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Malformed,
        }
    }
}
