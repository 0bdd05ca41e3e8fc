//! What can be shown of the session at one moment. There is no secret in it.

use std::time::Duration;

use ::session::{EndReason, Kind, Surface};
use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use super::{ending::Ending, message::Message, person::Person, problem::Problem};

/// Everything that window and tray show.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// What the app is doing.
    pub state: StateView,
    /// Who is signed in. Also there while that person signs in anew.
    pub person: Option<Person>,
    /// The identity provider that the app signs in to, where the settings name one.
    pub issuer: Option<Url>,
    /// The sign-in under way.
    pub attempt: Option<AttemptView>,
    /// Something that the person should know, until dismissed or overtaken.
    pub notice: Option<Notice>,
    /// The last twenty things that happened to the person's other sessions, newest first.
    pub activity: Vec<ActivityItem>,
    /// Since when the session lasts.
    pub session_since: Option<Timestamp>,
    /// When it ended, where it did not end by a sign-out here.
    pub ended_at: Option<Timestamp>,
    /// When it was last renewed, by the service's clock.
    pub last_renewed: Option<Timestamp>,
    /// A sign-out that the service has not been told of yet.
    pub sign_out_owed: bool,
    /// Whether the issuer tells of session events (the bridge).
    pub bridge: BridgeView,
    /// Where else the person is signed in; `None` until that is known, and where the issuer does
    /// not say.
    pub elsewhere: Option<Vec<SessionElsewhere>>,
    /// What the person may open in the browser.
    pub pages: Pages,
}

/// What the app is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateView {
    /// The keychain is being read.
    Starting,
    /// Nobody is signed in.
    SignedOut,
    /// The browser has the sign-in.
    WaitingForBrowser,
    /// The browser came back; tokens are being fetched.
    Exchanging,
    /// Somebody is signed in.
    SignedIn(Connection),
    /// The keychain is locked, missing or does not answer.
    KeychainUnavailable,
    /// The keychain answers, but its record cannot be read.
    RecordUnreadable(Unreadable),
    /// The app's settings cannot be used, so nothing was begun.
    SettingsUnusable,
    /// The session ended elsewhere.
    Ended(Ending),
}

/// Why the keychain's record cannot be read. Trying again does not mend either; a sign-in does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is damaged: nobody can use it any more.
    Damaged,
    /// A newer version of this app wrote it, and can still use it.
    Newer,
}

/// Whether the session is confirmed at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Not asked yet.
    Connecting,
    /// Confirmed.
    Online,
    /// The service cannot be reached or does not answer as it should; retried.
    Offline,
}

/// A sign-in under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptView {
    /// The address that the browser was sent to, for another browser. `None` until it is known.
    pub address_to_copy: Option<Url>,
    /// When it began.
    pub since: Timestamp,
    /// When it ends by itself.
    pub deadline: Timestamp,
    /// How the browser comes back.
    pub way: Way,
    /// Why this way, where the app chose it itself.
    pub scheme_taken: bool,
}

/// How the browser comes back to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By the app's own scheme (RFC 8252 §7.1).
    DeepLink,
    /// By a loopback address (RFC 8252 §7.3).
    Loopback,
}

/// How long an attempt lasts.
pub const ATTEMPT_LASTS: Duration = Duration::from_mins(10);

/// Something that the person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Stable code, as in `docs/errors.md`.
    pub code: &'static str,
    /// What to say.
    pub message: Message,
}

impl From<Problem> for Notice {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code(),
            message: problem.message(),
        }
    }
}

/// Whether session events arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BridgeView {
    /// The issuer has none, or nobody is signed in.
    Absent,
    /// Connected.
    Live,
    /// Cut; reconnecting.
    Reconnecting,
}

/// Something that happened to another session of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityItem {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: ActivityWhat,
    /// The kind of that session.
    pub kind: Kind,
    /// Where the person did it, if a person did.
    pub surface: Option<Surface>,
    /// That session's device, in words.
    pub device: String,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityWhat {
    /// Somebody signed in.
    SignedIn,
    /// It ended.
    Ended(EndReason),
}

/// Where the person is signed in beside this app, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The person's role now, which may not be that of the sign-in.
    pub role: Option<String>,
    /// Last used first.
    pub sessions: Vec<SessionElsewhere>,
}

/// Another session of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionElsewhere {
    /// Its kind.
    pub kind: Kind,
    /// Its device, in words.
    pub device: String,
    /// The operating system.
    pub platform: String,
    /// Where that is, as far as the service knows.
    pub place: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used.
    pub last_used: Timestamp,
}

/// The issuer's pages that the person may open in the browser: addresses and nothing else, for
/// the browser has a session of its own or asks for a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Sessions and devices.
    pub sessions: Option<Url>,
    /// Workspace in the browser.
    pub workspace: Option<Url>,
    /// The Dashboard.
    pub dashboard: Option<Url>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// Sessions and devices.
    Sessions,
    /// Workspace in the browser.
    Workspace,
    /// The Dashboard.
    Dashboard,
}

impl Pages {
    /// The address of a page that may be opened.
    pub fn get(&self, page: Page) -> Option<&Url> {
        match page {
            Page::Sessions => self.sessions.as_ref(),
            Page::Workspace => self.workspace.as_ref(),
            Page::Dashboard => self.dashboard.as_ref(),
        }
    }

    /// What a person of that role may open: the Dashboard turns Agents away.
    #[must_use]
    pub fn for_role(mut self, role: Option<&str>) -> Self {
        if !matches!(role, Some("supervisor" | "admin")) {
            self.dashboard = None;
        }
        self
    }
}
