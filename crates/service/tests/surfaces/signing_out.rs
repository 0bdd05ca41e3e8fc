//! Signing out at a surface, and everything that must not come of it.

use axum::http::Method;
use serde_json::json;
use uuid::Uuid;

use crate::support::{AVA, Answer, Browser, CTI, DASHBOARD, ID, MIRA, WORKSPACE, World};

#[tokio::test]
async fn a_sign_out_at_one_surface_ends_all_of_them_and_each_says_where() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    browser.open(&format!("{DASHBOARD}/")).await;

    let answer = browser
        .tell(
            Method::POST,
            CTI,
            "/session/sign-out",
            &json!({"when": null}),
        )
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json(), json!({"status": "signed_out"}));

    for origin in [WORKSPACE, DASHBOARD, CTI] {
        let session = browser.session(origin).await;
        assert_eq!(session["status"], "signed_out", "{origin}");
        assert_eq!(session["ended"]["reason"], "signed_out", "{origin}");
        assert_eq!(session["ended"]["surface"], "cti", "{origin}");
        assert!(!session.to_string().contains("Mira"), "nothing personal");
    }
    assert_eq!(world.live(MIRA).await, 0);
}

#[tokio::test]
async fn a_sign_out_is_not_undone_by_opening_pages_again() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    browser.open(&format!("{DASHBOARD}/")).await;
    browser
        .tell(Method::POST, WORKSPACE, "/session/sign-out", &json!({}))
        .await;
    for _ in 0..2 {
        for origin in [WORKSPACE, DASHBOARD, CTI] {
            let shown = browser.open(&format!("{origin}/page")).await;
            assert_eq!(shown.at(), format!("{origin}/page"), "shown as it is");
            assert_eq!(browser.session(origin).await["status"], "signed_out");
        }
    }
    assert_eq!(world.live(MIRA).await, 0);
    // The person asks: a sign-in page, and not a silent one.
    let sign_in = browser.open(&format!("{WORKSPACE}/sign-in")).await;
    assert!(sign_in.at().starts_with(&format!("{ID}/sign-in")));
}

#[tokio::test]
async fn the_next_person_at_this_computer_is_joined_and_nothing_of_the_first_is_left() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    browser.open(&format!("{DASHBOARD}/")).await;
    browser
        .tell(Method::POST, WORKSPACE, "/session/sign-out", &json!({}))
        .await;
    let sign_in = browser.open(&format!("{DASHBOARD}/sign-in")).await;
    browser.fill_in(&sign_in, AVA).await;
    // Her widget is signed in already; Workspace joins when it is opened.
    assert_eq!(browser.session(CTI).await["person"]["email"], AVA);
    assert_eq!(browser.session(WORKSPACE).await["status"], "signed_out");
    browser.ten_seconds_later();
    browser.open(&format!("{WORKSPACE}/")).await;
    assert_eq!(browser.session(WORKSPACE).await["person"]["email"], AVA);
    assert_eq!(world.live(MIRA).await, 0);
}

#[tokio::test]
async fn a_sign_in_by_another_person_ends_the_first_one_s_session_here() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    let mira = browser.copy();
    // At id, somebody signs in although Mira is.
    let headers = [
        ("origin", ID),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let form = "email=ava%40acme.example&password=violet+kettle+on+the+north+shore";
    let url = format!("{ID}/sign-in");
    let answer = browser.send(Method::POST, &url, &headers, form).await;
    browser.follow(answer).await;
    assert_eq!(browser.session(CTI).await["person"]["email"], AVA);
    assert_eq!(mira.session(WORKSPACE).await["status"], "signed_out");
    assert_eq!(mira.session(CTI).await["status"], "signed_out");
}

#[tokio::test]
async fn every_way_to_end_the_session_ends_the_surfaces() {
    let world = World::new().await;
    for path in ["/account/sign-out", "/account/sessions/end-all"] {
        let browser = world.browser();
        browser.sign_in(WORKSPACE, MIRA).await;
        let headers = [("origin", ID), ("sec-fetch-site", "same-origin")];
        let url = format!("{ID}{path}");
        browser.send(Method::POST, &url, &headers, "").await;
        for origin in [WORKSPACE, CTI] {
            assert_eq!(
                browser.session(origin).await["status"],
                "signed_out",
                "{path}"
            );
        }
    }
    // RP-initiated: asked first, then sent back to the surface.
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    let back: String = url::form_urlencoded::byte_serialize(WORKSPACE.as_bytes()).collect();
    let logout =
        format!("{ID}/oauth/logout?client_id=workspace-web&post_logout_redirect_uri={back}%2F");
    let asked = browser.get(&logout).await;
    assert_eq!(asked.status, 200, "{asked:?}");
    assert_eq!(world.live(MIRA).await, 1, "a link alone signs nobody out");
    let headers = [
        ("origin", ID),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let form = format!("client_id=workspace-web&post_logout_redirect_uri={back}%2F&confirmed=yes");
    let url = format!("{ID}/oauth/logout");
    let answer = browser.send(Method::POST, &url, &headers, &form).await;
    assert_eq!(answer.next().unwrap().as_str(), format!("{WORKSPACE}/"));
    let shown = browser.follow(answer).await;
    assert_eq!(shown.at(), format!("{WORKSPACE}/"));
    assert_eq!(browser.session(WORKSPACE).await["status"], "signed_out");
}

#[tokio::test]
async fn a_cookie_of_another_surface_or_a_changed_one_is_nothing() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    let name = "__Host-ul-surface";
    let good = browser.cookie(WORKSPACE, name).unwrap();
    let stranger = world.browser();
    for (origin, value) in [
        (DASHBOARD, good.clone()),
        (CTI, good.clone()),
        (WORKSPACE, good.replace("uls1.", "ulb1.")),
        (WORKSPACE, format!("{good}A")),
        (WORKSPACE, "uls1.AAAA".to_owned()),
        (WORKSPACE, String::new()),
        (WORKSPACE, browser.cookie(ID, "__Host-ul-session").unwrap()),
    ] {
        stranger.set_cookie(origin, name, &value);
        let session = stranger.session(origin).await;
        assert_eq!(
            session,
            json!({"status": "signed_out", "ended": null}),
            "{value}"
        );
        stranger.forget(origin);
    }
}

