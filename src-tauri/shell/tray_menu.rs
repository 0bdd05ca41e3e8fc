//! What the tray shows, as a pure function of the snapshot.

use crate::{
    session::{
        message::Message,
        shell::Words,
        snapshot::{Connection, Snapshot, StateView, Unreadable},
    },
    words::Catalogue,
};

/// The tray as it should be: compared whole, rebuilt only when it differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayMenu {
    /// Which picture.
    pub icon: TrayIcon,
    /// Read out and shown on hover; the same sentence heads the menu.
    pub title: String,
    /// The menu below its heading.
    pub entries: Vec<Entry>,
}

/// The picture for a state. Shapes differ, not only colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrayIcon {
    /// Signed in.
    SignedIn,
    /// Signed in, the service cannot be reached.
    Offline,
    /// Nobody is signed in.
    SignedOut,
    /// A sign-in is under way.
    Waiting,
    /// Something needs the person.
    Attention,
}

/// One line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Can be chosen.
    Item(Action, String),
    /// Between groups.
    Separator,
}

/// What choosing an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Opens the window.
    Open,
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

    fn label(self) -> &'static str {
        match self {
            Self::Open => "tray-open",
            Self::Sessions => "tray-sessions",
            Self::SignIn => "tray-sign-in",
            Self::CancelSignIn => "tray-cancel",
            Self::SignOut => "tray-sign-out",
            Self::Retry => "tray-retry",
            Self::Quit => "tray-quit",
        }
    }
}

/// The tray for a snapshot.
pub fn menu(snapshot: &Snapshot, words: &Catalogue) -> TrayMenu {
    let middle: &[Action] = match snapshot.state {
        StateView::Starting | StateView::Exchanging => &[],
        StateView::SignedOut | StateView::Ended(_) => &[Action::SignIn],
        StateView::WaitingForBrowser => &[Action::CancelSignIn],
        StateView::SignedIn(Connection::Offline) => &[Action::Retry, Action::SignOut],
        StateView::SignedIn(_) => &[Action::SignOut],
        StateView::KeychainUnavailable | StateView::SettingsUnusable => &[Action::Retry],
        StateView::RecordUnreadable(_) => &[Action::Retry, Action::SignIn],
    };
    let mut actions = vec![Some(Action::Open)];
    if matches!(snapshot.state, StateView::SignedIn(_)) && snapshot.sessions_page.is_some() {
        actions.push(Some(Action::Sessions));
    }
    if !middle.is_empty() {
        actions.push(None);
        actions.extend(middle.iter().copied().map(Some));
    }
    actions.extend([None, Some(Action::Quit)]);

    TrayMenu {
        icon: icon(snapshot.state),
        title: words.text(&title(snapshot)),
        entries: actions
            .into_iter()
            .map(|action| match action {
                Some(action) => Entry::Item(action, words.plain(label(action, snapshot.state))),
                None => Entry::Separator,
            })
            .collect(),
    }
}

/// A sign-in that costs somebody something says so.
fn label(action: Action, state: StateView) -> &'static str {
    match (action, state) {
        (Action::SignIn, StateView::RecordUnreadable(Unreadable::Newer)) => {
            "tray-sign-in-replacing"
        }
        (Action::Retry, StateView::SettingsUnusable) => "tray-start-again",
        _ => action.label(),
    }
}

fn icon(state: StateView) -> TrayIcon {
    match state {
        StateView::Starting | StateView::SignedOut => TrayIcon::SignedOut,
        StateView::WaitingForBrowser | StateView::Exchanging => TrayIcon::Waiting,
        StateView::SignedIn(Connection::Offline) => TrayIcon::Offline,
        StateView::SignedIn(_) => TrayIcon::SignedIn,
        StateView::KeychainUnavailable
        | StateView::RecordUnreadable(_)
        | StateView::SettingsUnusable
        | StateView::Ended(_) => TrayIcon::Attention,
    }
}

