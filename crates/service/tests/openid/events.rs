//! The stream of session events: live, resumable, and over with its session.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, BodyDataStream},
    http::Request,
};
use futures_util::StreamExt;
use jiff::SignedDuration;
use serde_json::Value;
use session::{Cause, EndReason, Kind};
use store::Actor;

use crate::support::{Browser, Desktop, World, payload};

const MIRA: &str = "mira@acme.example";
const SAM: &str = "sam@acme.example";
const LIMIT: Duration = Duration::from_secs(10);

/// An open stream, as an app reads it.
struct Stream {
    body: BodyDataStream,
    text: String,
}

#[derive(Debug)]
struct Heard {
    event: String,
    id: String,
    data: Value,
}

impl Stream {
    async fn open(desktop: &Desktop<'_>, access: &str, resume: Option<&str>) -> Self {
        let request = Request::get("/events")
            .header("authorization", format!("DPoP {access}"))
            .header("dpop", desktop.key.proof_with("GET", "/events", access));
        let request = match resume {
            Some(id) => request.header("last-event-id", id),
            None => request,
        };
        let request = request.body(Body::empty()).unwrap();
        let response = desktop.world.send(request).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            body: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    /// The next event; `None` when the stream is over.
    async fn next(&mut self) -> Option<Heard> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (heard, rest) = (Self::read(event), rest.to_owned());
                self.text = rest;
                return Some(heard);
            }
            let chunk = tokio::time::timeout(LIMIT, self.body.next())
                .await
                .unwrap()?;
            self.text
                .push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
    }

    fn read(event: &str) -> Heard {
        let field = |name: &str| {
            let mut lines = event.lines();
            let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value
                .unwrap_or_else(|| panic!("no {name} in {event}"))
                .to_owned()
        };
        Heard {
            event: field("event"),
            id: field("id"),
            data: serde_json::from_str(&field("data")).unwrap(),
        }
    }
}

#[tokio::test]
async fn an_app_hears_what_happens_to_its_person_and_not_to_others() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let mut stream = Stream::open(&desktop, &tokens.access, None).await;
    let hello = stream.next().await.unwrap();
    assert_eq!(hello.event, "hello");
    assert!(hello.data["sequence"].as_u64().unwrap() > 0);

    Browser::new(&world).sign_in_here(SAM).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let started = stream.next().await.unwrap();
    assert_eq!(started.event, "session");
    assert_eq!(started.data["what"], "started");
    assert_eq!(started.data["kind"], "browser");
    assert_eq!(started.data["user"], payload(&tokens.access)["sub"]);
    assert_eq!(started.id, started.data["sequence"].to_string());

    browser.post("/account/sign-out", &[]).await;
    let ended = stream.next().await.unwrap();
    assert_eq!(ended.data["what"], "ended");
    assert_eq!(ended.data["reason"], "signed_out");
}

#[tokio::test]
async fn the_stream_closes_after_the_end_of_its_own_session() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let mut stream = Stream::open(&desktop, &tokens.access, None).await;
    stream.next().await.unwrap();
    let user = world.user(MIRA).await.id;
    let cause = Cause::Everywhere { user };
    service::sessions::end(&world.app, &cause, &Actor::Service, None)
        .await
        .unwrap();
    let ended = stream.next().await.unwrap();
    assert_eq!(
        ended.data["reason"],
        serde_json::json!(EndReason::SignedOutEverywhere)
    );
    assert_eq!(ended.data["session"], payload(&tokens.access)["sid"]);
    assert!(stream.next().await.is_none());
    assert_eq!(world.app.streams.open(), 0);

    let proof = desktop.key.proof_with("GET", "/events", &tokens.access);
    let authorization = format!("DPoP {}", tokens.access);
    let headers = [("authorization", authorization.as_str()), ("dpop", &proof)];
    assert_eq!(world.get("/events", &headers).await.status, 401);
}

