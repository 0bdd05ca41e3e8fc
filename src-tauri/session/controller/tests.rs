//! The whole desktop session, driven without a window.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ::session::{EndReason, Kind, SessionEvent, SessionId, Surface, UserId, What};

use super::{
    desk::{Desk, FakeShell, launch, within},
    fake_issuer::Mood,
    *,
};
use crate::{
    issuer::address::Issuer,
    session::{
        ending::Ending,
        message::Message,
        record::Record,
        snapshot::{Connection as Online, Unreadable, Way},
    },
};

fn code(snapshot: &Snapshot) -> Option<&'static str> {
    snapshot.notice.as_ref().map(|notice| notice.code)
}

#[tokio::test]
async fn a_person_signs_in_is_still_signed_in_after_a_restart_and_signs_out() {
    let mut desk = Desk::new().await;
    desk.until(|it| it.state == StateView::SignedOut).await;
    desk.sign_in().await;
    let person = desk.app.snapshot().person.unwrap();
    assert_eq!(person.name, "Mira Okafor");
    assert_eq!(person.organization.as_deref(), Some("Acme"));
    assert!(desk.record().await.is_some());

    desk.restart().await;
    desk.until(|it| it.state == StateView::SignedIn(Online::Online))
        .await;
    assert_eq!(desk.issuer.inner().renewals, 1);

    desk.app.send(Request::SignOut);
    let after = desk.until(|it| it.state == StateView::SignedOut).await;
    assert_eq!(after.person, None);
    desk.until_keychain_empty().await;
    assert!(!desk.issuer.inner().revoked.is_empty());
    desk.until(|it| !it.sign_out_owed).await;
}

#[tokio::test]
async fn links_that_fit_no_sign_in_are_told_and_change_nothing() {
    let desk = Desk::new().await;
    desk.until(|it| it.state == StateView::SignedOut).await;
    let stray = "com.unifiedlogin.workspace:/signed-in?code=a&state=b";
    desk.app.send(Request::CallbackArrived(stray.into()));
    let shown = desk.until(|it| it.notice.is_some()).await;
    assert_eq!(code(&shown), Some("UL-2005"));
    assert_eq!(shown.state, StateView::SignedOut);

    let address = desk.browser(Request::SignIn).await;
    let answer = desk.issuer.authorize(&address);
    for (link, expected) in [
        (stray.to_owned(), "UL-2006"),
        ("x".repeat(1024 * 1024), "UL-2007"),
        (answer.as_str().replace("acme", "evil"), "UL-2008"),
    ] {
        desk.app.send(Request::CallbackArrived(link));
        let shown = desk.until(|it| code(it) == Some(expected)).await;
        assert_eq!(shown.state, StateView::WaitingForBrowser);
    }
    desk.app.send(Request::CallbackArrived(answer.to_string()));
    desk.until(|it| it.state == StateView::SignedIn(Online::Online))
        .await;
    desk.app.send(Request::CallbackArrived(answer.into()));
    let shown = desk.until(|it| code(it) == Some("UL-2005")).await;
    assert_eq!(shown.state, StateView::SignedIn(Online::Online));
}

#[tokio::test]
async fn without_the_scheme_the_loopback_brings_the_browser_back() {
    let desk = Desk::with(FakeShell {
        scheme_taken: true,
        ..FakeShell::default()
    })
    .await;
    let address = desk.browser(Request::SignIn).await;
    let attempt = desk.app.snapshot().attempt.unwrap();
    assert_eq!(attempt.way, Way::Loopback);
    assert!(attempt.scheme_taken);
    let answer = desk.issuer.authorize(&address);
    assert_eq!(answer.host_str(), Some("127.0.0.1"));
    let http = crate::issuer::http::HttpClient::new().unwrap();
    let request = http::Request::get(answer.as_str())
        .body(Vec::new())
        .unwrap();
    let page = http.send(request).await.unwrap();
    let page = String::from_utf8(page.into_body()).unwrap();
    assert!(page.contains("loopback-received-title"), "{page}");
    desk.until(|it| it.state == StateView::SignedIn(Online::Online))
        .await;
}

#[tokio::test]
async fn a_code_can_be_pasted_and_the_address_copied_when_no_browser_opens() {
    let desk = Desk::with(FakeShell {
        no_browser: true,
        ..FakeShell::default()
    })
    .await;
    desk.app.send(Request::SignIn);
    let shown = desk.until(|it| code(it) == Some("UL-2004")).await;
    let address = shown.attempt.unwrap().address_to_copy.unwrap();
    let answer = desk.issuer.authorize(&address);
    desk.app.send(Request::CodePasted("not a code".into()));
    desk.until(|it| code(it) == Some("UL-2016")).await;
    let pasted = answer
        .query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap()
        .1;
    desk.app.send(Request::CodePasted(format!(" {pasted}\n")));
    desk.until(|it| it.state == StateView::SignedIn(Online::Online))
        .await;
}

#[tokio::test]
async fn a_sign_in_can_be_cancelled_and_its_late_answer_is_of_no_use() {
    let desk = Desk::new().await;
    let address = desk.browser(Request::SignIn).await;
    let answer = desk.issuer.authorize(&address);
    desk.app.send(Request::CancelSignIn);
    desk.until(|it| it.state == StateView::SignedOut).await;
    desk.app.send(Request::CallbackArrived(answer.into()));
    let shown = desk.until(|it| code(it) == Some("UL-2005")).await;
    assert_eq!(shown.state, StateView::SignedOut);
    assert!(desk.record().await.is_none());
}

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
        let mut desk = Desk::new().await;
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
async fn a_clock_wrong_by_hours_signs_in_and_proves_by_the_issuer_s_time() {
    for hours in [5, -5] {
        let desk = Desk::new().await;
        let ahead = jiff::SignedDuration::from_hours(hours);
        desk.issuer.inner().ahead = ahead;
        desk.sign_in().await;
        let there = jiff::Timestamp::now() + ahead;
        let proven = desk.issuer.inner().proofs[0]["iat"].as_i64().unwrap();
        assert!((there.as_second() - proven).abs() < 30);
    }
}

#[tokio::test]
async fn a_second_sign_in_keeps_the_first_session_until_it_succeeds() {
    let desk = Desk::signed_in().await;
    let first = desk.own_session();
    let address = desk.browser(Request::SignIn).await;
    desk.app.send(Request::CancelSignIn);
    desk.until(|it| it.state == StateView::SignedIn(Online::Online))
        .await;
    drop(address);

    desk.sign_in().await;
    let second = desk.own_session();
    assert_ne!(first, second);
    within(async {
        while !desk.issuer.inner().revoked.contains(&first.to_string()) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(!desk.issuer.inner().revoked.contains(&second.to_string()));
    desk.app.send(Request::Resumed);
    within(async {
        while desk.issuer.inner().renewals == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let state = desk.app.snapshot().state;
    assert_eq!(state, StateView::SignedIn(Online::Online));
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

#[test]
fn settings_that_cannot_be_used_are_said_in_the_window() {
    let error = SettingsError::Issuer {
        issuer: "http://id.acme.example".into(),
        source: Issuer::parse("http://id.acme.example").unwrap_err(),
    };
    let app = Controller::without_settings(&error);
    let shown = app.snapshot();
    assert_eq!(shown.state, StateView::SettingsUnusable);
    assert_eq!(code(&shown), Some("UL-2111"));
    let said = crate::words::Catalogue::english().text(&shown.notice.unwrap().message);
    assert!(said.contains("http://id.acme.example"), "{said}");
    app.send(Request::SignIn);
}
