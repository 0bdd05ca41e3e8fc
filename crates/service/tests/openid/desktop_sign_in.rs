//! Signing in on the desktop, whole: a session of its own, and nothing else.

use session::Kind;

use crate::support::{
    Browser, Desktop, ISSUER, Key, World, code_in, parameter, path_with, payload,
};

const MIRA: &str = "mira@acme.example";
const SAM: &str = "sam@acme.example";

#[tokio::test]
async fn a_person_signs_in_and_the_app_knows_who() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let browser = Browser::new(&world);

    let callback = browser.authorize(&desktop.push().await, MIRA).await;
    assert_eq!(callback.scheme(), "com.unifiedlogin.workspace");
    assert_eq!(callback.path(), "/signed-in");
    assert_eq!(parameter(&callback, "state").as_deref(), Some("the-state"));
    assert_eq!(parameter(&callback, "iss").as_deref(), Some(ISSUER));

    let answer = desktop.exchange(&code_in(&callback)).await;
    let said = answer.json();
    assert_eq!(said["token_type"], "DPoP");
    assert_eq!(said["expires_in"], 300);
    assert_eq!(said["scope"], "openid profile email offline_access");
    assert_eq!(answer.headers["cache-control"], "no-store");

    let id = payload(said["id_token"].as_str().unwrap());
    assert_eq!(id["iss"], ISSUER);
    assert_eq!(id["aud"], "workspace-desktop");
    assert_eq!(id["nonce"], "the-nonce");
    assert_eq!(id["amr"], serde_json::json!(["pwd"]));
    assert_eq!(id["name"], "Mira Okafor");
    assert_eq!(id["email"], MIRA);
    assert_eq!(id["org"], "Acme");
    assert_eq!(id["role"], "admin");

    let access = said["access_token"].as_str().unwrap();
    let claims = payload(access);
    assert_eq!(claims["cnf"]["jkt"], desktop.key.thumbprint());
    assert_eq!(claims["sid"], id["sid"]);
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        300
    );

    let info = desktop.userinfo(access).await;
    assert_eq!(info.status, 200, "{info:?}");
    assert_eq!(info.json()["name"], "Mira Okafor");
    assert_eq!(info.json()["sub"], id["sub"]);
}

#[tokio::test]
async fn the_sign_in_page_says_what_is_signed_in_and_where() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let browser = Browser::new(&world);
    let answer = browser.get(&desktop.authorize_path()).await;
    let page = browser.get(answer.location().unwrap().as_str()).await;
    assert!(page.body.contains("Workspace desktop app"), "{}", page.body);
    assert!(page.body.contains("Mira&#39;s laptop"), "{}", page.body);
}

#[tokio::test]
async fn signing_in_on_the_desktop_leaves_no_browser_session() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let browser = Browser::new(&world);
    let callback = desktop.callback(&browser, MIRA).await;
    desktop.exchange(&code_in(&callback)).await;

    assert_eq!(world.live(MIRA, Kind::Desktop).await, 1);
    assert_eq!(world.live(MIRA, Kind::Browser).await, 0);
    assert!(!browser.has_cookie("__Host-ul-session"));
    assert_eq!(browser.get("/sessions/check").await.status, 401);
}

#[tokio::test]
async fn a_browser_session_neither_answers_for_the_desktop_nor_notices_it() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let browser = Browser::new(&world);
    browser.sign_in_here(SAM).await;
    let cookie = browser.cookie("__Host-ul-session");

    // It asks, though the browser is signed in; and somebody else may sign in.
    let callback = desktop.callback(&browser, MIRA).await;
    let answer = desktop.exchange(&code_in(&callback)).await;
    assert_eq!(answer.status, 200, "{answer:?}");

    assert_eq!(browser.cookie("__Host-ul-session"), cookie);
    assert_eq!(browser.get("/sessions/check").await.status, 204);
    assert_eq!(world.live(SAM, Kind::Browser).await, 1);
    assert_eq!(world.live(MIRA, Kind::Browser).await, 0);
}

#[tokio::test]
async fn a_desktop_client_never_gets_an_answer_without_a_person() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let mut parameters = desktop.parameters();
    parameters.push(("prompt", "none".to_owned()));
    let answer = browser.get(&path_with(&parameters)).await;
    assert_eq!(
        answer.redirected_with("error").as_deref(),
        Some("login_required")
    );
    assert_eq!(answer.redirected_with("iss").as_deref(), Some(ISSUER));
    assert_eq!(
        answer.redirected_with("state").as_deref(),
        Some("the-state")
    );
}

#[tokio::test]
async fn the_browser_may_come_back_on_any_loopback_port() {
    let world = World::new().await;
    let desktop = Desktop {
        redirect: "http://127.0.0.1:49152/signed-in",
        ..Desktop::new(&world)
    };
    let browser = Browser::new(&world);
    let callback = desktop.callback(&browser, MIRA).await;
    assert!(
        callback
            .as_str()
            .starts_with("http://127.0.0.1:49152/signed-in?")
    );
    assert_eq!(desktop.exchange(&code_in(&callback)).await.status, 200);
}

