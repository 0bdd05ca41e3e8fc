//! What the tray shows, as a pure function of the snapshot.

use super::action::Action;
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
    if matches!(snapshot.state, StateView::SignedIn(_)) {
        let pages = [
            (&snapshot.pages.workspace, Action::Workspace),
            (&snapshot.pages.dashboard, Action::Dashboard),
            (&snapshot.pages.sessions, Action::Sessions),
        ];
        let open = pages.into_iter().filter(|(page, _)| page.is_some());
        actions.extend(open.map(|(_, action)| Some(action)));
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
mod tests;