#[tokio::test]
async fn a_stream_that_was_cut_resumes_without_a_gap() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let mut stream = Stream::open(&desktop, &tokens.access, None).await;
    let hello = stream.next().await.unwrap();
    drop(stream);
    assert_eq!(world.app.streams.open(), 0);

    for _ in 0..3 {
        Browser::new(&world).sign_in_here(MIRA).await;
    }
    let mut stream = Stream::open(&desktop, &tokens.access, Some(&hello.id)).await;
    assert_eq!(stream.next().await.unwrap().event, "hello");
    let mut heard = Vec::new();
    for _ in 0..3 {
        heard.push(
            stream.next().await.unwrap().data["sequence"]
                .as_u64()
                .unwrap(),
        );
    }
    assert!(heard.is_sorted());
    Browser::new(&world).sign_in_here(MIRA).await;
    let live = stream.next().await.unwrap().data["sequence"]
        .as_u64()
        .unwrap();
    assert!(live > heard[2]);
}

#[tokio::test]
async fn an_app_that_resumes_after_what_the_service_no_longer_knows_starts_anew() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    // As after a database restored from an older backup.
    let mut stream = Stream::open(&desktop, &tokens.access, Some("999999")).await;
    assert_eq!(stream.next().await.unwrap().event, "hello");
    assert_eq!(stream.next().await.unwrap().event, "reset");
    Browser::new(&world).sign_in_here(MIRA).await;
    assert_eq!(stream.next().await.unwrap().event, "session");
}

#[tokio::test]
async fn an_end_written_by_the_operators_command_line_is_told_too() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let mut stream = Stream::open(&desktop, &tokens.access, None).await;
    stream.next().await.unwrap();
    let user = world.user(MIRA).await.id;
    let (cause, now) = (Cause::Everywhere { user }, jiff::Timestamp::now());
    let sessions = world.app.store.sessions();
    let ended = sessions
        .end(&cause, now, &Actor::Operator, None)
        .await
        .unwrap();
    assert_eq!(ended.ended.len(), 1, "nobody told the bus");
    assert_eq!(stream.next().await.unwrap().data["what"], "ended");
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_shutdown_closes_every_stream() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let mut stream = Stream::open(&desktop, &tokens.access, None).await;
    stream.next().await.unwrap();
    world.app.streams.close();
    assert!(stream.next().await.is_none());
    assert_eq!(world.live(MIRA, Kind::Desktop).await, 1);
}

#[tokio::test]
async fn a_stranger_hears_nothing() {
    let world = World::new().await;
    let answer = world.get("/events", &[]).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["code"], "UL-1125");
}

#[tokio::test]
async fn thousands_of_open_tabs_hear_of_a_sign_out_at_once() {
    const TABS: usize = 5000;
    let world = World::new().await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let cookie = format!("__Host-ul-session={}", browser.cookie("__Host-ul-session"));
    let mut tabs = Vec::new();
    for _ in 0..TABS {
        let request = Request::get("/events").header("cookie", &cookie);
        let response = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), 200);
        let mut body = response.into_body().into_data_stream();
        body.next().await.unwrap().unwrap();
        tabs.push(body);
    }
    assert_eq!(world.app.streams.open(), TABS);

    browser.post("/account/sign-out", &[]).await;
    let told = async {
        for mut tab in tabs {
            let event = tab.next().await.unwrap().unwrap();
            assert!(std::str::from_utf8(&event).unwrap().contains("signed_out"));
            assert!(tab.next().await.is_none());
        }
    };
    tokio::time::timeout(LIMIT, told).await.unwrap();
    assert_eq!(world.app.streams.open(), 0);
}

#[tokio::test]
async fn events_are_kept_for_a_month_and_no_longer() {
    let world = World::new().await;
    let days = |days: i64| world.clock.forward(SignedDuration::from_hours(24 * days));
    let sessions = world.app.store.sessions();
    Browser::new(&world).sign_in_here(MIRA).await;
    let old = sessions.last_sequence().await.unwrap();
    days(2);
    Browser::new(&world).sign_in_here(MIRA).await;
    days(29);
    let user = world.user(MIRA).await.id;
    assert!(sessions.events_after(user, 0, 10).await.unwrap().is_some());
    let background = tokio::spawn(service::sessions::run(Arc::clone(&world.app)));
    let gone = async {
        while sessions.events_after(user, 0, 10).await.unwrap().is_some() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LIMIT, gone)
        .await
        .expect("old events are removed");
    background.abort();
    let newer = sessions.events_after(user, old, 10).await.unwrap();
    assert!(!newer.expect("younger events are kept").is_empty());
}
