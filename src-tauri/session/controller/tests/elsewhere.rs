//! Where else the person is signed in, and what can be opened in the browser.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ::session::{EndReason, Kind, SessionEvent, SessionId, Surface, UserId, What};
use serde_json::{Value, json};

use super::super::{Request, desk::Desk};
use crate::session::snapshot::{BridgeView, Connection, Page, StateView};

const WORKSPACE: &str = "http://workspace.acme.localhost:7400/";

fn browser(device: &str) -> Value {
    json!({
        "kind": "browser", "device": device, "platform": "Linux", "place": null, "this": false,
        "since": "2026-11-24T13:00:00Z", "last_used": "2026-11-24T14:01:00Z",
    })
}

fn signed_out(sequence: u64) -> SessionEvent {
    SessionEvent {
        sequence,
        user: UserId(uuid::Uuid::nil()),
        session: SessionId(uuid::Uuid::new_v4()),
        kind: Kind::Browser,
        what: What::Ended {
            reason: EndReason::SignedOut,
        },
        at: jiff::Timestamp::now(),
        surface: Some(Surface::Cti),
        device: "Chromium on Linux".into(),
    }
}

#[tokio::test]
async fn the_list_is_there_at_once_and_anew_after_each_event() {
    let desk = Desk::new();
    desk.issuer.inner().elsewhere = vec![browser("Chromium on Linux"), browser("Firefox on Linux")];
    desk.sign_in().await;
    let shown = desk.until(|it| it.elsewhere.is_some()).await;
    let devices: Vec<_> = shown
        .elsewhere
        .unwrap()
        .into_iter()
        .map(|it| it.device)
        .collect();
    assert_eq!(devices, ["Chromium on Linux", "Firefox on Linux"]);

    desk.issuer.inner().elsewhere.remove(0);
    desk.until(|it| it.bridge == BridgeView::Live).await;
    desk.issuer.events.send(signed_out(2)).unwrap();
    let one = |it: &Vec<_>| it.len() == 1;
    let shown = desk
        .until(|it| it.elsewhere.as_ref().is_some_and(one))
        .await;
    assert_eq!(shown.activity[0].surface, Some(Surface::Cti));
    assert_eq!(shown.state, StateView::SignedIn(Connection::Online));
}

#[tokio::test]
async fn offline_it_says_nothing_and_afterwards_it_is_right_again() {
    let desk = Desk::new();
    desk.issuer.inner().elsewhere = vec![browser("Chromium on Linux")];
    desk.sign_in().await;
    desk.until(|it| it.elsewhere.is_some() && it.bridge == BridgeView::Live)
        .await;
    desk.issuer.die();
    let shown = desk
        .until(|it| it.state == StateView::SignedIn(Connection::Offline))
        .await;
    assert_eq!(shown.notice, None);
    assert_eq!(shown.elsewhere.unwrap().len(), 1);

    desk.issuer.inner().elsewhere.clear();
    desk.issuer.revive().await;
    desk.until(|it| it.elsewhere.as_ref().is_some_and(Vec::is_empty))
        .await;
}

#[tokio::test]
async fn a_page_is_opened_by_its_plain_address_and_nothing_is_handed_to_it() {
    let desk = Desk::signed_in().await;
    desk.until(|it| it.pages.workspace.is_some()).await;
    let address = desk.browser(Request::OpenPage(Page::Workspace)).await;
    assert_eq!(address.as_str(), WORKSPACE);
}

#[tokio::test]
async fn the_dashboard_is_offered_to_those_whom_it_lets_in() {
    for (role, offered) in [("agent", false), ("supervisor", true), ("admin", true)] {
        let desk = Desk::new();
        desk.issuer.inner().role = role;
        desk.sign_in().await;
        let shown = desk
            .until(|it| it.elsewhere.is_some() && it.pages.workspace.is_some())
            .await;
        assert_eq!(shown.pages.dashboard.is_some(), offered, "{role}");
    }
}

#[tokio::test]
async fn nothing_of_it_is_left_after_the_sign_out() {
    let desk = Desk::new();
    desk.issuer.inner().elsewhere = vec![browser("Chromium on Linux")];
    desk.sign_in().await;
    desk.until(|it| it.elsewhere.is_some()).await;
    desk.app.send(Request::SignOut);
    let shown = desk.until(|it| it.state == StateView::SignedOut).await;
    assert_eq!(shown.elsewhere, None);
    assert_eq!(shown.pages.workspace, None);
}
