//! Signing out, whatever network and keychain do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::super::{Request, desk::Desk, fake_issuer::Mood, within::within};
use crate::session::snapshot::StateView;

#[tokio::test]
async fn a_sign_out_while_offline_is_told_to_the_issuer_after_a_restart() {
    let mut desk = Desk::signed_in().await;
    desk.issuer.mood(Mood::Error500);
    desk.app.send(Request::SignOut);
    desk.until(|it| it.state == StateView::SignedOut && it.sign_out_owed)
        .await;
    desk.restart().await;
    desk.until(|it| it.state == StateView::SignedOut && it.sign_out_owed)
        .await;
    assert!(desk.record().await.is_none());
    assert!(desk.issuer.inner().revoked.is_empty());
    desk.issuer.mood(Mood::Well);
    desk.app.send(Request::Resumed);
    desk.until(|it| !it.sign_out_owed).await;
    let own = desk.own_session().to_string();
    assert!(desk.issuer.inner().revoked.contains(&own));
    desk.until_keychain_empty().await;
}

#[tokio::test]
async fn a_sign_out_with_a_locked_keychain_is_not_undone_by_a_restart() {
    let mut desk = Desk::signed_in().await;
    desk.lock_keychain_once();
    desk.app.send(Request::SignOut);
    desk.until(|it| it.state == StateView::SignedOut).await;
    desk.restart().await;
    desk.until(|it| it.state == StateView::SignedOut).await;
    desk.until_keychain_empty().await;
    let own = desk.own_session().to_string();
    within(async {
        while !desk.issuer.inner().revoked.contains(&own) {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
