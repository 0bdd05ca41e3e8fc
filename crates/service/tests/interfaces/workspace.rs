//! Workspace: the person's own sessions and account.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    house::{BEN, House, refused},
    support::{AVA, PASSWORD, WORKSPACE},
};

const NEW: &str = "nine lanterns over the quay";

#[tokio::test]
async fn a_person_sees_and_ends_the_own_sessions_only() {
    let house = House::new().await;
    let (one, two, three) = (
        house.at_workspace(AVA).await,
        house.at_workspace(AVA).await,
        house.at_workspace(AVA).await,
    );
    let ben = house.at_workspace(BEN).await;
    let list = one.get("/api/sessions").await;
    let list = list["sessions"].as_array().unwrap();
    assert_eq!(list.len(), 3);
    assert_eq!(
        list[0]["id"],
        one.session().await.as_str(),
        "this browser first"
    );
    let this: Vec<&Value> = list.iter().map(|it| &it["this"]).collect();
    assert_eq!(this, [&json!(true), &json!(false), &json!(false)]);
    let chosen = json!({"sessions": [two.session().await, ben.session().await]});
    let answer = one.post("/api/sessions/end", chosen).await;
    assert_eq!(answer.json(), json!({"ended": 1, "after_call": 0}));
    assert!(!two.is_signed_in().await && three.is_signed_in().await);
    assert!(ben.is_signed_in().await, "another person's is not touched");
    let answer = one.post("/api/sessions/end-others", Value::Null).await;
    assert_eq!(answer.json()["ended"], 1);
    assert!(!three.is_signed_in().await && one.is_signed_in().await);
    let answer = one.post("/api/sessions/end-everywhere", Value::Null).await;
    assert_eq!(answer.json()["ended"], 1);
    assert!(!one.is_signed_in().await && ben.is_signed_in().await);
    let many = json!({"sessions": vec![ben.session().await; 501]});
    refused(
        &ben.post("/api/sessions/end", many).await,
        422,
        "UL-1407",
        "sessions",
    );
}

#[tokio::test]
async fn a_new_name_is_shown_everywhere_at_once() {
    let house = House::new().await;
    let (here, there) = (house.at_workspace(AVA).await, house.at_workspace(AVA).await);
    let account = here.get("/api/account").await;
    assert_eq!(
        account,
        json!({
            "name": "Ava Brandt", "email": AVA, "role": "agent", "organization": "Acme",
            "password_set": true,
        })
    );
    let answer = here
        .put("/api/account", json!({"name": " Ava Lind "}))
        .await;
    assert_eq!(answer.json()["name"], "Ava Lind");
    for at in [&here, &there] {
        let session = at.browser.session(WORKSPACE).await;
        assert_eq!(session["person"]["name"], "Ava Lind");
    }
    for name in ["", "  ", "two\nlines", &"a".repeat(101)] {
        let answer = here.put("/api/account", json!({ "name": name })).await;
        refused(&answer, 422, "UL-1406", "name");
    }
    let answer = here
        .put("/api/account", json!({"name": "A", "role": "admin"}))
        .await;
    refused(&answer, 400, "UL-1403", "role");
    assert!(house.audit().await.iter().any(|it| it == "user.renamed"));
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session() {
    let house = House::new().await;
    let (here, there) = (house.at_workspace(AVA).await, house.at_workspace(AVA).await);
    let change = |current: &str, new: &str| {
        let body = json!({"current": current, "new": new});
        let here = &here;
        async move { here.post("/api/account/password", body).await }
    };
    refused(&change("wrong", NEW).await, 422, "UL-1012", "current");
    refused(&change(PASSWORD, "short").await, 422, "UL-1014", "new");
    refused(
        &change(PASSWORD, "AvaBrandtAcme").await,
        422,
        "UL-1014",
        "new",
    );
    refused(&change(PASSWORD, PASSWORD).await, 422, "UL-1014", "new");
    assert!(there.is_signed_in().await, "nothing has changed so far");
    let answer = change(PASSWORD, NEW).await;
    assert_eq!(answer.json(), json!({"ended": 1, "after_call": 0}));
    assert!(here.is_signed_in().await && !there.is_signed_in().await);
    refused(&change(PASSWORD, NEW).await, 422, "UL-1012", "current");
    for action in ["password.changed", "password.refused"] {
        assert!(
            house.audit().await.iter().any(|it| it == action),
            "{action}"
        );
    }
}

#[tokio::test]
async fn guesses_of_the_current_password_lock_the_account() {
    let house = House::new().await;
    let ava = house.at_workspace(AVA).await;
    let guess = json!({"current": "wrong", "new": NEW});
    for _ in 0..10 {
        let answer = ava.post("/api/account/password", guess.clone()).await;
        refused(&answer, 422, "UL-1012", "current");
    }
    let right = json!({"current": PASSWORD, "new": NEW});
    let answer = ava.post("/api/account/password", right).await;
    answer.assert_problem(429, "UL-1006");
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn nobody_and_other_origins_get_nothing() {
    let house = House::new().await;
    let nobody = house.world.browser();
    let ava = house.at_workspace(AVA).await;
    for (method, path) in [
        (Method::GET, "/api/sessions"),
        (Method::POST, "/api/sessions/end"),
        (Method::POST, "/api/sessions/end-others"),
        (Method::POST, "/api/sessions/end-everywhere"),
        (Method::GET, "/api/account"),
        (Method::PUT, "/api/account"),
        (Method::POST, "/api/account/password"),
        (Method::PUT, "/session/call"),
        (Method::GET, "/session/availability"),
        (Method::PUT, "/session/availability"),
    ] {
        let body = json!({});
        let answer = nobody.tell(method.clone(), WORKSPACE, path, &body).await;
        answer.assert_problem(401, "UL-1301");
        let url = format!("{WORKSPACE}{path}");
        let headers = [
            ("sec-fetch-site", "same-site"),
            ("content-type", "application/json"),
        ];
        let foreign = ava.browser.send(method, &url, &headers, "{}").await;
        foreign.assert_problem(403, "UL-1302");
    }
    assert!(ava.is_signed_in().await);
}
