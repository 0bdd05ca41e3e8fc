//! Which screen the window shows.

use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

use super::notice::MessageShown;
use crate::session::{
    ending::Ending,
    snapshot::{Connection, StateView, Unreadable},
};

/// Which screen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Screen {
    /// The keychain is being read.
    Starting,
    /// Nobody is signed in.
    SignedOut,
    /// The browser has the sign-in.
    WaitingForBrowser,
    /// Tokens are being fetched.
    Exchanging,
    /// Somebody is signed in.
    SignedIn {
        /// Whether the service confirms it.
        connection: ConnectionShown,
    },
    /// The keychain cannot be used.
    KeychainUnavailable,
    /// The keychain's record cannot be read.
    RecordUnreadable {
        /// A newer version of this app wrote it, and can still use it.
        newer: bool,
    },
    /// The app's settings cannot be used.
    SettingsUnusable,
    /// The session ended elsewhere.
    Ended {
        /// Why.
        reason: MessageShown,
    },
}

/// Whether the session is confirmed at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "snake_case")]
pub enum ConnectionShown {
    /// Not asked yet.
    Connecting,
    /// Confirmed.
    Online,
    /// Retried.
    Offline,
}

impl Screen {
    pub(super) fn of(state: StateView) -> Self {
        match state {
            StateView::Starting => Self::Starting,
            StateView::SignedOut => Self::SignedOut,
            StateView::WaitingForBrowser => Self::WaitingForBrowser,
            StateView::Exchanging => Self::Exchanging,
            StateView::SignedIn(connection) => Self::SignedIn {
                connection: match connection {
                    Connection::Connecting => ConnectionShown::Connecting,
                    Connection::Online => ConnectionShown::Online,
                    Connection::Offline => ConnectionShown::Offline,
                },
            },
            StateView::KeychainUnavailable => Self::KeychainUnavailable,
            StateView::RecordUnreadable(why) => Self::RecordUnreadable {
                newer: why == Unreadable::Newer,
            },
            StateView::SettingsUnusable => Self::SettingsUnusable,
            StateView::Ended(ending) => Self::Ended {
                reason: MessageShown::of(&Ending::message(ending)),
            },
        }
    }
}
