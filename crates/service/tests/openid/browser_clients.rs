//! Clients of the browser session: they share it, answer silently, and have no refresh tokens.

use serde_json::json;
use session::Kind;

use crate::support::{
    Answer, Browser, Desktop, SUPPORT_SECRET, World, basic, code_in, path_with, payload,
};

const MIRA: &str = "mira@acme.example";
const CALLBACK: &str = "https://dashboard.acme.example/callback";

fn dashboard(extra: &[(&'static str, &str)]) -> String {
    let mut parameters = vec![
        ("client_id", "dashboard".to_owned()),
        ("redirect_uri", CALLBACK.to_owned()),
        ("response_type", "code".to_owned()),
        ("scope", "openid profile offline_access".to_owned()),
        ("code_challenge", Desktop::challenge()),
        ("code_challenge_method", "S256".to_owned()),
    ];
    parameters.extend(
        extra
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    path_with(&parameters)
}

async fn exchange(world: &World, code: &str) -> Answer {
    let desktop = Desktop {
        client: "dashboard",
        redirect: CALLBACK,
        ..Desktop::new(world)
    };
    world
        .post("/oauth/token", &desktop.code_form(code), &[])
        .await
}

#[tokio::test]
async fn one_sign_in_serves_all_surfaces_of_the_browser() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    let callback = browser.authorize(&dashboard(&[]), MIRA).await;
    assert!(browser.has_cookie("__Host-ul-session"));
    assert_eq!(world.live(MIRA, Kind::Browser).await, 1);
    let first = exchange(&world, &code_in(&callback)).await.json();
    assert_eq!(first["token_type"], "Bearer");
    assert_eq!(first["scope"], "openid profile");
    assert!(first.get("refresh_token").is_none());

    // The second time nobody is asked, and it is the same session.
    let silent = browser.get(&dashboard(&[("prompt", "none")])).await;
    let code = silent.redirected_with("code").unwrap();
    let second = exchange(&world, &code).await.json();
    let sid = |said: &serde_json::Value| payload(said["id_token"].as_str().unwrap())["sid"].clone();
    assert_eq!(sid(&first), sid(&second));

    let authorization = format!("Bearer {}", first["access_token"].as_str().unwrap());
    let info = world
        .get("/oauth/userinfo", &[("authorization", &authorization)])
        .await;
    assert_eq!(info.json()["name"], "Mira Okafor");
    assert_eq!(info.json().get("email"), None, "email was not asked for");
}

#[tokio::test]
async fn nobody_signed_in_means_login_required_or_the_sign_in_page() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    let silent = browser.get(&dashboard(&[("prompt", "none")])).await;
    assert_eq!(
        silent.redirected_with("error").as_deref(),
        Some("login_required")
    );
    let asked = browser.get(&dashboard(&[])).await;
    assert!(asked.redirected_with("attempt").is_some());
}

#[tokio::test]
async fn a_client_may_ask_for_a_new_or_recent_sign_in() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let login = browser.get(&dashboard(&[("prompt", "login")])).await;
    assert!(login.redirected_with("attempt").is_some());
    let recent = browser.get(&dashboard(&[("max_age", "600")])).await;
    assert!(recent.redirected_with("code").is_some());
    world.clock.forward(jiff::SignedDuration::from_secs(601));
    let old = browser.get(&dashboard(&[("max_age", "600")])).await;
    assert!(old.redirected_with("attempt").is_some());
    let old = browser
        .get(&dashboard(&[("max_age", "600"), ("prompt", "none")]))
        .await;
    assert_eq!(
        old.redirected_with("error").as_deref(),
        Some("login_required")
    );
}

#[tokio::test]
async fn an_answer_for_somebody_else_is_not_given() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    let callback = browser.authorize(&dashboard(&[]), MIRA).await;
    let said = exchange(&world, &code_in(&callback)).await.json();
    let hint = said["id_token"].as_str().unwrap();
    let silent = [("prompt", "none"), ("id_token_hint", hint)];
    let same = browser.get(&dashboard(&silent)).await;
    assert!(same.redirected_with("code").is_some());

    let other = Browser::new(&world);
    other.sign_in_here("sam@acme.example").await;
    let refused = other.get(&dashboard(&silent)).await;
    assert_eq!(
        refused.redirected_with("error").as_deref(),
        Some("login_required")
    );
}

#[tokio::test]
async fn tokens_of_a_browser_session_end_with_it() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    let callback = browser.authorize(&dashboard(&[]), MIRA).await;
    let said = exchange(&world, &code_in(&callback)).await.json();
    let authorization = format!("Bearer {}", said["access_token"].as_str().unwrap());
    let ask = async || {
        let headers = [("authorization", authorization.as_str())];
        world.get("/oauth/userinfo", &headers).await
    };
    assert_eq!(ask().await.status, 200);

    let signed_out = browser.post("/account/sign-out", &[]).await;
    assert!(signed_out.status.is_redirection(), "{signed_out:?}");

    assert_eq!(ask().await.status, 401);
    assert_eq!(browser.get("/sessions/check").await.status, 401);
}

#[tokio::test]
async fn ending_the_browser_session_leaves_the_desktop_renewing() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    browser.post("/account/sign-out", &[]).await;
    assert_eq!(world.live(MIRA, Kind::Browser).await, 0);
    assert_eq!(desktop.refresh(&tokens.refresh).await.status, 200);
}

#[tokio::test]
async fn a_confidential_client_shows_its_secret_in_its_one_way() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    let path = path_with(&[
        ("client_id", "support".to_owned()),
        (
            "redirect_uri",
            "https://support.acme.example/callback".to_owned(),
        ),
        ("response_type", "code".to_owned()),
        ("scope", "openid".to_owned()),
    ]);
    let callback = browser.authorize(&path, MIRA).await;
    let code = code_in(&callback);
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "https://support.acme.example/callback"),
    ];
    let with = async |extra: &[(&str, &str)], header: Option<String>| {
        let mut form = form.to_vec();
        form.extend(extra);
        let headers: Vec<(&str, &str)> = header
            .iter()
            .map(|value| ("authorization", value.as_str()))
            .collect();
        world.post("/oauth/token", &form, &headers).await
    };
    let wrong = with(&[], Some(basic("support", "wrong"))).await;
    wrong.assert_error(401, "invalid_client", "UL-1114");
    assert!(wrong.headers.contains_key("www-authenticate"));
    for (extra, header) in [
        (vec![("client_id", "support")], None),
        (
            vec![("client_id", "support"), ("client_secret", SUPPORT_SECRET)],
            None,
        ),
        (
            vec![("client_secret", SUPPORT_SECRET)],
            Some(basic("support", SUPPORT_SECRET)),
        ),
        (
            vec![("client_id", "dashboard")],
            Some(basic("support", SUPPORT_SECRET)),
        ),
        (vec![], None),
    ] {
        let answer = with(&extra, header).await;
        answer.assert_error(401, "invalid_client", "UL-1114");
    }
    let good = with(&[], Some(basic("support", SUPPORT_SECRET)))
        .await
        .json();
    let id = good["id_token"].as_str().unwrap();
    let header = jsonwebtoken::decode_header(id).unwrap();
    assert_eq!(header.alg, jsonwebtoken::Algorithm::RS256);
    assert_eq!(payload(id)["amr"], json!(["pwd"]));
}
