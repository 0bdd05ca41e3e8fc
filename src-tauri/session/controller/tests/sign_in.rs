//! Signing in, and what comes back from browsers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::super::{
    Controller, Request, Words,
    desk::{Desk, FakeShell},
    within::within,
};
use super::code;
use crate::session::snapshot::{Connection as Online, StateView, Way};
use crate::{issuer::address::Issuer, settings::SettingsError};

#[tokio::test]
async fn a_person_signs_in_is_still_signed_in_after_a_restart_and_signs_out() {
    let mut desk = Desk::new();
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
    let desk = Desk::new();
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
    });
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
    });
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
    let desk = Desk::new();
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
async fn a_clock_wrong_by_hours_signs_in_and_proves_by_the_issuer_s_time() {
    for hours in [5, -5] {
        let desk = Desk::new();
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
