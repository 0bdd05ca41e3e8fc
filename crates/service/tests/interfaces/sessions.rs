//! Live sessions: searched page by page, and ended by those who may.

use serde_json::{Value, json};

use crate::{
    house::{BEN, House, SAM, refused},
    support::{AVA, MIRA},
};

const CALL: &str = "0190a5d4-0000-7000-8000-00000000ca11";

fn whose(list: &Value) -> Vec<String> {
    let all = list["sessions"].as_array().unwrap();
    all.iter()
        .map(|one| one["person"]["email"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn an_admin_searches_the_sessions_of_everybody() {
    let house = House::new().await;
    let admin = house.admin().await;
    let ava = house.at_workspace(AVA).await;
    let _gil = house.other_admin().await;
    let list = admin.get("/api/sessions").await;
    assert_eq!(
        whose(&list),
        [AVA, MIRA],
        "last begun first, and own people only"
    );
    let (first, second) = (&list["sessions"][0], &list["sessions"][1]);
    assert_eq!(first["id"], ava.session().await.as_str());
    assert_eq!(first["device"], "Chrome on Linux");
    assert_eq!(
        (&first["this"], &second["this"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(first["may_end"], true);
    assert_eq!(whose(&admin.get("/api/sessions?search=AVA").await), [AVA]);
    assert_eq!(
        whose(&admin.get("/api/sessions?kind=browser").await).len(),
        2
    );
    assert!(whose(&admin.get("/api/sessions?kind=desktop").await).is_empty());
    assert!(whose(&admin.get("/api/sessions?search=%25").await).is_empty());
    refused(
        &admin.ask("/api/sessions?kind=tv").await,
        422,
        "UL-1406",
        "kind",
    );
}

#[tokio::test]
async fn a_long_list_comes_page_by_page_and_whole() {
    let house = House::new().await;
    let admin = house.admin().await;
    let mut ids = vec![admin.session().await];
    for _ in 0..55 {
        let browser = house.at_workspace(AVA).await;
        ids.push(browser.session().await);
    }
    ids.reverse();
    let first = admin.get("/api/sessions").await;
    let next = first["next"].as_str().expect("there is more");
    let second = admin.get(&format!("/api/sessions?cursor={next}")).await;
    assert_eq!(second["next"], Value::Null);
    let shown: Vec<&str> = [&first, &second]
        .into_iter()
        .flat_map(|page| page["sessions"].as_array().unwrap())
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(shown, ids);
    for rubbish in ["x", "%00", &"A".repeat(300)] {
        let answer = admin.ask(&format!("/api/sessions?cursor={rubbish}")).await;
        refused(&answer, 400, "UL-1405", "cursor");
    }
    let gil = house.other_admin().await;
    let theirs = gil.get(&format!("/api/sessions?cursor={next}")).await;
    assert!(
        !whose(&theirs).contains(&AVA.to_owned()),
        "a cursor gives no access"
    );
}

#[tokio::test]
async fn a_supervisor_sees_the_own_teams_sessions_and_ends_the_own() {
    let house = House::new().await;
    let admin = house.admin().await;
    house.team(&admin).await;
    let (ava, ben) = (house.at_workspace(AVA).await, house.at_workspace(BEN).await);
    let there = house.at_dashboard(SAM).await;
    let sam = house.at_dashboard(SAM).await;
    let list = sam.get("/api/sessions").await;
    assert_eq!(whose(&list), [SAM, SAM, AVA]);
    let may: Vec<&Value> = list["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["may_end"])
        .collect();
    assert_eq!(may, [&json!(true), &json!(true), &json!(false)]);
    assert!(whose(&sam.get("/api/sessions?search=ben").await).is_empty());
    let end = |id: String| format!("/api/sessions/{id}/end");
    let now = json!({"now": true});
    let answer = sam.post(&end(ava.session().await), now.clone()).await;
    answer.assert_problem(403, "UL-1401");
    let answer = sam.post(&end(ben.session().await), now.clone()).await;
    answer.assert_problem(404, "UL-1402");
    assert!(ava.is_signed_in().await && ben.is_signed_in().await);
    let answer = sam.post(&end(there.session().await), now).await;
    assert_eq!(answer.json(), json!({"ended": 1, "after_call": 0}));
    assert!(!there.is_signed_in().await && sam.is_signed_in().await);
}

#[tokio::test]
async fn the_own_session_is_ended_by_who_says_so_twice() {
    let house = House::new().await;
    let admin = house.admin().await;
    let path = format!("/api/sessions/{}/end", admin.session().await);
    let answer = admin.post(&path, json!({"now": true})).await;
    refused(&answer, 409, "UL-1408", "even_myself");
    assert!(admin.is_signed_in().await);
    let sure = json!({"now": true, "even_myself": true});
    assert_eq!(admin.post(&path, sure).await.json()["ended"], 1);
    assert!(!admin.is_signed_in().await);
}

#[tokio::test]
async fn an_admins_end_waits_for_a_call_unless_it_is_now() {
    let house = House::new().await;
    let admin = house.admin().await;
    let (ava, other) = (house.at_workspace(AVA).await, house.at_workspace(AVA).await);
    assert_eq!(ava.on_call(CALL, true).await.status, 204);
    let path = format!("/api/people/{}/end-sessions", house.id(AVA).await);
    let answer = admin.post(&path, json!({"now": false})).await;
    assert_eq!(answer.json(), json!({"ended": 1, "after_call": 1}));
    assert!(ava.is_signed_in().await && !other.is_signed_in().await);
    let list = admin.get("/api/sessions?search=ava").await;
    let shown = &list["sessions"][0];
    assert_eq!(
        (&shown["on_call"], &shown["ending"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(ava.on_call(CALL, false).await.status, 204);
    assert!(!ava.is_signed_in().await, "it ends with the call");

    let ava = house.at_workspace(AVA).await;
    ava.on_call(CALL, true).await;
    let one = format!("/api/sessions/{}/end", ava.session().await);
    let answer = admin.post(&one, json!({"now": false})).await;
    assert_eq!(answer.json(), json!({"ended": 0, "after_call": 1}));
    let answer = admin.post(&one, json!({"now": true})).await;
    assert_eq!(answer.json(), json!({"ended": 1, "after_call": 0}));
    assert!(!ava.is_signed_in().await);

    let ava = house.at_workspace(AVA).await;
    ava.on_call(CALL, true).await;
    let disable = format!("/api/people/{}/disable", house.id(AVA).await);
    let answer = admin.post(&disable, json!({"now": false})).await;
    assert_eq!(answer.json(), json!({"ended": 0, "after_call": 1}));
    let answer = admin.post(&disable, json!({"now": true})).await;
    assert_eq!(answer.json(), json!({"ended": 1, "after_call": 0}));
    assert_eq!(house.world.live(AVA).await, 0);
}
