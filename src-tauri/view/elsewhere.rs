//! Where else the person is signed in, and what can be opened there.

use serde::Serialize;
use session::Kind;
#[cfg(test)]
use ts_rs::TS;

use super::{Moment, moment};
use crate::session::snapshot::{Pages, SessionElsewhere};

/// Another session of the person.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct ElsewhereShown {
    /// Its kind.
    pub kind: Kind,
    /// Its device.
    pub device: String,
    /// The operating system; empty where it is not known.
    pub platform: String,
    /// Where that is, as far as the service knows.
    pub place: Option<String>,
    /// Since when.
    pub since: Moment,
    /// When it was last used.
    pub last_used: Moment,
}

/// What can be opened in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct PagesShown {
    /// Sessions and devices.
    pub sessions: bool,
    /// Workspace in the browser.
    pub workspace: bool,
    /// The Dashboard, where the person may see it.
    pub dashboard: bool,
}

impl ElsewhereShown {
    pub(super) fn of(session: &SessionElsewhere) -> Self {
        Self {
            kind: session.kind,
            device: session.device.clone(),
            platform: session.platform.clone(),
            place: session.place.clone(),
            since: moment(session.since),
            last_used: moment(session.last_used),
        }
    }
}

impl PagesShown {
    pub(super) fn of(pages: &Pages) -> Self {
        Self {
            sessions: pages.sessions.is_some(),
            workspace: pages.workspace.is_some(),
            dashboard: pages.dashboard.is_some(),
        }
    }
}
