//! What can go wrong at the protocol's endpoints, with its OAuth error and its stable code
//! (`docs/errors.md`).

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use session::EndReason;
use store::StoreError;
use thiserror::Error;

use crate::sessions::SessionsError;

/// A request that is refused, or cannot be answered.
#[derive(Debug, Error)]
pub enum ProtocolError {
    /// A parameter is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A parameter cannot be read.
    #[error("{0} is malformed")]
    Malformed(&'static str),
    /// A parameter was sent twice.
    #[error("a parameter was sent more than once")]
    Duplicate,
    /// A parameter is too long, or there are too many.
    #[error("the request is too long")]
    TooLong,
    /// Request objects are not supported.
    #[error("request objects are not supported; push the request instead")]
    RequestObject,
    /// There is no such client.
    #[error("the client is not registered here")]
    UnknownClient,
    /// The redirect address is not one of the client's.
    #[error("the redirect address is not registered for this client")]
    UnknownRedirect,
    /// A response type other than `code`.
    #[error("only the response type code is supported")]
    UnsupportedResponseType,
    /// A response mode other than `query`.
    #[error("only the response mode query is supported")]
    UnsupportedResponseMode,
    /// A scope that cannot be granted.
    #[error("the scope cannot be granted; it must contain openid")]
    InvalidScope,
    /// A public client without PKCE.
    #[error("code_challenge is missing (PKCE is required)")]
    ChallengeMissing,
    /// A challenge method other than S256.
    #[error("code_challenge_method must be S256")]
    ChallengeMethod,
    /// `prompt=none`, but somebody would have to sign in.
    #[error("nobody is signed in that the request would accept")]
    LoginRequired,
    /// The person said no.
    #[error("the person did not want to sign in")]
    AccessDenied,
    /// The client is another organization's.
    #[error("the client is for the people of another organization")]
    OtherOrganization,
    /// A pushed request is over, was used, or never was.
    #[error("the pushed request is over or was used")]
    RequestUriInvalid,
    /// The client must push its requests.
    #[error("this client must push its authorization requests")]
    PushRequired,
    /// The client did not show who it is.
    #[error("client authentication failed")]
    InvalidClient {
        /// It tried HTTP Basic, and is answered in kind.
        basic: bool,
    },
    /// A grant type that there is not.
    #[error("the grant type is not supported")]
    UnsupportedGrantType,
    /// The client may not do this.
    #[error("the client may not use this endpoint or grant")]
    UnauthorizedClient,
    /// A code that is over or never was.
    #[error("the code is over or was never issued")]
    CodeInvalid,
    /// A code that was used before.
    #[error("the code was used before; the session it led to has ended")]
    CodeReplayed,
    /// A code with the wrong client, redirect address, verifier or key.
    #[error("the code was issued for another {0}")]
    CodeMismatch(&'static str),
    /// A refresh token that was not issued here.
    #[error("the refresh token was not issued here")]
    RefreshTokenInvalid,
    /// The session has ended, and why, where that is known and the client may know it.
    #[error("the session has ended")]
    SessionEnded(Option<EndReason>),
    /// A spent refresh token.
    #[error("the refresh token was spent; its session has ended")]
    RefreshTokenSpent,
    /// A refresh token of another client or key.
    #[error("the refresh token is bound to another {0}")]
    RefreshTokenBound(&'static str),
    /// A DPoP proof that does not prove.
    #[error("the DPoP proof is not accepted: {0}")]
    ProofInvalid(&'static str),
    /// A DPoP proof that was seen before.
    #[error("the DPoP proof was used before")]
    ProofReplayed,
    /// A spent refresh token in a request that was made before the newest one was given out.
    #[error("the request was held up on its way; ask again with the newest refresh token")]
    HeldUp,
    /// An access token that is over, foreign or wrongly presented.
    #[error("the access token is not accepted")]
    AccessTokenInvalid,
    /// No access token at all.
    #[error("an access token is needed")]
    AccessTokenMissing,
    /// A logout request whose hint, client or return address does not fit.
    #[error("the logout request is not accepted: {0}")]
    LogoutRefused(&'static str),
    /// The store failed.
    #[error("the service cannot answer for the moment")]
    Unavailable(#[source] StoreError),
    /// Something that cannot be, such as a key that does not sign.
    #[error("the service failed: {0}")]
    Internal(&'static str),
    /// A fault that a test asked for.
    #[error("an injected fault")]
    Injected,
}

#[derive(Serialize)]
struct Body<'a> {
    error: &'a str,
    error_description: String,
    code: &'a str,
    /// Beside `invalid_grant`: why the session ended, so that an app that was off learns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    session_end_reason: Option<EndReason>,
}

impl ProtocolError {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) | Self::Malformed(_) | Self::Duplicate | Self::RequestObject => {
                "UL-1101"
            }
            Self::TooLong => "UL-1102",
            Self::UnknownClient => "UL-1103",
            Self::UnknownRedirect => "UL-1104",
            Self::UnsupportedResponseType | Self::UnsupportedResponseMode => "UL-1105",
            Self::InvalidScope => "UL-1106",
            Self::ChallengeMissing | Self::ChallengeMethod => "UL-1107",
            Self::LoginRequired => "UL-1108",
            Self::AccessDenied => "UL-1109",
            Self::OtherOrganization => "UL-1500",
            Self::RequestUriInvalid => "UL-1112",
            Self::PushRequired => "UL-1113",
            Self::InvalidClient { .. } => "UL-1114",
            Self::UnsupportedGrantType | Self::UnauthorizedClient => "UL-1115",
            Self::CodeInvalid => "UL-1116",
            Self::CodeReplayed => "UL-1117",
            Self::CodeMismatch(_) => "UL-1118",
            Self::RefreshTokenInvalid => "UL-1119",
            Self::SessionEnded(_) => "UL-1120",
            Self::RefreshTokenSpent => "UL-1121",
            Self::RefreshTokenBound(_) => "UL-1122",
            Self::ProofInvalid(_) => "UL-1123",
            Self::ProofReplayed => "UL-1124",
            Self::AccessTokenInvalid | Self::AccessTokenMissing => "UL-1125",
            Self::LogoutRefused(_) => "UL-1126",
            Self::HeldUp => "UL-1127",
            Self::Unavailable(_) | Self::Internal(_) | Self::Injected => "UL-1130",
        }
    }

    /// Its OAuth error (RFC 6749 §4.1.2.1, §5.2; RFC 6750 §3.1; RFC 9449 §12.2; OpenID Connect
    /// Core §3.1.2.6).
    pub fn error(&self) -> &'static str {
        match self {
            Self::Missing(_)
            | Self::Malformed(_)
            | Self::Duplicate
            | Self::TooLong
            | Self::UnsupportedResponseMode
            | Self::UnknownRedirect
            | Self::ChallengeMissing
            | Self::ChallengeMethod
            | Self::PushRequired
            | Self::LogoutRefused(_)
            | Self::AccessTokenMissing => "invalid_request",
            Self::RequestObject => "request_not_supported",
            Self::RequestUriInvalid => "invalid_request_uri",
            Self::UnknownClient | Self::InvalidClient { .. } => "invalid_client",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::LoginRequired => "login_required",
            Self::AccessDenied | Self::OtherOrganization => "access_denied",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::CodeInvalid
            | Self::CodeReplayed
            | Self::CodeMismatch(_)
            | Self::RefreshTokenInvalid
            | Self::SessionEnded(_)
            | Self::RefreshTokenSpent
            | Self::RefreshTokenBound(_) => "invalid_grant",
            Self::ProofInvalid(_) | Self::ProofReplayed | Self::HeldUp => "invalid_dpop_proof",
            Self::AccessTokenInvalid => "invalid_token",
            Self::Unavailable(_) => "temporarily_unavailable",
            Self::Internal(_) | Self::Injected => "server_error",
        }
    }

    /// Why the session ended that it is about.
    fn session_end_reason(&self) -> Option<EndReason> {
        match self {
            Self::SessionEnded(reason) => *reason,
            Self::RefreshTokenSpent => Some(EndReason::TokenReplayed),
            _ => None,
        }
    }

    /// Its status in a direct answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::InvalidClient { .. } | Self::AccessTokenInvalid | Self::AccessTokenMissing => {
                StatusCode::UNAUTHORIZED
            }
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) | Self::Injected => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Notes in the log what only an operator can cure.
    pub(crate) fn log(&self) {
        match self {
            Self::Unavailable(cause) => tracing::error!(%cause, code = self.code(), "{self}"),
            Self::Internal(_) => tracing::error!(code = self.code(), "{self}"),
            Self::CodeReplayed | Self::RefreshTokenSpent => {
                tracing::warn!(code = self.code(), "{self}");
            }
            _ => tracing::debug!(code = self.code(), "{self}"),
        }
    }
}

impl From<StoreError> for ProtocolError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error)
    }
}

impl From<SessionsError> for ProtocolError {
    fn from(error: SessionsError) -> Self {
        match error {
            // Disabled while signing in.
            SessionsError::Store(StoreError::Disabled) => Self::AccessDenied,
            SessionsError::Store(error) => Self::Unavailable(error),
            SessionsError::Missing(_) => Self::Internal("a session without its user"),
        }
    }
}

impl From<faults::Injected> for ProtocolError {
    fn from(_: faults::Injected) -> Self {
        Self::Injected
    }
}

impl IntoResponse for ProtocolError {
    fn into_response(self) -> Response {
        self.log();
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Self::InvalidClient { basic: true } = self {
            let scheme = HeaderValue::from_static("Basic realm=\"unified-login\"");
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        let body = Body {
            error: self.error(),
            error_description: self.to_string(),
            code: self.code(),
            session_end_reason: self.session_end_reason(),
        };
        (self.status(), headers, Json(body)).into_response()
    }
}
