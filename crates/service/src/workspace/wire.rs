//! What Workspace in the browser says and hears. Generated for TypeScript
//! (`ui/workspace/src/wire/`) by a test.

use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use session::{Kind, SessionId};
use store::{Ends, Role};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// `GET /api/sessions`: everywhere the person is signed in, this browser first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct OwnSessions {
    /// Live ones.
    pub sessions: Vec<OwnSession>,
}

/// One of the person's live sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct OwnSession {
    /// Which one.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: SessionId,
    /// A browser or the desktop app.
    pub kind: Kind,
    /// The device's name ("Mira's laptop", "Chrome on Linux").
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
    /// Whether it is this browser's.
    pub this: bool,
}

/// `POST /api/sessions/end` (rule 3).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct EndOwnSessions {
    /// Which ones; another person's are not touched.
    #[cfg_attr(feature = "typescript", ts(type = "Array<string>"))]
    pub sessions: Vec<SessionId>,
}

/// The answer to whatever ends sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Ended {
    /// So many have ended.
    pub ended: usize,
    /// So many are on a call and end when it is over.
    pub after_call: usize,
}

impl Ended {
    /// What came of a cause.
    pub fn of(ends: &Ends) -> Self {
        Self {
            ended: ends.ended.len(),
            after_call: ends.after_call(),
        }
    }
}

/// `GET /api/account`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Account {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What the person may do.
    pub role: Role,
    /// The organization's name.
    pub organization: String,
    /// Whether there is a password to change.
    pub password_set: bool,
}

/// `PUT /api/account`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct ChangeAccount {
    /// The new name.
    pub name: String,
}

/// `POST /api/account/password` (rule 6): this browser session stays, all others end.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub current: SecretString,
    /// The new one.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub new: SecretString,
}
