//! Registered clients: another team's surface, its secret, and what it is told.

use axum::http::Method;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    house::{House, refused},
    support::ID,
};

fn reports() -> Value {
    json!({
        "name": "Reports",
        "redirect_uris": ["https://reports.example/callback"],
        "post_logout_redirect_uris": [],
        "token_endpoint_auth_method": "client_secret_basic",
        "id_token_signed_response_alg": "ES256",
        "require_pushed_authorization_requests": false,
        "backchannel_logout_uri": "https://reports.example/logout",
        "backchannel_logout_session_required": true,
    })
}

/// What the token endpoint says to a client that shows this secret; its code is made up.
async fn shows(house: &House, id: &str, secret: &str) -> String {
    let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let headers = [
        ("authorization", basic.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let body = "grant_type=authorization_code&code=x&redirect_uri=https%3A%2F%2Freports.example%2Fcallback&code_verifier=x";
    let url = format!("{ID}/oauth/token");
    let browser = house.world.browser();
    let answer = browser.send(Method::POST, &url, &headers, body).await;
    answer.json()["error"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_registered_client_has_a_secret_that_is_shown_once() {
    let house = House::new().await;
    let admin = house.admin().await;
    let answer = admin.post("/api/clients", reports()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let created = answer.json();
    let id = created["client"]["id"].as_str().unwrap().to_owned();
    let secret = created["secret"].as_str().unwrap().to_owned();
    assert!(secret.len() >= 43 && created["client"]["secret_set"] == true);
    let listed = admin.ask("/api/clients").await;
    assert!(!listed.body.contains(&secret));
    let mut shown = listed.json()["clients"][0].clone();
    assert_eq!(shown, created["client"]);
    for (field, value) in reports().as_object().unwrap() {
        assert_eq!(shown[field].take(), *value, "{field}");
    }
    let database = house.world.app.config.data_dir.join("unified-login.db");
    for suffix in ["", "-wal"] {
        let file = std::fs::read(format!("{}{suffix}", database.display())).unwrap_or_default();
        let holds = file
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(!holds, "the secret is stored as its digest only");
    }
    assert_eq!(shows(&house, &id, &secret).await, "invalid_grant");
    assert_eq!(shows(&house, &id, "another").await, "invalid_client");

    let path = format!("/api/clients/{id}/secret");
    let replaced = admin.post(&path, Value::Null).await.json();
    let new = replaced["secret"].as_str().unwrap();
    assert_ne!(new, secret);
    assert_eq!(shows(&house, &id, &secret).await, "invalid_client", "void");
    assert_eq!(shows(&house, &id, new).await, "invalid_grant");

    let answer = admin
        .tell(Method::DELETE, &format!("/api/clients/{id}"), &Value::Null)
        .await;
    assert_eq!(answer.status, 204);
    assert_eq!(shows(&house, &id, new).await, "invalid_client");
    for action in [
        "client.registered",
        "client.secret_replaced",
        "client.removed",
    ] {
        assert!(
            house.audit().await.iter().any(|it| it == action),
            "{action}"
        );
    }
}

#[tokio::test]
async fn a_client_that_needs_a_secret_from_now_on_gets_one() {
    let house = House::new().await;
    let admin = house.admin().await;
    let mut fields = reports();
    fields["token_endpoint_auth_method"] = json!("none");
    let created = admin.post("/api/clients", fields.clone()).await.json();
    assert_eq!(
        (&created["secret"], &created["client"]["secret_set"]),
        (&Value::Null, &json!(false))
    );
    let path = format!("/api/clients/{}", created["client"]["id"].as_str().unwrap());
    let answer = admin.post(&format!("{path}/secret"), Value::Null).await;
    answer.assert_problem(409, "UL-1413");
    fields["token_endpoint_auth_method"] = json!("client_secret_post");
    let changed = admin.put(&path, fields.clone()).await.json();
    assert!(changed["secret"].is_string());
    fields["name"] = json!("Reports 2");
    let again = admin.put(&path, fields.clone()).await.json();
    assert_eq!(
        (&again["secret"], &again["client"]["name"]),
        (&Value::Null, &json!("Reports 2"))
    );
    fields["token_endpoint_auth_method"] = json!("none");
    let public = admin.put(&path, fields).await.json();
    assert_eq!(public["client"]["secret_set"], false);
}

#[tokio::test]
async fn each_field_that_cannot_be_used_is_named() {
    let house = House::new().await;
    let admin = house.admin().await;
    for (field, value, status, code, at) in [
        ("name", json!(""), 422, "UL-1406", "name"),
        ("redirect_uris", json!([]), 422, "UL-1413", "redirect_uris"),
        (
            "redirect_uris",
            json!(["https://a.example/", "http://a.example/"]),
            422,
            "UL-1413",
            "redirect_uris[1]",
        ),
        (
            "backchannel_logout_uri",
            json!("https://u:p@a.example/"),
            422,
            "UL-1413",
            "backchannel_logout_uri",
        ),
        (
            "backchannel_logout_uri",
            Value::Null,
            422,
            "UL-1413",
            "backchannel_logout_session_required",
        ),
        (
            "token_endpoint_auth_method",
            json!("private_key_jwt"),
            400,
            "UL-1403",
            "token_endpoint_auth_method",
        ),
        (
            "introspection",
            json!(true),
            400,
            "UL-1403",
            "introspection",
        ),
    ] {
        let mut fields = reports();
        fields[field] = value;
        refused(&admin.post("/api/clients", fields).await, status, code, at);
    }
    assert_eq!(admin.get("/api/clients").await["clients"], json!([]));
}

#[tokio::test]
async fn an_admin_sees_that_a_client_is_not_told() {
    let house = House::new().await;
    let admin = house.admin().await;
    let created = admin.post("/api/clients", reports()).await.json();
    let deliveries = &created["client"]["deliveries"];
    assert_eq!(
        *deliveries,
        json!({"failing": 0, "given_up": 0, "last_error": null, "next_try": null})
    );
    let id = created["client"]["id"].as_str().unwrap();
    let ava = house.at_workspace(crate::support::AVA).await;
    let session = ava.session().await.parse().unwrap();
    let store = &house.world.app.store;
    let now = house.world.app.clock.now();
    assert!(store.clients().logged_in(session, id, now).await.unwrap());
    ava.post("/session/sign-out", json!({"when": "now"})).await;
    let later = now + std::time::Duration::from_mins(1);
    let tried = store.deliveries().claim(later, later, 10).await.unwrap();
    assert_eq!(tried.len(), 1);
    let failed = store
        .deliveries()
        .failed(tried[0].number, "it answered 500", Some(later));
    failed.await.unwrap();
    let listed = admin.get("/api/clients").await;
    let deliveries = &listed["clients"][0]["deliveries"];
    assert_eq!(deliveries["failing"], 1);
    assert_eq!(deliveries["last_error"], "it answered 500");
    assert!(deliveries["next_try"].is_string());
}