#[tokio::test]
async fn a_code_that_comes_twice_ends_the_session_it_led_to() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let callback = desktop.callback(&Browser::new(&world), MIRA).await;
    let code = code_in(&callback);
    let tokens = crate::support::Tokens::of(&desktop.exchange(&code).await);

    let again = desktop.exchange(&code).await;
    again.assert_error(400, "invalid_grant", "UL-1117");

    assert_eq!(world.live(MIRA, Kind::Desktop).await, 0);
    assert_eq!(desktop.userinfo(&tokens.access).await.status, 401);
    let refreshed = desktop.refresh(&tokens.refresh).await;
    refreshed.assert_error(400, "invalid_grant", "UL-1120");
}

#[tokio::test]
async fn of_two_exchanges_at_once_no_session_is_left() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let callback = desktop.callback(&Browser::new(&world), MIRA).await;
    let code = code_in(&callback);
    let (one, two) = tokio::join!(desktop.exchange(&code), desktop.exchange(&code));
    assert!(one.status == 400 || two.status == 400, "{one:?} {two:?}");
    assert_eq!(world.live(MIRA, Kind::Desktop).await, 0);
}

#[tokio::test]
async fn who_only_saw_the_code_can_neither_use_nor_spoil_it() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let callback = desktop.callback(&Browser::new(&world), MIRA).await;
    let code = code_in(&callback);

    let mut form = desktop.code_form(&code);
    form.retain(|(name, _)| *name != "code_verifier");
    desktop
        .token(&form)
        .await
        .assert_error(400, "invalid_grant", "UL-1118");
    let wrong = "z".repeat(43);
    form.push(("code_verifier", &wrong));
    desktop
        .token(&form)
        .await
        .assert_error(400, "invalid_grant", "UL-1118");
    let mut form = desktop.code_form(&code);
    form.retain(|(name, _)| *name != "redirect_uri");
    form.push(("redirect_uri", "http://127.0.0.1/signed-in"));
    desktop
        .token(&form)
        .await
        .assert_error(400, "invalid_grant", "UL-1118");

    assert_eq!(desktop.exchange(&code).await.status, 200);
}

#[tokio::test]
async fn a_code_of_a_pushed_request_needs_the_key_that_pushed_it() {
    let world = World::new().await;
    let mut desktop = Desktop::new(&world);
    let callback = Browser::new(&world)
        .authorize(&desktop.push().await, MIRA)
        .await;
    let own = std::mem::replace(&mut desktop.key, Key::new());
    let answer = desktop.exchange(&code_in(&callback)).await;
    answer.assert_error(400, "invalid_grant", "UL-1118");
    desktop.key = own;
    assert_eq!(desktop.exchange(&code_in(&callback)).await.status, 200);
}

#[tokio::test]
async fn a_code_is_soon_over() {
    let world = World::new().await;
    let desktop = Desktop {
        redirect: "http://127.0.0.1:49152/signed-in",
        ..Desktop::new(&world)
    };
    let callback = desktop.callback(&Browser::new(&world), MIRA).await;
    world.clock.forward(jiff::SignedDuration::from_secs(61));
    let answer = desktop.exchange(&code_in(&callback)).await;
    // The proof's time is off too by now, but within its window.
    answer.assert_error(400, "invalid_grant", "UL-1116");
}

#[tokio::test]
async fn a_sign_in_can_only_be_finished_in_the_browser_that_began_it() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let (mine, other) = (Browser::new(&world), Browser::new(&world));
    let answer = mine.get(&desktop.authorize_path()).await;
    let attempt = answer.redirected_with("attempt").unwrap();

    let stolen = other.sign_in(&attempt, MIRA).await;
    assert!(stolen.location().is_none(), "{stolen:?}");
    assert!(stolen.body.contains("UL-1110"), "{stolen:?}");

    let own = mine.sign_in(&attempt, MIRA).await;
    assert!(own.status.is_redirection(), "{own:?}");
    let again = mine.sign_in(&attempt, MIRA).await;
    assert!(again.body.contains("UL-1111"), "{again:?}");
}

#[tokio::test]
async fn a_pushed_request_works_for_one_sign_in() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let path = desktop.push().await;
    // Opened twice: the person reloads, or copies the address to another browser.
    assert!(
        Browser::new(&world)
            .get(&path)
            .await
            .redirected_with("attempt")
            .is_some()
    );
    Browser::new(&world).authorize(&path, MIRA).await;
    let again = Browser::new(&world).get(&path).await;
    assert_eq!(again.status, 400);
    assert!(again.body.contains("UL-1112"), "{again:?}");
}

#[tokio::test]
async fn a_person_who_cancels_is_told_to_the_app() {
    let world = World::new().await;
    let desktop = Desktop {
        redirect: "http://127.0.0.1:49152/signed-in",
        ..Desktop::new(&world)
    };
    let browser = Browser::new(&world);
    let answer = browser.get(&desktop.authorize_path()).await;
    let attempt = answer.redirected_with("attempt").unwrap();
    let answer = browser
        .post("/sign-in/cancel", &[("attempt", &attempt)])
        .await;
    assert_eq!(
        answer.redirected_with("error").as_deref(),
        Some("access_denied")
    );
    assert_eq!(
        answer.redirected_with("state").as_deref(),
        Some("the-state")
    );
}
