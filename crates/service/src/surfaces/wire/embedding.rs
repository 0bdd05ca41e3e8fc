//! What a frame in a CRM page and the window that it opens say and hear.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// `GET /embed/host`: which origins a CRM's pages have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct EmbeddingHost {
    /// The organization's list; exact origins, or a leading wildcard label.
    pub origins: Vec<String>,
}

/// `POST /embed/attempts`: a frame begins to sign in by a window of its own.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct EmbeddingAttempt {
    /// Its name; no secret.
    pub attempt: String,
    /// The window's address.
    pub window: String,
    /// What the frame hands to the window that it opened.
    pub hand: String,
    /// What the frame waits with.
    pub wait: String,
}

/// `POST /embed/attempts/{id}/wait`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct EmbeddingWait {
    /// The frame's own secret.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub wait: SecretString,
}

/// The answer to [`EmbeddingWait`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum EmbeddingWaitAnswer {
    /// Not yet: wait again.
    Waiting,
    /// The frame has its cookie.
    SignedIn,
}

/// `POST /window/confirm`: the window has been handed an attempt by its opener.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct WindowConfirm {
    /// The attempt.
    pub attempt: String,
    /// What the frame handed over.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub hand: SecretString,
}

/// The answer to [`WindowConfirm`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct WindowNext {
    /// Where the window goes on.
    pub next: String,
}
