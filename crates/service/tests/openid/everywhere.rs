//! Where else a person is signed in, as the desktop app asks for it.

use session::Kind;

use crate::support::{Answer, Browser, Desktop, SUPPORT_SECRET, World, basic, code_in, path_with};

const MIRA: &str = "mira@acme.example";
const SAM: &str = "sam@acme.example";

async fn ask(desktop: &Desktop<'_>, access: &str) -> Answer {
    let proof = desktop.key.proof_with("GET", "/sessions", access);
    let authorization = format!("DPoP {access}");
    let extra = [("authorization", authorization.as_str()), ("dpop", &proof)];
    desktop.world.get("/sessions", &extra).await
}

#[tokio::test]
async fn the_app_is_told_of_every_live_session_of_its_person_and_of_nobody_else_s() {
    let world = World::new().await;
    Browser::new(&world).sign_in_here(MIRA).await;
    let other = Desktop::new(&world).sign_in(MIRA).await;
    Desktop::new(&world).sign_in(SAM).await;
    let desktop = Desktop::new(&world);
    let access = desktop.sign_in(MIRA).await.access;

    let answer = ask(&desktop, &access).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.headers["cache-control"], "no-store");
    let said = answer.json();
    assert_eq!(said["role"], "admin");
    let sessions = said["sessions"].as_array().unwrap();
    let kinds = |kind: &str| sessions.iter().filter(|it| it["kind"] == kind).count();
    assert_eq!((kinds("browser"), kinds("desktop")), (1, 2));
    let this: Vec<_> = sessions.iter().filter(|it| it["this"] == true).collect();
    assert_eq!(this.len(), 1);
    assert_eq!(this[0]["kind"], "desktop");
    for session in sessions {
        assert!(session["since"].is_string() && session["last_used"].is_string());
        assert!(session.get("address").is_none());
    }

    desktop.revoke(&other.refresh).await;
    let said = ask(&desktop, &access).await.json();
    assert_eq!(said["sessions"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_ended_session_s_token_tells_nothing() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    desktop.revoke(&tokens.refresh).await;
    let answer = ask(&desktop, &tokens.access).await;
    answer.assert_error(401, "invalid_token", "UL-1125");
}

#[tokio::test]
async fn a_cookie_is_no_access_token() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let answer = browser.get("/sessions").await;
    answer.assert_error(401, "invalid_request", "UL-1125");
}

#[tokio::test]
async fn a_website_does_not_learn_where_else_its_visitors_are_signed_in() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    let website = Desktop {
        client: "support",
        redirect: "https://support.acme.example/callback",
        ..Desktop::new(&world)
    };
    let authorize = path_with(&[
        ("client_id", website.client.to_owned()),
        ("redirect_uri", website.redirect.to_owned()),
        ("response_type", "code".to_owned()),
        ("scope", "openid".to_owned()),
        ("code_challenge", Desktop::challenge()),
        ("code_challenge_method", "S256".to_owned()),
    ]);
    let callback = browser.authorize(&authorize, MIRA).await;
    let code = code_in(&callback);
    let secret = basic(website.client, SUPPORT_SECRET);
    let extra = [("authorization", secret.as_str())];
    let form = website.code_form(&code);
    let answer = world.post("/oauth/token", &form, &extra).await;
    let access = answer.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.live(MIRA, Kind::Browser).await, 1);

    let authorization = format!("Bearer {access}");
    let extra = [("authorization", authorization.as_str())];
    let answer = world.get("/sessions", &extra).await;
    answer.assert_error(400, "unauthorized_client", "UL-1115");
}
