//! Session events: what happened to a session, by whom, where, why. This is their wire form too.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{EndReason, Kind, SessionId, Surface, UserId};

/// One thing that happened to one session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export_to = "wire/"))]
pub struct SessionEvent {
    /// Its place in the service's sequence; a stream resumes after it. Never reused, always
    /// rising.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub sequence: u64,
    /// Whose session.
    pub user: UserId,
    /// Which session.
    pub session: SessionId,
    /// Its kind.
    pub kind: Kind,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
    /// When.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub at: Timestamp,
    /// Where the person was when it happened, if a person did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Surface>,
    /// The session's device, in words ("Chromium on Linux", "Mira's laptop").
    pub device: String,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export_to = "wire/"))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// A sign-in made it.
    Started,
    /// A refresh token was rotated.
    Renewed,
    /// It ended, for good.
    Ended {
        /// Why.
        reason: EndReason,
    },
}
