//! Signing in at a surface, and what a link from elsewhere can make of it.

use jiff::SignedDuration;
use serde_json::Value;

use crate::support::{AVA, CTI, DASHBOARD, ID, MIRA, WORKSPACE, World};

#[tokio::test]
async fn who_signs_in_at_one_surface_is_signed_in_at_all_of_them() {
    let world = World::new().await;
    let browser = world.browser();

    let sign_in = browser.open(&format!("{WORKSPACE}/sessions?x=1")).await;
    assert!(
        sign_in.at().starts_with(&format!("{ID}/sign-in")),
        "{sign_in:?}"
    );
    assert!(sign_in.page.body.contains("Sign in to Workspace"));
    let back = browser.fill_in(&sign_in, MIRA).await;
    assert_eq!(back.at(), format!("{WORKSPACE}/sessions?x=1"));

    let session = browser.session(WORKSPACE).await;
    assert_eq!(session["status"], "signed_in");
    assert_eq!(session["surface"], "workspace");
    assert_eq!(session["person"]["email"], MIRA);
    assert_eq!(session["organization"]["name"], "Acme");
    assert_eq!(session["surfaces"]["dashboard"], DASHBOARD);
    assert_eq!(session["surfaces"]["account"], ID);

    // The widget knows already, and the Dashboard asks nobody anything.
    assert_eq!(browser.session(CTI).await["person"]["email"], MIRA);
    assert_eq!(browser.session(DASHBOARD).await["status"], "signed_out");
    let dashboard = browser.open(&format!("{DASHBOARD}/people")).await;
    assert_eq!(dashboard.at(), format!("{DASHBOARD}/people"));
    assert_eq!(browser.session(DASHBOARD).await["status"], "signed_in");
    assert_eq!(world.live(MIRA).await, 1, "one session for all");
}

#[tokio::test]
async fn no_token_reaches_a_page_and_each_cookie_is_its_own_origin_s() {
    let world = World::new().await;
    let browser = world.browser();
    let sign_in = browser.open(&format!("{WORKSPACE}/")).await;
    let mut answer = browser.submit(&sign_in, MIRA).await;
    let mut set = Vec::new();
    while let Some(next) = answer.next() {
        for cookie in answer.cookies() {
            set.push(format!("{} {cookie}", answer.url.host_str().unwrap()));
        }
        for token in ["eyJhbGci", "eyJ0eXAi", "id_token", "access_token"] {
            assert!(!answer.body.contains(token), "{answer:?}");
            assert!(!next.as_str().contains(token), "{next}");
        }
        answer = browser.get(next.as_str()).await;
    }
    let find = |host: &str, name: &str| {
        let found = set
            .iter()
            .find(|cookie| cookie.starts_with(&format!("{host}.acme.localhost {name}=")));
        found
            .unwrap_or_else(|| panic!("{host} {name}: {set:#?}"))
            .clone()
    };
    let workspace = find("workspace", "__Host-ul-surface");
    let cti = find("cti", "__Host-ul-surface");
    for cookie in [&workspace, &cti] {
        for part in ["HttpOnly", "Secure", "Path=/", "Max-Age=15552000"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert!(workspace.contains("SameSite=Lax"), "{workspace}");
    assert!(cti.contains("SameSite=None"), "{cti}");
}

#[tokio::test]
async fn an_agent_at_the_dashboard_is_told_why_not_and_whom_to_ask() {
    let world = World::new().await;
    let browser = world.browser();
    let shown = browser.sign_in(DASHBOARD, AVA).await;
    assert_eq!(shown.at(), format!("{DASHBOARD}/"), "no loop");
    let session = browser.session(DASHBOARD).await;
    assert_eq!(session["status"], "refused");
    assert_eq!(session["why"], "role");
    assert_eq!(session["ask"], serde_json::json!(["Mira Okafor"]));
    assert_eq!(session["surfaces"]["dashboard"], Value::Null);
}

#[tokio::test]
async fn a_link_with_somebody_else_s_answer_signs_nobody_in() {
    let world = World::new().await;
    let attacker = world.browser();
    let sign_in = attacker.open(&format!("{WORKSPACE}/")).await;
    let mut answer = attacker.submit(&sign_in, AVA).await;
    let callback = loop {
        let next = answer.next().unwrap();
        if next.path() == "/callback" && next.as_str().starts_with(WORKSPACE) {
            break next;
        }
        answer = attacker.get(next.as_str()).await;
    };

    // Mira, signed in or not, is not made Ava.
    let victim = world.browser();
    let lured = victim.open(callback.as_str()).await;
    assert!(
        lured.at().starts_with(&format!("{ID}/sign-in")),
        "{lured:?}"
    );
    assert_eq!(victim.session(WORKSPACE).await["status"], "signed_out");
    victim.fill_in(&lured, MIRA).await;
    victim.open(callback.as_str()).await;
    assert_eq!(victim.session(WORKSPACE).await["person"]["email"], MIRA);

    // In the browser that began it, it counts: once.
    let there = attacker.open(callback.as_str()).await;
    assert_eq!(there.at(), format!("{WORKSPACE}/"));
    // An address that is loaded twice ends nothing, and leads where the first time did.
    let again = attacker.open(callback.as_str()).await;
    assert_eq!(again.at(), format!("{WORKSPACE}/"));
    assert_eq!(attacker.session(WORKSPACE).await["status"], "signed_in");
    let flow = attacker.cookie(WORKSPACE, "__Host-ul-flow").unwrap();
    attacker.forget(WORKSPACE);
    attacker.set_cookie(WORKSPACE, "__Host-ul-flow", &flow);
    let spent = attacker.get(callback.as_str()).await;
    assert_eq!(spent.status, 400, "{spent:?}");
    assert!(spent.body.contains("UL-1306"));
    assert_eq!(attacker.session(WORKSPACE).await["status"], "signed_out");
}

#[tokio::test]
async fn a_link_to_join_makes_nobody_s_widget_another_person_s() {
    let world = World::new().await;
    let attacker = world.browser();
    let sign_in = attacker.open(&format!("{WORKSPACE}/")).await;
    let join = attacker.submit(&sign_in, AVA).await.next().unwrap();
    assert_eq!(join.path(), "/join", "{join}");

    let victim = world.browser();
    let lured = victim.open(join.as_str()).await;
    assert!(!lured.at().starts_with(CTI), "{lured:?}");
    assert_eq!(victim.cookie(CTI, "__Host-ul-surface"), None);
    assert_eq!(victim.session(CTI).await["status"], "signed_out");
    assert_eq!(victim.session(WORKSPACE).await["status"], "signed_out");

    let mira = world.browser();
    mira.sign_in(WORKSPACE, MIRA).await;
    mira.open(join.as_str()).await;
    assert_eq!(mira.session(CTI).await["person"]["email"], MIRA);
}

#[tokio::test]
async fn a_sign_in_leads_to_a_page_of_the_surface_and_nowhere_else() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    for wanted in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/sign-in",
    ] {
        let wanted: String = url::form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        let opened = browser
            .open(&format!("{WORKSPACE}/sign-in?return_to={wanted}"))
            .await;
        assert_eq!(opened.at(), format!("{WORKSPACE}/"), "{wanted}");
    }
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookie_of_the_surface_is_told_so_once() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(DASHBOARD, MIRA).await;
    let mut answer = browser.get(&format!("{WORKSPACE}/")).await;
    let mut steps = 0;
    while let Some(next) = answer.next() {
        steps += 1;
        assert!(steps < 10, "round and round");
        browser.forget(WORKSPACE);
        answer = browser.get(next.as_str()).await;
    }
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("UL-1306"), "{answer:?}");
    assert!(answer.body.contains("allow cookies"));
}

