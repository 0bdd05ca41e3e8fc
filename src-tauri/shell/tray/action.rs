//! What can be chosen in the tray.

/// What choosing an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Opens the window.
    Open,
    /// Opens Workspace in the browser.
    Workspace,
    /// Opens the Dashboard in the browser.
    Dashboard,
    /// Opens the page of sessions and devices in the browser.
    Sessions,
    /// Starts a sign-in.
    SignIn,
    /// Gives the sign-in up.
    CancelSignIn,
    /// Ends the session of this app.
    SignOut,
    /// Tries again.
    Retry,
    /// Ends the app; the session stays.
    Quit,
}

impl Action {
    /// Every action.
    pub const ALL: &'static [Self] = &[
        Self::Open,
        Self::Workspace,
        Self::Dashboard,
        Self::Sessions,
        Self::SignIn,
        Self::CancelSignIn,
        Self::SignOut,
        Self::Retry,
        Self::Quit,
    ];

    /// Its name among the menu's items.
    pub fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Workspace => "workspace",
            Self::Dashboard => "dashboard",
            Self::Sessions => "sessions",
            Self::SignIn => "sign-in",
            Self::CancelSignIn => "cancel-sign-in",
            Self::SignOut => "sign-out",
            Self::Retry => "retry",
            Self::Quit => "quit",
        }
    }

    /// The action of a menu item.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.id() == id)
    }

    /// The catalogue's name of its label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "tray-open",
            Self::Workspace => "tray-workspace",
            Self::Dashboard => "tray-dashboard",
            Self::Sessions => "tray-sessions",
            Self::SignIn => "tray-sign-in",
            Self::CancelSignIn => "tray-cancel",
            Self::SignOut => "tray-sign-out",
            Self::Retry => "tray-retry",
            Self::Quit => "tray-quit",
        }
    }
}
