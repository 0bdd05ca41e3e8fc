//! The event stream of a surface: what its tabs hear, and when it ends.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request},
    response::Response,
};
use futures_util::StreamExt;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Browser, CTI, MIRA, WORKSPACE, World};

async fn stream(world: &World, browser: &Browser<'_>, origin: &str) -> Response {
    let cookie = browser.cookie(origin, "__Host-ul-surface").unwrap();
    let request = Request::get("/events")
        .header("host", origin.split_once("://").unwrap().1)
        .header("sec-fetch-site", "same-origin")
        .header("cookie", format!("__Host-ul-surface={cookie}"))
        .body(Body::empty())
        .unwrap();
    let response = world.send(request).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["cache-control"], "no-store");
    response
}

/// The next event of a stream.
struct Listening {
    body: axum::body::BodyDataStream,
    text: String,
}

impl Listening {
    fn new(response: Response) -> Self {
        Self {
            body: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    /// The next event; `None` when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                if !event.starts_with(':') {
                    return Some(event);
                }
                continue;
            }
            let more = self.body.next().await?.unwrap();
            self.text.push_str(&String::from_utf8_lossy(&more));
        }
    }
}

#[tokio::test]
async fn every_open_surface_hears_of_the_sign_out_and_then_nothing_more() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    let mut workspace = Listening::new(stream(&world, &browser, WORKSPACE).await);
    let mut cti = Listening::new(stream(&world, &browser, CTI).await);
    for stream in [&mut workspace, &mut cti] {
        assert!(stream.next().await.unwrap().contains("event: hello"));
    }
    browser
        .tell(
            Method::POST,
            CTI,
            "/session/sign-out",
            &json!({"when": "now"}),
        )
        .await;
    for stream in [&mut workspace, &mut cti] {
        let ended = stream.next().await.unwrap();
        assert!(ended.contains("event: session"), "{ended}");
        assert!(ended.contains("\"what\":\"ended\""), "{ended}");
        assert!(ended.contains("\"surface\":\"cti\""), "{ended}");
        assert_eq!(stream.next().await, None, "closed after its own end");
    }
    let after = browser.ask(WORKSPACE, "/events").await;
    after.assert_problem(401, "UL-1301");
}

#[tokio::test]
async fn tabs_hear_of_a_call_and_ask_again() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    let mut workspace = Listening::new(stream(&world, &browser, WORKSPACE).await);
    workspace.next().await.unwrap();
    let call = Uuid::now_v7().to_string();
    let tell = async |active: bool| {
        let report = json!({"call": call, "active": active});
        let answer = browser
            .tell(Method::PUT, CTI, "/session/call", &report)
            .await;
        assert!(answer.status.is_success(), "{answer:?}");
    };
    tell(true).await;
    let changed = workspace.next().await.unwrap();
    assert!(changed.contains("event: changed"), "{changed}");
    assert!(changed.contains(r#"{"what":"call"}"#), "{changed}");
    let session = browser.session(WORKSPACE).await;
    assert_eq!(session["call"]["surface"], "cti");

    // Who chose nothing is asked; who waits for the call is signed out with it.
    let sign_out = async |when| {
        browser
            .tell(
                Method::POST,
                WORKSPACE,
                "/session/sign-out",
                &json!({"when": when}),
            )
            .await
    };
    let asked = sign_out(None::<&str>).await;
    asked.assert_problem(409, "UL-1310");
    assert_eq!(asked.json()["call"]["surface"], "cti");
    let later = sign_out(Some("after_call")).await;
    assert_eq!(later.status, 202, "{later:?}");
    assert_eq!(later.json()["status"], "after_call");
    assert!(
        workspace
            .next()
            .await
            .unwrap()
            .contains(r#"{"what":"ending"}"#)
    );
    let session = browser.session(CTI).await;
    assert_eq!(session["status"], "signed_in");
    assert_eq!(session["ending"]["after_call"], true);
    assert_eq!(session["ending"]["reason"], "signed_out");
    tell(false).await;
    let ended = browser.session(CTI).await;
    assert_eq!(ended["status"], "signed_out");
    assert_eq!(ended["ended"]["surface"], "workspace");
}

#[tokio::test]
async fn a_thousand_tabs_do_not_come_back_at_the_same_moment() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    let mut after = BTreeSet::new();
    for _ in 0..50 {
        let mut listening = Listening::new(stream(&world, &browser, WORKSPACE).await);
        let hello = listening.next().await.unwrap();
        let retry = hello.lines().find_map(|line| line.strip_prefix("retry: "));
        let retry: u64 = retry.unwrap().parse().unwrap();
        assert!((1_000..6_000).contains(&retry), "{hello}");
        after.insert(retry / 500);
    }
    assert!(after.len() >= 5, "spread over seconds: {after:?}");
}
