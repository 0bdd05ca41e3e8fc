//! Error pages: what happened, what to do, and a stable code.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use store::StoreError;
use thiserror::Error;

use super::{Link, Message, Page, Tone, html, words};
use crate::{
    limits::TooOften, openid::attempt::AttemptError, sessions::SessionsError,
    sign_in::PasswordError, state::App,
};

/// Why there is no page.
#[derive(Debug, Error)]
pub enum PageError {
    /// No such page.
    #[error("there is no such page")]
    NotFound,
    /// A form that another origin's page sent.
    #[error("the request came from another origin")]
    ForeignOrigin,
    /// More than a form of ours can be.
    #[error("the request is too large")]
    TooLarge,
    /// Not a form of ours.
    #[error("the form cannot be read")]
    Malformed,
    /// A page that is asked for in another way.
    #[error("the method is not allowed")]
    Method,
    /// Too many attempts.
    #[error("too many attempts")]
    TooOften(#[from] TooOften),
    /// A reset link that is over or was used.
    #[error("the reset link is over")]
    ResetOver,
    /// An invitation that is over or was used.
    #[error("the invitation is over")]
    InvitationOver,
    /// A sign-in attempt that cannot go on.
    #[error(transparent)]
    Attempt(#[from] AttemptError),
    /// The store cannot be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Sessions cannot be started, checked or ended.
    #[error(transparent)]
    Sessions(#[from] SessionsError),
    /// Passwords cannot be hashed or compared.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Something that cannot be.
    #[error("{0}")]
    Internal(&'static str),
}

/// A code, a status, and the key of words.
type Parts = (&'static str, StatusCode, &'static str);

const INTERNAL: Parts = (
    "UL-1009",
    StatusCode::INTERNAL_SERVER_ERROR,
    "error-internal",
);

/// A store that may be back in a moment, one that needs its operator first, and a fault of ours:
/// what a person can do is different for each.
fn of_store(error: &StoreError) -> Parts {
    let unavailable = StatusCode::SERVICE_UNAVAILABLE;
    match error {
        StoreError::DiskFull | StoreError::Unavailable(_) => {
            ("UL-1010", unavailable, "error-unavailable")
        }
        StoreError::Damaged(_) | StoreError::Newer(_) => {
            ("UL-1016", unavailable, "error-needs-operator")
        }
        StoreError::Missing(_)
        | StoreError::Conflict(_)
        | StoreError::Unreadable(_)
        | StoreError::Disabled
        | StoreError::LastAdmin => INTERNAL,
    }
}

impl PageError {
    /// Its stable code, its status, and the key of its words.
    pub(crate) fn parts(&self) -> Parts {
        match self {
            Self::NotFound => ("UL-1001", StatusCode::NOT_FOUND, "error-not-found"),
            Self::ForeignOrigin => ("UL-1002", StatusCode::FORBIDDEN, "error-foreign-origin"),
            Self::TooLarge => ("UL-1003", StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
            Self::Malformed => ("UL-1004", StatusCode::BAD_REQUEST, "error-malformed"),
            Self::Method => ("UL-1005", StatusCode::METHOD_NOT_ALLOWED, "error-malformed"),
            Self::TooOften(_) => ("UL-1006", StatusCode::TOO_MANY_REQUESTS, "error-too-often"),
            Self::ResetOver => ("UL-1007", StatusCode::GONE, "error-reset-over"),
            Self::InvitationOver => ("UL-1008", StatusCode::GONE, "error-invitation-over"),
            Self::Attempt(AttemptError::Protocol(error)) => (
                error.code(),
                StatusCode::SERVICE_UNAVAILABLE,
                "error-unavailable",
            ),
            Self::Attempt(error) => (error.code(), StatusCode::GONE, "error-attempt-over"),
            Self::Store(error) | Self::Sessions(SessionsError::Store(error)) => of_store(error),
            Self::Password(PasswordError::Stopping) => (
                "UL-1010",
                StatusCode::SERVICE_UNAVAILABLE,
                "error-unavailable",
            ),
            Self::Sessions(_) | Self::Password(_) | Self::Internal(_) => INTERNAL,
        }
    }

    /// The page that says so.
    pub(super) fn page(&self) -> Response {
        let (code, status, key) = self.parts();
        if status.is_server_error() {
            tracing::error!(code, error = %self, "a page failed");
        }
        let words = words();
        let link = match self {
            Self::ResetOver => Link::new("/forgot-password", words.say("forgot-again")),
            _ => Link::new("/account", words.say("to-account")),
        };
        let mut links = vec![link];
        if matches!(self, Self::Attempt(_)) {
            links.clear();
        }
        let heading = words.say(&format!("{key}-heading"));
        let mut response = html(
            status,
            &Message {
                page: Page::new(String::new(), heading.clone()),
                tone: Tone::Bad,
                heading,
                text: vec![words.say(key)],
                links,
                code: Some(code),
            },
        );
        if let Self::TooOften(TooOften { retry_after }) = self {
            let seconds = HeaderValue::from(retry_after.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        self.page()
    }
}

/// Answers whatever no route does.
pub async fn not_found(State(_): State<App>) -> PageError {
    PageError::NotFound
}

/// Answers a method that a page does not have.
pub async fn method_not_allowed() -> PageError {
    PageError::Method
}

/// Answers when a handler panicked.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    PageError::Internal("a handler panicked").page()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn a_store_is_told_by_what_a_person_can_do() {
        let sick = || "sick".into();
        for (error, code) in [
            (StoreError::DiskFull, "UL-1010"),
            (StoreError::Unavailable(sick()), "UL-1010"),
            (StoreError::Damaged(sick()), "UL-1016"),
            (StoreError::Newer(7), "UL-1016"),
            (StoreError::Missing("user"), "UL-1009"),
            (StoreError::Unreadable("session"), "UL-1009"),
        ] {
            let (expected, _, key) = of_store(&error);
            assert_eq!(code, expected, "{error:?}");
            assert!(!words().say(key).is_empty());
            let sessions = PageError::from(SessionsError::Store(error));
            assert_eq!(sessions.parts().0, code);
            assert!(sessions.page().status().is_server_error());
        }
    }
}
