//! Calls over a restart of the service, and beside a person who is disabled.

use std::{sync::Arc, time::Duration};

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use session::SessionId;

use crate::{
    house::House,
    support::{AVA, ID, WORKSPACE},
};

const CALL: &str = "0190a5d4-0000-7000-8000-00000000ca11";

async fn calls(house: &House, session: SessionId) -> usize {
    let app = &house.world.app;
    let calls = app.store.calls().of(session, app.clock.now()).await;
    calls.unwrap().len()
}

#[tokio::test]
async fn a_call_outlives_a_restart_that_kept_its_page_from_reporting_it() {
    let house = House::new().await;
    let ava = house.at_workspace(AVA).await;
    let session = ava.session().await.parse().unwrap();
    ava.on_call(CALL, true).await;
    let later = ava.post("/session/sign-out", json!({"when": "after_call"}));
    assert_eq!(later.await.status, 202);
    // Nobody could report it for two minutes.
    house.world.clock.forward(SignedDuration::from_secs(120));
    assert_eq!(calls(&house, session).await, 0);
    let running = tokio::spawn(service::sessions::run(Arc::clone(&house.world.app)));
    let resumed = async {
        while calls(&house, session).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    let resumed = tokio::time::timeout(Duration::from_secs(20), resumed).await;
    resumed.expect("the call goes on");
    assert!(ava.is_signed_in().await);
    assert_eq!(ava.on_call(CALL, true).await.status, 204);
    assert_eq!(ava.on_call(CALL, false).await.status, 204);
    assert!(!ava.is_signed_in().await, "what waited has come");
    running.abort();
}

#[tokio::test]
async fn a_disabled_persons_call_goes_on_and_nothing_begins_beside_it() {
    let house = House::new().await;
    let admin = house.admin().await;
    let ava = house.at_workspace(AVA).await;
    ava.on_call(CALL, true).await;
    let id = house.id(AVA).await;
    let path = format!("/api/people/{id}/disable");
    let disabled = admin.post(&path, json!({"now": false})).await;
    assert_eq!(disabled.json(), json!({"ended": 0, "after_call": 1}));
    assert!(ava.is_signed_in().await, "the call was cut off");
    assert_eq!(ava.on_call(CALL, true).await.status, 204);
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let silent = format!(
        "{ID}/oauth/authorize?client_id=workspace-web&redirect_uri={WORKSPACE}/callback\
         &response_type=code&scope=openid&prompt=none&code_challenge={challenge}\
         &code_challenge_method=S256"
    );
    let answer = ava.browser.send(Method::GET, &silent, &[], "").await;
    let told = answer.header("location");
    assert!(told.contains("error=login_required"), "{answer:?}");
    ava.on_call(CALL, false).await;
    assert!(!ava.is_signed_in().await);
}
