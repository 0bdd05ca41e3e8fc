//! Signing in to the desktop app in a browser: what the page says, where it leads, and that no
//! browser session comes of it.

use reqwest::StatusCode;
use url::{Url, form_urlencoded::Serializer};

use crate::support::{Browser, MIRA, PASSWORD, Page, Stage};

const DEEP_LINK: &str = "com.unifiedlogin.workspace:/signed-in";
const LOOPBACK: &str = "http://127.0.0.1:4711/signed-in";

/// Opens the address that the app gives to the browser; the sign-in page.
async fn begin(browser: &Browser, redirect: &str) -> Page {
    let query = Serializer::new(String::new())
        .extend_pairs([
            ("client_id", "workspace-desktop"),
            ("response_type", "code"),
            ("redirect_uri", redirect),
            ("scope", "openid profile email offline_access"),
            ("state", "a state"),
            ("nonce", "a nonce"),
            (
                "code_challenge",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ),
            ("code_challenge_method", "S256"),
            ("device_name", "Mira's <laptop>"),
        ])
        .finish();
    let page = browser.get(&format!("/oauth/authorize?{query}")).await;
    assert!(
        page.location().starts_with("/sign-in?attempt="),
        "{}",
        page.text
    );
    browser.get(page.location()).await
}

async fn sign_in(browser: &Browser, page: &Page) -> Page {
    let attempt = page.input("attempt");
    let form = [
        ("attempt", attempt.as_str()),
        ("email", MIRA),
        ("password", PASSWORD),
    ];
    browser.post("/sign-in", &form).await
}

/// The parameters of an address that leads back to the app.
fn parameter(address: &str, name: &str) -> Option<String> {
    let address = Url::parse(address).unwrap();
    let mut pairs = address.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// The address that the last page opens by itself, as a browser reads it.
fn opened_by(page: &Page) -> String {
    let refresh = page
        .text
        .split("content=\"0;url=")
        .nth(1)
        .expect("it opens the app");
    let address = refresh.split('"').next().unwrap();
    address.replace("&#38;", "&").replace("&amp;", "&")
}

#[tokio::test]
async fn the_page_says_what_is_signed_in_and_where() {
    let stage = Stage::new().await;
    let page = begin(&stage.browser(), DEEP_LINK).await;
    let heading = "<h1>Sign in to Workspace desktop app on Mira&#39;s &#60;laptop&#62;</h1>";
    assert!(page.text.contains(heading), "{}", page.text);
    assert!(page.text.contains(&stage.app.config.issuer_host()));
}

#[tokio::test]
async fn the_last_page_opens_the_app_and_shows_the_code() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let page = begin(&browser, DEEP_LINK).await;
    let page = sign_in(&browser, &page).await;
    assert_eq!(page.location(), "/signed-in", "{}", page.text);
    let page = browser.get("/signed-in").await;
    let link = opened_by(&page);
    assert!(link.starts_with(DEEP_LINK), "{link}");
    let code = parameter(&link, "code").unwrap();
    assert!(
        page.text.contains(&format!("value=\"{code}\"")),
        "the code can be copied"
    );
    assert_eq!(parameter(&link, "state").as_deref(), Some("a state"));
    assert_eq!(
        parameter(&link, "iss").as_deref(),
        Some(stage.app.config.issuer())
    );
    assert!(page.text.contains("You can close this page."));
    assert!(
        page.text.contains("id=\"open\""),
        "a button opens the app, too"
    );
}

#[tokio::test]
async fn signing_in_on_the_desktop_signs_no_browser_in() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let page = begin(&browser, DEEP_LINK).await;
    sign_in(&browser, &page).await;
    assert!(!browser.has_cookie("__Host-ul-session"));
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_browser_that_is_signed_in_is_asked_all_the_same() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    browser.sign_in(MIRA, PASSWORD).await;
    let page = begin(&browser, DEEP_LINK).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("type=\"password\""));
    // And its own session is still there afterwards.
    sign_in(&browser, &page).await;
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_loopback_sign_in_leads_straight_back() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let page = begin(&browser, LOOPBACK).await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.ends_with("form-action 'self' http://127.0.0.1:4711"),
        "{policy}"
    );
    let page = sign_in(&browser, &page).await;
    assert!(page.location().starts_with(LOOPBACK), "{}", page.location());
    assert!(parameter(page.location(), "code").is_some());
}

#[tokio::test]
async fn a_person_who_cancels_is_led_back_without_a_code() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let page = begin(&browser, LOOPBACK).await;
    let attempt = page.input("attempt");
    let page = browser
        .post("/sign-in/cancel", &[("attempt", &attempt)])
        .await;
    assert_eq!(
        parameter(page.location(), "error").as_deref(),
        Some("access_denied")
    );
    let page = begin(&browser, DEEP_LINK).await;
    let attempt = page.input("attempt");
    let page = browser
        .post("/sign-in/cancel", &[("attempt", &attempt)])
        .await;
    assert_eq!(page.location(), "/signed-in");
    let page = browser.get("/signed-in").await;
    assert!(page.text.contains("Sign-in cancelled"));
    let link = opened_by(&page);
    assert_eq!(parameter(&link, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&link, "code"), None);
}

#[tokio::test]
async fn an_attempt_is_good_in_the_browser_that_began_it_and_once() {
    let stage = Stage::new().await;
    let (own, other) = (stage.browser(), stage.browser());
    let page = begin(&own, DEEP_LINK).await;
    let refused = sign_in(&other, &page).await;
    assert_eq!(refused.status, StatusCode::GONE);
    assert!(refused.text.contains("UL-1110"), "{}", refused.text);
    assert_eq!(sign_in(&own, &page).await.location(), "/signed-in");
    let again = sign_in(&own, &page).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.text.contains("UL-1111"), "{}", again.text);
}

#[tokio::test]
async fn a_wrong_password_keeps_the_attempt_and_what_was_typed() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let page = begin(&browser, LOOPBACK).await;
    let attempt = page.input("attempt");
    let form = [
        ("attempt", attempt.as_str()),
        ("email", MIRA),
        ("password", "wrong"),
    ];
    let page = browser.post("/sign-in", &form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.input("email"), MIRA);
    assert_eq!(
        page.input("password"),
        "",
        "a password is never shown again"
    );
    let policy = page.header("content-security-policy");
    assert!(policy.contains("http://127.0.0.1:4711"), "{policy}");
    assert!(
        sign_in(&browser, &page)
            .await
            .location()
            .starts_with(LOOPBACK)
    );
}

#[tokio::test]
async fn the_last_page_leads_to_no_web_page_whatever_its_cookie_says() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    for link in [
        "https://evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "com.evil.app:/x",
    ] {
        use base64::Engine;
        let cookie = serde_json::json!({"app": "x", "device": null, "link": link, "code": "c"});
        let cookie = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(cookie.to_string());
        let cookie = format!("__Host-ul-signed-in={cookie}");
        let headers = [("cookie", cookie.as_str())];
        let page = browser
            .send(reqwest::Method::GET, "/signed-in", &headers, None)
            .await;
        assert!(
            page.text.contains("Nothing is waiting here"),
            "{}",
            page.text
        );
    }
}