#[tokio::test]
async fn many_tabs_that_sign_in_at_once_all_arrive() {
    let world = World::new().await;
    let browser = world.browser();
    let mut first = Vec::new();
    // All of them have asked before any has an answer.
    for tab in 0..5 {
        let cold = browser.copy();
        let asked = cold.get(&format!("{WORKSPACE}/tab/{tab}")).await;
        let asked = cold.get(asked.next().unwrap().as_str()).await;
        first.push(asked);
    }
    for asked in &first {
        let cookie = asked.sets("__Host-ul-flow").unwrap();
        let value = cookie.split(['=', ';']).nth(1).unwrap();
        browser.set_cookie(WORKSPACE, "__Host-ul-flow", value);
    }
    browser.sign_in(DASHBOARD, MIRA).await;
    for (tab, asked) in first.into_iter().enumerate() {
        let opened = browser.follow(asked).await;
        assert_eq!(opened.at(), format!("{WORKSPACE}/tab/{tab}"));
    }
    assert_eq!(browser.session(WORKSPACE).await["status"], "signed_in");
}

#[tokio::test]
async fn an_answer_that_is_too_late_begins_anew() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(DASHBOARD, MIRA).await;
    let asked = browser.get(&format!("{WORKSPACE}/late")).await;
    let asked = browser.get(asked.next().unwrap().as_str()).await;
    world.clock.forward(SignedDuration::from_mins(20));
    let opened = browser.follow(asked).await;
    assert_eq!(opened.at(), format!("{WORKSPACE}/late"));
}

#[tokio::test]
async fn a_cancelled_sign_in_shows_the_surface_signed_out() {
    let world = World::new().await;
    let browser = world.browser();
    let sign_in = browser.open(&format!("{WORKSPACE}/")).await;
    let attempt = sign_in.page.url.query().unwrap().to_owned();
    let headers = [
        ("origin", ID),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let url = format!("{ID}/sign-in/cancel");
    let answer = browser
        .send(axum::http::Method::POST, &url, &headers, &attempt)
        .await;
    let shown = browser.follow(answer).await;
    assert_eq!(shown.at(), format!("{WORKSPACE}/"));
    assert_eq!(browser.session(WORKSPACE).await["status"], "signed_out");
}