fn title(snapshot: &Snapshot) -> Message {
    let named = |with_name, without_name| match &snapshot.person {
        Some(person) => Message::plain(with_name).with("name", person.name.clone()),
        None => Message::plain(without_name),
    };
    match snapshot.state {
        StateView::Starting => Message::plain("window-loading"),
        StateView::SignedOut => Message::plain("tray-signed-out"),
        StateView::WaitingForBrowser => Message::plain("tray-waiting"),
        StateView::Exchanging => Message::plain("tray-exchanging"),
        StateView::SignedIn(Connection::Offline) => named("tray-offline", "tray-offline-nameless"),
        StateView::SignedIn(_) => named("tray-signed-in", "tray-signed-in-nameless"),
        StateView::KeychainUnavailable => Message::plain("tray-keychain"),
        StateView::RecordUnreadable(_) => Message::plain("tray-record"),
        StateView::SettingsUnusable => Message::plain("tray-settings"),
        StateView::Ended(_) => Message::plain("tray-ended"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use session::EndReason;

    use super::*;
    use crate::session::{ending::Ending, person::Person, snapshot::BridgeView};

    fn snapshot(state: StateView) -> Snapshot {
        Snapshot {
            state,
            person: None,
            issuer: Some("https://id.example".parse().unwrap()),
            attempt: None,
            notice: None,
            activity: Vec::new(),
            session_since: None,
            ended_at: None,
            last_renewed: None,
            sign_out_owed: false,
            bridge: BridgeView::Absent,
            sessions_page: None,
        }
    }

    fn of_mira(connection: Connection) -> Snapshot {
        Snapshot {
            person: Some(Person {
                name: "Mira Okafor".to_owned(),
                email: None,
                organization: None,
                role: None,
            }),
            sessions_page: Some("https://id.example/account/sessions".parse().unwrap()),
            ..snapshot(StateView::SignedIn(connection))
        }
    }

    fn item(action: Action, text: &str) -> Entry {
        Entry::Item(action, text.to_owned())
    }

    fn shown(snapshot: &Snapshot) -> TrayMenu {
        menu(snapshot, &Catalogue::english())
    }

    #[test]
    fn signed_in_it_names_the_person_and_offers_sign_out() {
        assert_eq!(
            shown(&of_mira(Connection::Online)),
            TrayMenu {
                icon: TrayIcon::SignedIn,
                title: "Mira Okafor, signed in".to_owned(),
                entries: vec![
                    item(Action::Open, "Open Workspace"),
                    item(Action::Sessions, "Sessions & devices"),
                    Entry::Separator,
                    item(Action::SignOut, "Sign out"),
                    Entry::Separator,
                    item(Action::Quit, "Quit Workspace"),
                ],
            }
        );
    }

    #[test]
    fn offline_it_says_so_and_can_still_sign_out() {
        assert_eq!(
            shown(&of_mira(Connection::Offline)),
            TrayMenu {
                icon: TrayIcon::Offline,
                title: "Mira Okafor, offline".to_owned(),
                entries: vec![
                    item(Action::Open, "Open Workspace"),
                    item(Action::Sessions, "Sessions & devices"),
                    Entry::Separator,
                    item(Action::Retry, "Try again"),
                    item(Action::SignOut, "Sign out"),
                    Entry::Separator,
                    item(Action::Quit, "Quit Workspace"),
                ],
            }
        );
    }

    #[test]
    fn every_other_state_has_its_picture_and_its_way_out() {
        let ended = StateView::Ended(Ending::Told(EndReason::EndedByAdmin));
        let cases = [
            (
                StateView::Starting,
                TrayIcon::SignedOut,
                "Opening Workspace…",
                None,
            ),
            (
                StateView::SignedOut,
                TrayIcon::SignedOut,
                "Signed out",
                Some(item(Action::SignIn, "Sign in")),
            ),
            (
                StateView::WaitingForBrowser,
                TrayIcon::Waiting,
                "Waiting for the browser",
                Some(item(Action::CancelSignIn, "Cancel sign-in")),
            ),
            (
                StateView::Exchanging,
                TrayIcon::Waiting,
                "Signing in…",
                None,
            ),
            (
                StateView::KeychainUnavailable,
                TrayIcon::Attention,
                "Keychain unavailable",
                Some(item(Action::Retry, "Try again")),
            ),
            (
                StateView::SettingsUnusable,
                TrayIcon::Attention,
                "Settings cannot be used",
                Some(item(Action::Retry, "Start again")),
            ),
            (
                ended,
                TrayIcon::Attention,
                "You were signed out",
                Some(item(Action::SignIn, "Sign in")),
            ),
        ];
        for (state, icon, title, way_out) in cases {
            let mut entries = vec![item(Action::Open, "Open Workspace")];
            if let Some(entry) = way_out {
                entries.extend([Entry::Separator, entry]);
            }
            entries.extend([Entry::Separator, item(Action::Quit, "Quit Workspace")]);
            assert_eq!(
                shown(&snapshot(state)),
                TrayMenu {
                    icon,
                    title: title.to_owned(),
                    entries,
                },
                "{state:?}"
            );
        }
    }

    #[test]
    fn a_record_that_nobody_can_read_is_replaced_by_a_sign_in_that_says_so() {
        for (why, sign_in) in [
            (Unreadable::Damaged, "Sign in"),
            (
                Unreadable::Newer,
                "Sign in again, replacing the saved session",
            ),
        ] {
            assert_eq!(
                shown(&snapshot(StateView::RecordUnreadable(why))),
                TrayMenu {
                    icon: TrayIcon::Attention,
                    title: "Saved session cannot be read".to_owned(),
                    entries: vec![
                        item(Action::Open, "Open Workspace"),
                        Entry::Separator,
                        item(Action::Retry, "Try again"),
                        item(Action::SignIn, sign_in),
                        Entry::Separator,
                        item(Action::Quit, "Quit Workspace"),
                    ],
                }
            );
        }
    }

    #[test]
    fn every_action_is_found_by_its_name() {
        for action in Action::ALL {
            assert_eq!(Action::of(action.id()), Some(*action));
        }
        assert_eq!(Action::of("state"), None);
    }
}
