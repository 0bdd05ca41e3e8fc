//! Teams: made, changed, led, removed.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    house::{BEN, House, NOOR, SAM, names, refused},
    support::{AVA, GIL},
};

#[tokio::test]
async fn a_team_has_people_and_supervisors_who_lead_it() {
    let house = House::new().await;
    let admin = house.admin().await;
    let id = house.team(&admin).await;
    let path = format!("/api/teams/{id}");
    let listed = admin.get("/api/teams").await;
    assert_eq!(names(&listed["teams"][0], "members"), ["Ava Brandt"]);
    assert_eq!(names(&listed["teams"][0], "leaders"), ["Sam Lindqvist"]);
    let both = json!([house.id(BEN).await, house.id(AVA).await]);
    let answer = admin
        .put(&path, json!({"name": " North ", "members": both}))
        .await;
    let team = answer.json();
    assert_eq!(team["name"], "North");
    assert_eq!(names(&team, "members"), ["Ava Brandt", "Ben Sato"]);
    assert_eq!(names(&team, "leaders"), ["Sam Lindqvist"], "as it was");
    let removed = admin.tell(Method::DELETE, &path, &Value::Null).await;
    assert_eq!(removed.status, 204);
    assert!(names(&admin.get("/api/teams").await, "teams").is_empty());
    let people = admin.get("/api/people?search=ava").await;
    assert_eq!(people["people"][0]["team"], Value::Null);
    for action in ["team.added", "team.changed", "team.removed"] {
        assert!(
            house.audit().await.iter().any(|it| it == action),
            "{action}"
        );
    }
}

#[tokio::test]
async fn a_person_is_in_one_team() {
    let house = House::new().await;
    let admin = house.admin().await;
    house.team(&admin).await;
    let body = json!({"name": "South", "members": [house.id(AVA).await]});
    let answer = admin.post("/api/teams", body).await;
    assert_eq!(names(&answer.json(), "members"), ["Ava Brandt"]);
    let teams = admin.get("/api/teams").await;
    assert_eq!(names(&teams, "teams"), ["South", "Support North"]);
    assert!(names(&teams["teams"][1], "members").is_empty());
}

#[tokio::test]
async fn a_supervisor_sees_the_own_teams_only() {
    let house = House::new().await;
    let admin = house.admin().await;
    house.team(&admin).await;
    admin.post("/api/teams", json!({"name": "South"})).await;
    let sam = house.at_dashboard(SAM).await;
    let teams = sam.get("/api/teams").await;
    assert_eq!(names(&teams, "teams"), ["Support North"]);
}

#[tokio::test]
async fn each_field_that_cannot_be_used_is_named() {
    let house = House::new().await;
    let admin = house.admin().await;
    house.team(&admin).await;
    let (ava, gil, noor) = (
        house.id(AVA).await,
        house.id(GIL).await,
        house.id(NOOR).await,
    );
    let many: Vec<&str> = vec![&ava; 1001];
    for (body, status, code, field) in [
        (json!({"name": ""}), 422, "UL-1406", "name"),
        (json!({"name": "a".repeat(101)}), 422, "UL-1406", "name"),
        (json!({"name": "support north"}), 409, "UL-1409", "name"),
        (
            json!({"name": "x", "members": [gil]}),
            422,
            "UL-1407",
            "members",
        ),
        (
            json!({"name": "x", "leaders": [gil]}),
            422,
            "UL-1407",
            "leaders",
        ),
        (
            json!({"name": "x", "leaders": [ava]}),
            422,
            "UL-1407",
            "leaders",
        ),
        (
            json!({"name": "x", "leaders": [noor]}),
            422,
            "UL-1407",
            "leaders",
        ),
        (
            json!({"name": "x", "members": many}),
            422,
            "UL-1407",
            "members",
        ),
        (
            json!({"name": "x", "members": ["me"]}),
            400,
            "UL-1403",
            "members[0]",
        ),
    ] {
        let answer = admin.post("/api/teams", body.clone()).await;
        refused(&answer, status, code, field);
    }
    assert_eq!(names(&admin.get("/api/teams").await, "teams").len(), 1);
}
