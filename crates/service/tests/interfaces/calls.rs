//! Calls and availability, as pages report them.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    house::{At, House},
    support::{AVA, CTI, WORKSPACE},
};

const CALL: &str = "0190a5d4-0000-7000-8000-00000000ca11";

async fn call(at: &At<'_>) -> Value {
    at.browser.session(at.origin).await["call"].clone()
}

#[tokio::test]
async fn a_reported_call_is_known_on_every_surface_of_the_browser() {
    let house = House::new().await;
    let ava = house.at_workspace(AVA).await;
    assert_eq!(call(&ava).await, Value::Null);
    assert_eq!(ava.on_call(CALL, true).await.status, 204);
    assert_eq!(call(&ava).await["surface"], "workspace");
    ava.browser.open(&format!("{CTI}/")).await;
    let at_cti = ava.browser.session(CTI).await;
    assert_eq!(at_cti["call"]["surface"], "workspace");
    let elsewhere = house.at_workspace(AVA).await;
    assert_eq!(
        call(&elsewhere).await,
        Value::Null,
        "another browser is on no call"
    );
    let asked = ava.post("/session/sign-out", json!({"when": null})).await;
    asked.assert_problem(409, "UL-1310");
    assert_eq!(asked.json()["call"]["surface"], "workspace");
    assert_eq!(ava.on_call(CALL, false).await.status, 204);
    assert_eq!(call(&ava).await, Value::Null);
}

#[tokio::test]
async fn a_call_that_is_not_reported_for_a_minute_is_over() {
    let house = House::new().await;
    // What looks after calls in a running service tells the pages.
    let background = tokio::spawn(service::sessions::run(house.world.app.clone()));
    let ava = house.at_workspace(AVA).await;
    let id = ava.session().await.parse().unwrap();
    let app = &house.world.app;
    let calls = async || {
        let calls = app.store.calls().of(id, app.clock.now()).await.unwrap();
        calls.len()
    };
    ava.on_call(CALL, true).await;
    house.world.clock.forward(SignedDuration::from_secs(45));
    assert_eq!(calls().await, 1);
    ava.on_call(CALL, true).await;
    house.world.clock.forward(SignedDuration::from_secs(45));
    assert_eq!(calls().await, 1, "it was reported again");
    house.world.clock.forward(SignedDuration::from_secs(16));
    assert_eq!(calls().await, 0);
    let told = async {
        while call(&ava).await != Value::Null {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let told = tokio::time::timeout(Duration::from_secs(20), told).await;
    background.abort();
    told.expect("the pages are told");
}

#[tokio::test]
async fn a_sign_out_after_the_call_comes_with_its_end() {
    let house = House::new().await;
    let ava = house.at_workspace(AVA).await;
    ava.on_call(CALL, true).await;
    let answer = ava
        .post("/session/sign-out", json!({"when": "after_call"}))
        .await;
    assert_eq!(answer.status, 202, "{answer:?}");
    assert!(ava.is_signed_in().await);
    ava.on_call(CALL, true).await;
    assert!(ava.is_signed_in().await);
    ava.on_call(CALL, false).await;
    assert!(!ava.is_signed_in().await);
    ava.on_call(CALL, true).await.assert_problem(401, "UL-1301");
}

#[tokio::test]
async fn rubbish_is_no_call() {
    let house = House::new().await;
    let ava = house.at_workspace(AVA).await;
    for body in [
        json!({"call": "me", "active": true}),
        json!({"call": CALL}),
        json!({"call": CALL, "active": "yes"}),
        json!({"call": CALL, "active": true, "session": CALL}),
    ] {
        ava.put("/session/call", body)
            .await
            .assert_problem(400, "UL-1403");
    }
    assert_eq!(call(&ava).await, Value::Null);
}

#[tokio::test]
async fn availability_is_one_word_for_all_surfaces() {
    let house = House::new().await;
    let ava = house.at_workspace(AVA).await;
    let path = "/session/availability";
    assert_eq!(ava.get(path).await, json!({"availability": "available"}));
    let answer = ava.put(path, json!({"availability": "away"})).await;
    assert_eq!(answer.json(), json!({"availability": "away"}));
    let elsewhere = house.at_workspace(AVA).await;
    assert_eq!(elsewhere.get(path).await["availability"], "away");
    let wrong = ava.put(path, json!({"availability": "asleep"})).await;
    crate::house::refused(&wrong, 400, "UL-1403", "availability");
    let nobody = house.world.browser();
    nobody
        .ask(WORKSPACE, path)
        .await
        .assert_problem(401, "UL-1301");
}
