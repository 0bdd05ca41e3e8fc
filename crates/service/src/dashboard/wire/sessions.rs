//! Live sessions of an organization.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{Kind, SessionId};
#[cfg(feature = "typescript")]
use ts_rs::TS;

use super::PersonName;

/// `GET /api/sessions`: a page, last begun first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct LiveSessions {
    /// Of all people for an Admin, of the own teams' for a Supervisor.
    pub sessions: Vec<LiveSession>,
    /// What to send as `cursor` for the next page, if there is one.
    pub next: Option<String>,
}

/// A live session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct LiveSession {
    /// Which one.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: SessionId,
    /// Whose.
    pub person: PersonName,
    /// A browser or the desktop app.
    pub kind: Kind,
    /// The device's name.
    pub device: String,
    /// The operating system; may be empty.
    pub platform: String,
    /// The browser, or the app and its version.
    pub agent: String,
    /// The address it was last used from.
    pub address: String,
    /// Where that is, if it is known.
    pub place: Option<String>,
    /// When it began.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub since: Timestamp,
    /// When it was last used.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub last_used: Timestamp,
    /// Whether it is the one that asks.
    pub this: bool,
    /// Whether it is on a call.
    pub on_call: bool,
    /// Whether it ends as soon as the call is over.
    pub ending: bool,
    /// Whether the person who asks may end it.
    pub may_end: bool,
}

/// The body of whatever ends sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct EndWhen {
    /// At once, also during a call; otherwise when the call is over.
    #[serde(default)]
    pub now: bool,
    /// An Admin who ends the own sessions, or disables the own account, has been told.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
    pub even_myself: bool,
}
