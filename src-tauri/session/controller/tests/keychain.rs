//! What a keychain can do to a session.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::super::{
    Request,
    desk::{Desk, launch},
    within::within,
};
use super::code;
use crate::session::{
    record::Record,
    snapshot::{Connection as Online, StateView, Unreadable},
};

#[tokio::test]
async fn a_locked_keychain_is_said_and_waited_for() {
    let mut desk = Desk::signed_in().await;
    desk.app.send(Request::Quit);
    within(desk.app.ended()).await;
    desk.lock_keychain_once();
    desk.app = launch(&desk.issuer, &desk.store, &desk.folder, &desk.shell);
    let shown = desk
        .until(|it| it.state == StateView::KeychainUnavailable)
        .await;
    assert_eq!(code(&shown), Some("UL-2101"));
    desk.app.send(Request::Retry);
    desk.until(|it| it.state == StateView::SignedIn(Online::Online))
        .await;
}

#[tokio::test]
async fn a_damaged_or_newer_record_is_named_and_replaced_by_a_sign_in() {
    for (text, expected, why) in [
        ("{", "UL-2104", Unreadable::Damaged),
        ("{\"version\":9}", "UL-2105", Unreadable::Newer),
    ] {
        let mut desk = Desk::new();
        desk.until(|it| it.state == StateView::SignedOut).await;
        let keychain = desk.keychain();
        keychain
            .write(&desk.issuer.issuer, text.into())
            .await
            .unwrap();
        desk.restart().await;
        let shown = desk
            .until(|it| it.state == StateView::RecordUnreadable(why))
            .await;
        assert_eq!(code(&shown), Some(expected));
        assert!(desk.record().await.is_some(), "it is kept until replaced");
        desk.browser(Request::SignIn).await;
        let waiting = desk
            .until(|it| it.state == StateView::WaitingForBrowser)
            .await;
        assert_eq!(code(&waiting), None);
        desk.app.send(Request::CancelSignIn);
        desk.until(|it| it.state == StateView::RecordUnreadable(why))
            .await;
        desk.sign_in().await;
    }
}

#[tokio::test]
async fn a_keychain_that_locks_at_a_renewal_costs_nothing() {
    let desk = Desk::signed_in().await;
    desk.lock_keychain_once();
    desk.app.send(Request::Resumed);
    let shown = desk
        .until(|it| it.state == StateView::KeychainUnavailable)
        .await;
    assert_eq!(shown.person.unwrap().name, "Mira Okafor");
    desk.app.send(Request::Retry);
    desk.until(|it| it.state == StateView::SignedIn(Online::Online))
        .await;
}

#[tokio::test]
async fn a_renewal_of_the_old_session_never_writes_over_the_new_one() {
    let desk = Desk::signed_in().await;
    let old = desk.own_session();
    let address = desk.browser(Request::SignIn).await;
    let (open, gate) = tokio::sync::watch::channel(false);
    desk.issuer.inner().gate = Some(gate);
    desk.app.send(Request::Resumed);
    within(async {
        while desk.issuer.inner().waiting == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;

    // The old session is renewed at the issuer, and the answer is on its way.
    let answer = desk.issuer.authorize(&address);
    desk.app.send(Request::CallbackArrived(answer.into()));
    let replaced = async {
        loop {
            let text = desk.record().await.unwrap();
            if Record::from_text(&text).unwrap().session != Some(old.to_string()) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    let limit = std::time::Duration::from_millis(500);
    let too_early = tokio::time::timeout(limit, replaced).await;
    assert!(too_early.is_err(), "stored while the old one is renewed");

    open.send(true).unwrap();
    desk.until(|it| it.state == StateView::SignedIn(Online::Online) && it.attempt.is_none())
        .await;
    let text = desk.record().await.unwrap();
    let record = Record::from_text(&text).unwrap();
    assert_eq!(record.session, Some(desk.own_session().to_string()));
    assert_ne!(desk.own_session(), old);
    // What is revoked is the newest of the old session's tokens.
    within(async {
        while desk.issuer.inner().revoked_tokens.is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(desk.issuer.inner().revoked_tokens, [format!("{old}.1")]);
}