/// What a form at id sends.
async fn form_at_id(browser: &Browser<'_>, path: &str, form: &str) -> Answer {
    let headers = [
        ("origin", ID),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let url = format!("{ID}{path}");
    browser.send(Method::POST, &url, &headers, form).await
}

#[tokio::test]
async fn a_sign_out_at_id_cuts_no_call_off_by_surprise() {
    let world = World::new().await;
    let logout = "client_id=workspace-web&confirmed=yes";
    for (path, form, when) in [
        ("/account/sign-out", "", "/account/sign-out?when="),
        ("/oauth/logout", logout, "/oauth/logout?when="),
    ] {
        for choice in ["now", "after_call"] {
            let browser = world.browser();
            browser.sign_in(WORKSPACE, MIRA).await;
            let call = Uuid::now_v7();
            let report = json!({"call": call, "active": true});
            browser
                .tell(Method::PUT, CTI, "/session/call", &report)
                .await;
            let asked = form_at_id(&browser, path, form).await;
            assert_eq!(asked.status, 200, "{asked:?}");
            assert!(asked.body.contains("You are on a call"), "{asked:?}");
            assert!(asked.body.contains("in the CTI widget"), "{asked:?}");
            assert_eq!(browser.session(CTI).await["status"], "signed_in");

            form_at_id(&browser, &format!("{when}{choice}"), form).await;
            let session = browser.session(CTI).await;
            if choice == "now" {
                assert_eq!(session["status"], "signed_out", "{path}");
            } else {
                assert_eq!(session["ending"]["after_call"], true, "{path}");
                let over = json!({"call": call, "active": false});
                browser.tell(Method::PUT, CTI, "/session/call", &over).await;
                assert_eq!(browser.session(CTI).await["status"], "signed_out");
            }
        }
    }
}

#[tokio::test]
async fn tabs_that_come_back_all_at_once_after_a_sign_out_show_it_and_ask_for_no_password() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    browser
        .tell(
            Method::POST,
            CTI,
            "/session/sign-out",
            &json!({"when": "now"}),
        )
        .await;
    browser.ten_seconds_later();
    let login = browser.cookie(WORKSPACE, "__Host-ul-surface").unwrap();
    browser.forget(WORKSPACE);
    browser.set_cookie(WORKSPACE, "__Host-ul-surface", &login);
    let mut asked = Vec::new();
    for tab in 0..4 {
        let cold = browser.copy();
        let first = cold.get(&format!("{WORKSPACE}/tab/{tab}")).await;
        asked.push(cold.get(first.next().unwrap().as_str()).await);
    }
    let last = asked.last().unwrap().sets("__Host-ul-flow").unwrap();
    let value = last.split(['=', ';']).nth(1).unwrap();
    browser.set_cookie(WORKSPACE, "__Host-ul-flow", value);
    for (tab, asked) in asked.into_iter().enumerate() {
        let shown = browser.follow(asked).await;
        assert_eq!(shown.at(), format!("{WORKSPACE}/tab/{tab}"));
    }
}

#[tokio::test]
async fn of_two_tabs_that_sign_out_at_once_both_are_told_that_it_is_done() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    let sign_out = json!({"when": "now"});
    let (one, two) = tokio::join!(
        browser.tell(Method::POST, WORKSPACE, "/session/sign-out", &sign_out),
        browser.tell(Method::POST, CTI, "/session/sign-out", &sign_out),
    );
    for answer in [one, two] {
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.json(), json!({"status": "signed_out"}));
    }
    let user = world.user(MIRA).await;
    let sessions = world.app.store.sessions();
    let events = sessions.events_after(user.id, 0, 100).await.unwrap();
    assert_eq!(events.unwrap().len(), 2, "one start and one end");
}

#[tokio::test]
async fn whoever_is_not_signed_in_signs_nobody_out() {
    let world = World::new().await;
    let browser = world.browser();
    let answer = browser
        .tell(Method::POST, WORKSPACE, "/session/sign-out", &json!({}))
        .await;
    answer.assert_problem(401, "UL-1301");
}
