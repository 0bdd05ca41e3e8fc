//! The whole menu for each state.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use session::EndReason;

use super::*;
use crate::session::{
    ending::Ending,
    person::Person,
    snapshot::{BridgeView, Pages},
};

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
        elsewhere: None,
        pages: Pages::default(),
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
        pages: Pages {
            sessions: Some("https://id.example/account/sessions".parse().unwrap()),
            ..Pages::default()
        },
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
fn what_can_be_opened_in_the_browser_is_in_the_menu() {
    let mut snapshot = of_mira(Connection::Online);
    snapshot.pages.workspace = Some("https://workspace.example".parse().unwrap());
    snapshot.pages.dashboard = Some("https://dashboard.example".parse().unwrap());
    let opened: Vec<_> = shown(&snapshot).entries.into_iter().take(4).collect();
    assert_eq!(
        opened,
        [
            item(Action::Open, "Open Workspace"),
            item(Action::Workspace, "Workspace on the web"),
            item(Action::Dashboard, "Dashboard"),
            item(Action::Sessions, "Sessions & devices"),
        ]
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
