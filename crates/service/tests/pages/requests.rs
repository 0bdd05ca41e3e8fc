//! Requests that no page of ours sends.

use reqwest::{Method, StatusCode};

use crate::support::{MIRA, PASSWORD, Stage};

const FORM: [(&str, &str); 2] = [("email", MIRA), ("password", PASSWORD)];

#[tokio::test]
async fn a_form_that_another_origin_sends_is_refused_and_does_nothing() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    browser.sign_in(MIRA, PASSWORD).await;
    let cross: [&[(&str, &str)]; 4] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[
            ("sec-fetch-site", "same-site"),
            ("origin", "http://cti.acme.localhost:7400"),
        ],
    ];
    for path in [
        "/sign-in",
        "/sign-in/cancel",
        "/forgot-password",
        "/reset-password",
        "/invitation",
        "/account/password",
        "/account/sign-out",
        "/account/sessions/end",
        "/account/sessions/end-others",
        "/account/sessions/end-all",
    ] {
        for headers in cross {
            let page = browser.send(Method::POST, path, headers, Some(&FORM)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(page.text.contains("UL-1002"), "{path}");
        }
    }
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_oversized_form_is_refused() {
    let stage = Stage::new().await;
    let large = "a".repeat(65 * 1024);
    for path in ["/sign-in", "/forgot-password", "/invitation"] {
        let form = [("email", large.as_str()), ("password", "x")];
        let page = stage.browser().post(path, &form).await;
        assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(page.text.contains("UL-1003"), "{path}");
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_signing_in() {
    let stage = Stage::new().await;
    for (wanted, next) in [
        ("/account/sessions", "/account/sessions"),
        ("https://evil.example/account", "/account"),
        ("//evil.example/account", "/account"),
        ("/\\evil.example/account", "/account"),
        ("javascript:alert(1)", "/account"),
    ] {
        let browser = stage.browser();
        let form = [
            ("email", MIRA),
            ("password", PASSWORD),
            ("return_to", wanted),
        ];
        let page = browser.post("/sign-in", &form).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert_eq!(page.location(), next, "{wanted}");
        // Signed in already, the same holds.
        let wanted: String = url::form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        let page = browser.get(&format!("/sign-in?return_to={wanted}")).await;
        assert_eq!(page.location(), next, "{wanted}");
    }
}

#[tokio::test]
async fn an_empty_form_names_each_missing_field_and_links_to_it() {
    let stage = Stage::new().await;
    let page = stage.browser().sign_in("", "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["email", "password"] {
        assert!(page.text.contains(&format!("href=\"#{field}\"")));
        assert!(page.text.contains(&format!("id=\"{field}-problem\"")));
        assert!(
            page.text
                .contains(&format!("aria-describedby=\"{field}-problem"))
        );
    }
}

#[tokio::test]
async fn what_a_person_types_is_shown_as_text() {
    let stage = Stage::new().await;
    let page = stage
        .browser()
        .sign_in("\"><script>alert(1)</script>@acme.example", "wrong")
        .await;
    assert!(!page.text.contains("<script"), "{}", page.text);
}

#[tokio::test]
async fn rubbish_gets_a_page_with_a_code() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    for (method, path, status, code) in [
        (
            Method::GET,
            "/no-such-page",
            StatusCode::NOT_FOUND,
            "UL-1001",
        ),
        (
            Method::GET,
            "/account/sign-out",
            StatusCode::METHOD_NOT_ALLOWED,
            "UL-1005",
        ),
        (
            Method::POST,
            "/reset-password",
            StatusCode::BAD_REQUEST,
            "UL-1004",
        ),
        (
            Method::GET,
            "/reset-password?token=x",
            StatusCode::GONE,
            "UL-1007",
        ),
        (
            Method::GET,
            "/invitation?token=x",
            StatusCode::GONE,
            "UL-1008",
        ),
        (
            Method::GET,
            "/sign-in?attempt=x",
            StatusCode::GONE,
            "UL-1110",
        ),
        (
            Method::GET,
            "/reset-password",
            StatusCode::BAD_REQUEST,
            "UL-1004",
        ),
    ] {
        let page = browser.send(method, path, &[], None).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.text.contains(code), "{path}: {}", page.text);
        assert!(page.text.contains("<h1>"), "{path}");
    }
}
