//! People: seen, changed, disabled, signed out by an Admin.

use serde_json::{Value, json};

use crate::{
    house::{BEN, House, NOOR, SAM, names, refused},
    support::{AVA, MIRA},
};

fn person<'a>(list: &'a Value, name: &str) -> &'a Value {
    let people = list["people"].as_array().unwrap();
    people.iter().find(|it| it["name"] == name).unwrap()
}

#[tokio::test]
async fn an_admin_sees_everybody_with_team_and_sessions() {
    let house = House::new().await;
    let admin = house.admin().await;
    house.team(&admin).await;
    let _ava = (house.at_workspace(AVA).await, house.at_workspace(AVA).await);
    let people = admin.get("/api/people").await;
    let all = [
        "Ava Brandt",
        "Ben Sato",
        "Mira Okafor",
        "Noor Idris",
        "Sam Lindqvist",
    ];
    assert_eq!(names(&people, "people"), all);
    let ava = person(&people, "Ava Brandt");
    assert_eq!(ava["role"], "agent");
    assert_eq!(ava["team"]["name"], "Support North");
    assert_eq!(ava["live_sessions"], 2);
    assert!(ava["last_used"].is_string());
    let ben = person(&people, "Ben Sato");
    assert_eq!(
        (&ben["team"], &ben["last_used"]),
        (&Value::Null, &Value::Null)
    );
    let found = admin.get("/api/people?search=SAM%40").await;
    assert_eq!(names(&found, "people"), ["Sam Lindqvist"]);
    let long = format!("/api/people?search={}", "a".repeat(101));
    refused(&admin.ask(&long).await, 422, "UL-1406", "search");
}

#[tokio::test]
async fn a_supervisor_sees_the_people_of_the_teams_they_lead() {
    let house = House::new().await;
    let admin = house.admin().await;
    let sam = house.at_dashboard(SAM).await;
    let people = sam.get("/api/people").await;
    assert_eq!(names(&people, "people"), ["Sam Lindqvist"], "nobody so far");
    house.team(&admin).await;
    let invited = json!({"email": "new@acme.example", "role": "agent"});
    admin.post("/api/people/invite", invited).await;
    let people = sam.get("/api/people").await;
    assert_eq!(names(&people, "people"), ["Ava Brandt", "Sam Lindqvist"]);
    let people = sam.get("/api/people?search=ben").await;
    assert!(names(&people, "people").is_empty(), "nor by searching");
}

#[tokio::test]
async fn the_last_admin_stays_one_whoever_asks() {
    let house = House::new().await;
    let (mira, noor) = (house.admin().await, house.at_dashboard(NOOR).await);
    let path = |id: &str| format!("/api/people/{id}");
    let (mira_is, noor_is) = (path(&house.id(MIRA).await), path(&house.id(NOOR).await));
    // Both demote each other at once: one of them succeeds.
    let agent = json!({"role": "agent", "team": null});
    let (one, two) = tokio::join!(
        mira.put(&noor_is, agent.clone()),
        noor.put(&mira_is, agent.clone())
    );
    let done = [&one, &two].iter().filter(|it| it.status == 200).count();
    assert_eq!(done, 1, "{one:?} {two:?}");
    let (left, own) = if one.status == 200 {
        (&mira, &mira_is)
    } else {
        (&noor, &noor_is)
    };
    let sure = json!({"role": "agent", "team": null, "even_myself": true});
    left.put(own, sure).await.assert_problem(409, "UL-1411");
    let disable = json!({"now": true, "even_myself": true});
    let answer = left.post(&format!("{own}/disable"), disable).await;
    answer.assert_problem(409, "UL-1411");
    assert!(left.is_signed_in().await);
}

#[tokio::test]
async fn an_admin_is_told_before_losing_the_own_access() {
    let house = House::new().await;
    let mira = house.admin().await;
    let own = format!("/api/people/{}", house.id(MIRA).await);
    let supervisor = json!({"role": "supervisor", "team": null});
    refused(
        &mira.put(&own, supervisor).await,
        409,
        "UL-1408",
        "even_myself",
    );
    for act in ["disable", "end-sessions"] {
        let path = format!("{own}/{act}");
        let answer = mira.post(&path, json!({"now": true})).await;
        refused(&answer, 409, "UL-1408", "even_myself");
    }
    assert!(mira.is_signed_in().await);
    let sure = json!({"role": "supervisor", "team": null, "even_myself": true});
    assert_eq!(mira.put(&own, sure).await.status, 200);
    mira.ask("/api/clients")
        .await
        .assert_problem(403, "UL-1401");
    assert_eq!(
        names(&mira.get("/api/people").await, "people"),
        ["Mira Okafor"]
    );
}

#[tokio::test]
async fn a_disabled_person_is_out_and_an_enabled_one_may_come_back() {
    let house = House::new().await;
    let admin = house.admin().await;
    let ava = house.at_workspace(AVA).await;
    let path = format!("/api/people/{}", house.id(AVA).await);
    let answer = admin
        .post(&format!("{path}/disable"), json!({"now": false}))
        .await;
    assert_eq!(answer.json(), json!({"ended": 1, "after_call": 0}));
    assert!(!ava.is_signed_in().await);
    let listed = admin.get("/api/people?search=ava").await;
    assert_eq!(listed["people"][0]["status"], "disabled");
    let browser = house.world.browser();
    let refused = browser.sign_in(crate::support::WORKSPACE, AVA).await;
    assert_eq!(refused.page.status, 422);
    let answer = admin.post(&format!("{path}/enable"), json!(null)).await;
    assert_eq!(answer.status, 204);
    assert!(house.at_workspace(AVA).await.is_signed_in().await);
    assert!(!ava.is_signed_in().await, "an end is final");
    for action in ["user.disabled", "user.enabled"] {
        assert!(
            house.audit().await.iter().any(|it| it == action),
            "{action}"
        );
    }
}

#[tokio::test]
async fn a_changed_role_and_team_hold_at_once() {
    let house = House::new().await;
    let admin = house.admin().await;
    let team = house.team(&admin).await;
    let ben = house.at_dashboard(BEN).await;
    ben.ask("/api/people").await.assert_problem(403, "UL-1401");
    let path = format!("/api/people/{}", house.id(BEN).await);
    let answer = admin
        .put(&path, json!({"role": "supervisor", "team": team}))
        .await;
    assert_eq!(answer.json()["team"]["name"], "Support North");
    assert_eq!(names(&ben.get("/api/people").await, "people"), ["Ben Sato"]);
    let sam = house.at_dashboard(SAM).await;
    let seen = names(&sam.get("/api/people").await, "people");
    assert_eq!(seen, ["Ava Brandt", "Ben Sato", "Sam Lindqvist"]);
    let nowhere = json!({"role": "supervisor", "team": "0190a5d4-0000-7000-8000-000000000000"});
    refused(&admin.put(&path, nowhere).await, 422, "UL-1407", "team");
    let answer = admin
        .put(&path, json!({"role": "supervisor", "team": null}))
        .await;
    assert_eq!(answer.json()["team"], Value::Null);
    for action in ["user.role_changed", "user.team_changed"] {
        assert!(
            house.audit().await.iter().any(|it| it == action),
            "{action}"
        );
    }
}
