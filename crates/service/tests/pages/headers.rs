//! The headers that protect every page.

use axum::{body::Body, http::Request};
use service::{config::Config, server};
use tower::ServiceExt;

use crate::support::{MIRA, PASSWORD, Stage};

#[tokio::test]
async fn every_page_is_protected() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let anybody = [
        "/sign-in",
        "/forgot-password",
        "/forgot-password?sent=1",
        "/reset-password?token=x",
        "/invitation?token=x",
        "/signed-in",
        "/signed-out",
        "/no-such-page",
        "/account",
        "/sign-in?attempt=x",
        "/oauth/authorize?client_id=nobody",
    ];
    let person = ["/account", "/account/sessions", "/account/password"];
    for path in anybody {
        check(&browser.get(path).await, path);
    }
    browser.sign_in(MIRA, PASSWORD).await;
    for path in person {
        let page = browser.get(path).await;
        assert_eq!(page.status.as_u16(), 200, "{path}");
        check(&page, path);
    }
}

fn check(page: &crate::support::Page, path: &str) {
    let policy = page.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    assert!(
        !policy.contains("unsafe") && !policy.contains("script-src"),
        "{path}"
    );
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
    assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
    assert_eq!(page.header("cache-control"), "no-store", "{path}");
    // A redirect has no document that another window could have a hold on.
    let apart = if page.status.is_redirection() {
        ""
    } else {
        "same-origin"
    };
    assert_eq!(page.header("cross-origin-opener-policy"), apart, "{path}");
    assert!(!page.header("x-request-id").is_empty(), "{path}");
    assert!(
        !page.text.contains("<script") && !page.text.contains("style="),
        "{path}"
    );
}

#[tokio::test]
async fn an_answer_to_a_program_is_taken_for_no_page_and_a_page_in_its_place_is_protected() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    for path in ["/sessions/check", "/health/live", "/oauth/userinfo"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        let embedded = answer.header("cross-origin-resource-policy");
        assert_eq!(embedded, "same-origin", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    let page = browser.get("/oauth/token").await;
    assert_eq!(page.status.as_u16(), 405);
    check(&page, "/oauth/token by GET");
}

#[tokio::test]
async fn the_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let stage = Stage::new().await;
    let page = stage.browser().sign_in(MIRA, PASSWORD).await;
    let cookie = page.header("set-cookie");
    assert!(cookie.starts_with("__Host-ul-session="), "{cookie}");
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn the_style_sheet_is_found_under_the_address_that_pages_name() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let page = browser.get("/sign-in").await;
    let href = page
        .text
        .split("rel=\"stylesheet\" href=\"")
        .nth(1)
        .unwrap();
    let href = href.split('"').next().unwrap();
    let style = browser.get(href).await;
    assert_eq!(style.status.as_u16(), 200);
    assert!(style.header("content-type").starts_with("text/css"));
    assert!(style.text.contains("prefers-color-scheme: dark"));
}

#[tokio::test]
async fn behind_https_browsers_are_told_to_stay_there() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        issuer: "https://login.example".parse().unwrap(),
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    let (app, _) = server::open(config).await.unwrap();
    let request = Request::get("/sign-in").body(Body::empty()).unwrap();
    let answer = server::router(&app).unwrap().oneshot(request).await;
    let answer = answer.unwrap();
    let value = &answer.headers()["strict-transport-security"];
    assert!(value.to_str().unwrap().starts_with("max-age=63072000"));
}
