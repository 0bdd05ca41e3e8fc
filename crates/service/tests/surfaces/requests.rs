//! Requests that a surface does not carry out.

use axum::http::Method;
use serde_json::json;

use crate::support::{Browser, CTI, DASHBOARD, ID, MIRA, WORKSPACE, World};

/// Everything that changes something, with a body that it would take.
const CHANGES: [(Method, &str, &str, &str); 6] = [
    (Method::POST, WORKSPACE, "/session/sign-out", "{}"),
    (Method::POST, DASHBOARD, "/session/sign-out", "{}"),
    (Method::POST, CTI, "/session/sign-out", "{}"),
    (Method::POST, CTI, "/embed/attempts", "{}"),
    (
        Method::POST,
        CTI,
        "/embed/attempts/x/wait",
        r#"{"wait":"x"}"#,
    ),
    (
        Method::POST,
        CTI,
        "/window/confirm",
        r#"{"attempt":"x","hand":"x"}"#,
    ),
];

/// What the surfaces' own interfaces change.
const MORE_CHANGES: [(Method, &str, &str); 14] = [
    (Method::PUT, WORKSPACE, "/session/call"),
    (Method::PUT, CTI, "/session/call"),
    (Method::PUT, CTI, "/session/availability"),
    (Method::POST, WORKSPACE, "/api/sessions/end"),
    (Method::POST, WORKSPACE, "/api/sessions/end-others"),
    (Method::POST, WORKSPACE, "/api/sessions/end-everywhere"),
    (Method::PUT, WORKSPACE, "/api/account"),
    (Method::POST, WORKSPACE, "/api/account/password"),
    (Method::POST, DASHBOARD, "/api/people/invite"),
    (Method::POST, DASHBOARD, "/api/teams"),
    (Method::PUT, DASHBOARD, "/api/crm"),
    (Method::POST, DASHBOARD, "/api/clients"),
    (Method::PUT, DASHBOARD, "/api/organization"),
    (Method::DELETE, DASHBOARD, "/api/teams/x"),
];

async fn signed_in(world: &World) -> Browser<'_> {
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    browser.open(&format!("{DASHBOARD}/")).await;
    browser
}

#[tokio::test]
async fn another_site_s_page_changes_nothing() {
    let world = World::new().await;
    let browser = signed_in(&world).await;
    let foreign: [&[(&str, &str)]; 5] = [
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
        // A page of another surface is no page of this one.
        &[("sec-fetch-site", "same-site"), ("origin", ID)],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", "null")],
    ];
    let more = MORE_CHANGES.iter();
    let more = more.map(|(method, origin, path)| (method.clone(), *origin, *path, "{}"));
    for (method, origin, path, body) in &CHANGES.into_iter().chain(more).collect::<Vec<_>>() {
        for from in foreign {
            let mut headers = from.to_vec();
            headers.push(("content-type", "application/json"));
            let url = format!("{origin}{path}");
            let answer = browser.send(method.clone(), &url, &headers, body).await;
            answer.assert_problem(403, "UL-1302");
        }
    }
    assert_eq!(world.live(MIRA).await, 1);
}

#[tokio::test]
async fn a_plain_form_changes_nothing_even_from_an_own_page() {
    let world = World::new().await;
    let browser = signed_in(&world).await;
    for kind in [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x",
    ] {
        for (method, origin, path, body) in &CHANGES {
            let headers = [
                ("sec-fetch-site", "same-origin"),
                ("origin", *origin),
                ("content-type", kind),
            ];
            let url = format!("{origin}{path}");
            let answer = browser.send(method.clone(), &url, &headers, body).await;
            answer.assert_problem(415, "UL-1304");
        }
    }
    assert_eq!(world.live(MIRA).await, 1);
}

#[tokio::test]
async fn another_site_s_page_learns_nothing() {
    let world = World::new().await;
    let browser = signed_in(&world).await;
    for path in [
        "/session",
        "/events",
        "/embed/host?crm=hubspot&organization=acme",
    ] {
        for site in ["cross-site", "same-site"] {
            let headers = [("sec-fetch-site", site), ("sec-fetch-dest", "empty")];
            let url = format!("{CTI}{path}");
            let answer = browser.send(Method::GET, &url, &headers, "").await;
            answer.assert_problem(403, "UL-1302");
            assert!(answer.header("access-control-allow-origin").is_empty());
        }
    }
}

#[tokio::test]
async fn what_is_too_large_or_no_json_is_refused_with_a_reason() {
    let world = World::new().await;
    let browser = signed_in(&world).await;
    let own = [
        ("sec-fetch-site", "same-origin"),
        ("origin", CTI),
        ("content-type", "application/json"),
    ];
    let huge = format!("{{\"wait\":\"{}\"}}", "a".repeat(100_000));
    for (body, status, code) in [
        (huge.as_str(), 413, "UL-1303"),
        ("", 400, "UL-1304"),
        ("{", 400, "UL-1304"),
        ("[]", 400, "UL-1304"),
        ("{\"wait\":1}", 400, "UL-1304"),
        ("{\"wait\":\"\u{0}\"}", 400, "UL-1304"),
    ] {
        let url = format!("{CTI}/embed/attempts/x/wait");
        let answer = browser.send(Method::POST, &url, &own, body).await;
        answer.assert_problem(status, code);
    }
    let own = json!({"when": "tomorrow"});
    let answer = browser
        .tell(Method::POST, CTI, "/session/sign-out", &own)
        .await;
    answer.assert_problem(400, "UL-1304");
    assert_eq!(world.live(MIRA).await, 1);
}

#[tokio::test]
async fn an_address_that_is_none_says_so_in_json() {
    let world = World::new().await;
    let browser = signed_in(&world).await;
    for path in [
        "/api/nothing",
        "/session/nothing",
        "/embed/nothing",
        "/assets/nothing.js",
    ] {
        let answer = browser.ask(WORKSPACE, path).await;
        answer.assert_problem(404, "UL-1305");
    }
    for (method, path) in [(Method::POST, "/session"), (Method::DELETE, "/page")] {
        let answer = browser.tell(method, WORKSPACE, path, &json!({})).await;
        answer.assert_problem(405, "UL-1305");
    }
    // What id answers is not answered at a surface, nor the reverse.
    let answer = browser.ask(WORKSPACE, "/oauth/jwks").await;
    answer.assert_problem(404, "UL-1305");
    let answer = browser.ask(ID, "/session").await;
    assert_eq!(answer.status, 404);
}
