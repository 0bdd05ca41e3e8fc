//! Requests that no page of ours sends.

use axum::http::Method;

use crate::{
    house::House,
    routes::{Own, routes},
    support::{AVA, DASHBOARD},
};

#[tokio::test]
async fn what_another_origins_page_sends_is_refused_and_does_nothing() {
    let house = House::new().await;
    let admin = house.admin().await;
    let own = Own::of(&house, &admin).await;
    for route in routes() {
        let url = format!("{DASHBOARD}{}", own.path(route.path));
        for headers in [
            [
                ("sec-fetch-site", "cross-site"),
                ("content-type", "application/json"),
            ],
            [
                ("sec-fetch-site", "same-site"),
                ("content-type", "application/json"),
            ],
        ] {
            let body = route.body.to_string();
            let answer = admin
                .browser
                .send(route.method.clone(), &url, &headers, &body)
                .await;
            answer.assert_problem(403, "UL-1302");
        }
        if route.method == Method::GET {
            continue;
        }
        let headers = [
            ("origin", "https://evil.example"),
            ("content-type", "application/json"),
        ];
        let body = route.body.to_string();
        let sent = admin
            .browser
            .send(route.method.clone(), &url, &headers, &body);
        sent.await.assert_problem(403, "UL-1302");
    }
    assert_eq!(house.world.live(AVA).await, 1);
}

#[tokio::test]
async fn malformed_bodies_are_refused_with_the_field() {
    let house = House::new().await;
    let admin = house.admin().await;
    let path = format!("{DASHBOARD}/api/people/invite");
    let same = ("sec-fetch-site", "same-origin");
    for (kind, body, status, code, field) in [
        ("text/plain", "{}", 415, "UL-1403", ""),
        (
            "application/x-www-form-urlencoded",
            "email=x",
            415,
            "UL-1403",
            "",
        ),
        ("application/json", "", 400, "UL-1403", ""),
        ("application/json", "{", 400, "UL-1403", ""),
        ("application/json", "[]", 400, "UL-1403", ""),
        (
            "application/json",
            "{\"email\":\"x@y.example\",\"role\":\"king\"}",
            400,
            "UL-1403",
            "role",
        ),
        (
            "application/json",
            "{\"email\":7,\"role\":\"agent\"}",
            400,
            "UL-1403",
            "email",
        ),
        (
            "application/json",
            "{\"role\":\"agent\"}",
            400,
            "UL-1403",
            "",
        ),
        (
            "application/json",
            "{\"email\":\"x@y.example\",\"role\":\"agent\",\"organization\":\"globex\"}",
            400,
            "UL-1403",
            "organization",
        ),
        (
            "application/json",
            "{\"email\":\"x@y.example\",\"role\":\"agent\"} {}",
            400,
            "UL-1403",
            "",
        ),
    ] {
        let headers = [same, ("content-type", kind)];
        let sent = admin.browser.send(Method::POST, &path, &headers, body);
        crate::house::refused(&sent.await, status, code, field);
    }
    let large = format!("{{\"email\":\"{}\"}}", "a".repeat(70 * 1024));
    let headers = [same, ("content-type", "application/json; charset=utf-8")];
    let sent = admin.browser.send(Method::POST, &path, &headers, &large);
    sent.await.assert_problem(413, "UL-1404");
}
