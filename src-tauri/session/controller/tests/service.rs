//! What the service does, tells, and fails to do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::super::{Request, desk::Desk, fake_issuer::Mood};
use crate::session::{
    ending::Ending,
    message::Message,
    snapshot::{BridgeView, Connection as Online, StateView},
};
use ::session::{EndReason, Kind, SessionEvent, SessionId, Surface, UserId, What};

#[tokio::test]
async fn an_issuer_in_trouble_never_signs_anybody_out() {
    let mut desk = Desk::signed_in().await;
    for mood in [
        Mood::Error500,
        Mood::Html,
        Mood::Rubbish,
        Mood::InvalidGrant500,
        Mood::RefusesClient,
        Mood::LosesAnswer,
    ] {
        desk.issuer.mood(mood);
        desk.restart().await;
        let shown = desk
            .until(|it| it.state == StateView::SignedIn(Online::Offline))
            .await;
        assert_eq!(shown.person.unwrap().name, "Mira Okafor", "{mood:?}");
        desk.issuer.mood(Mood::Well);
        desk.app.send(Request::Retry);
        desk.until(|it| it.state == StateView::SignedIn(Online::Online))
            .await;
    }
}

#[tokio::test]
async fn an_end_at_the_issuer_ends_the_session_here_and_says_so() {
    let mut desk = Desk::signed_in().await;
    desk.issuer.mood(Mood::Ended);
    desk.restart().await;
    desk.until(|it| it.state == StateView::Ended(Ending::Refused))
        .await;
    desk.until_keychain_empty().await;
    let told = desk.shell.told.lock().unwrap().clone();
    assert_eq!(told, [Message::plain("ended-refused")]);
}

fn event(sequence: u64, session: SessionId, kind: Kind, reason: EndReason) -> SessionEvent {
    SessionEvent {
        sequence,
        user: UserId(uuid::Uuid::nil()),
        session,
        kind,
        what: What::Ended { reason },
        at: jiff::Timestamp::now(),
        surface: Some(Surface::Dashboard),
        device: "Chromium on Linux".into(),
    }
}

#[tokio::test]
async fn a_browser_sign_out_is_news_and_an_end_of_its_own_ends_the_session() {
    let desk = Desk::signed_in().await;
    let own = desk.own_session();
    desk.until(|it| it.bridge == BridgeView::Live).await;
    let other = SessionId(uuid::Uuid::new_v4());
    let signed_out = event(2, other, Kind::Browser, EndReason::SignedOut);
    desk.issuer.events.send(signed_out).unwrap();
    let shown = desk.until(|it| !it.activity.is_empty()).await;
    assert_eq!(shown.activity[0].surface, Some(Surface::Dashboard));
    assert_eq!(shown.state, StateView::SignedIn(Online::Online));

    let ended = event(3, own, Kind::Desktop, EndReason::EndedByAdmin);
    desk.issuer.events.send(ended).unwrap();
    let shown = desk
        .until(|it| it.state == StateView::Ended(Ending::Told(EndReason::EndedByAdmin)))
        .await;
    assert_eq!(shown.person.unwrap().name, "Mira Okafor");
    assert!(shown.activity.is_empty());
    desk.until_keychain_empty().await;
}

#[tokio::test]
async fn a_service_that_dies_is_said_within_seconds_and_so_is_its_return() {
    let desk = Desk::signed_in().await;
    desk.until(|it| it.bridge == BridgeView::Live).await;
    let renewals = desk.issuer.inner().renewals;
    desk.issuer.die();
    desk.until(|it| it.state == StateView::SignedIn(Online::Offline))
        .await;
    desk.issuer.revive().await;
    let shown = desk
        .until(|it| it.state == StateView::SignedIn(Online::Online))
        .await;
    assert_eq!(shown.bridge, BridgeView::Live);
    let renewed = desk.issuer.inner().renewals - renewals;
    assert_eq!(renewed, 0, "its stream says that it is back");
}

#[tokio::test]
async fn an_event_too_long_to_be_true_cuts_the_stream_and_costs_nothing_else() {
    let desk = Desk::signed_in().await;
    desk.until(|it| it.bridge == BridgeView::Live).await;
    let other = SessionId(uuid::Uuid::new_v4());
    let mut long = event(2, other, Kind::Browser, EndReason::SignedOut);
    long.device = "x".repeat(64 * 1024);
    desk.issuer.events.send(long).unwrap();
    desk.until(|it| it.bridge == BridgeView::Reconnecting).await;
    let shown = desk.until(|it| it.bridge == BridgeView::Live).await;
    assert!(shown.activity.is_empty());
    assert_eq!(shown.state, StateView::SignedIn(Online::Online));
}
