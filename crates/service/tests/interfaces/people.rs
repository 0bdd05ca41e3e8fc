//! People: seen, invited, changed, disabled, signed out by an Admin.

use serde_json::{Value, json};

use crate::{
    house::{BEN, House, NOOR, SAM, names, refused},
    support::{AVA, GIL, ID, MIRA, PASSWORD},
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
async fn an_invited_person_joins_with_role_and_team() {
    let house = House::new().await;
    let admin = house.admin().await;
    let team = house.team(&admin).await;
    let invited = json!({
        "email": "Lea@acme.example", "name": " Lea Moss ", "role": "supervisor", "team": team,
    });
    let answer = admin.post("/api/people/invite", invited).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let shown = &answer.json()["person"];
    assert_eq!(shown["status"], "invited");
    assert_eq!(shown["team"]["name"], "Support North");
    let link = house.mailed_link().await;
    assert!(
        !answer.body.contains(link.split('=').nth(1).unwrap()),
        "the link is in the mail only"
    );
    let listed = admin.get("/api/people?search=lea%40").await;
    assert_eq!(listed["people"][0]["id"], shown["id"]);
    house.accept(&link, "Lea Moss").await;
    let listed = admin.get("/api/people?search=lea%40").await;
    assert_eq!(listed["people"].as_array().unwrap().len(), 1);
    let lea = &listed["people"][0];
    assert_eq!(lea["status"], "active");
    assert_eq!(lea["role"], "supervisor");
    assert_eq!(lea["team"]["id"], team.as_str());
    for action in ["user.invited", "invitation.accepted"] {
        assert!(
            house.audit().await.iter().any(|it| it == action),
            "{action}"
        );
    }
}

#[tokio::test]
async fn inviting_again_and_withdrawing_void_the_link_before() {
    let house = House::new().await;
    let admin = house.admin().await;
    let invited = json!({"email": "lea@acme.example", "role": "agent"});
    admin.post("/api/people/invite", invited.clone()).await;
    let first = house.mailed_link().await;
    admin.post("/api/people/invite", invited).await;
    let second = house.mailed_link_but(&first).await;
    assert_eq!(house.opens(&first).await, 410, "the first is void");
    assert_eq!(house.opens(&second).await, 200);
    let listed = admin.get("/api/people?search=lea%40").await;
    assert_eq!(listed["people"].as_array().unwrap().len(), 1);
    let id = listed["people"][0]["id"].as_str().unwrap();
    let path = format!("/api/people/{id}/disable");
    let gil = house.other_admin().await;
    gil.post(&path, json!({"now": true}))
        .await
        .assert_problem(404, "UL-1402");
    assert_eq!(house.opens(&second).await, 200);
    let answer = admin.post(&path, json!({"now": true})).await;
    assert_eq!(answer.json(), json!({"ended": 0, "after_call": 0}));
    assert_eq!(house.opens(&second).await, 410);
    let listed = admin.get("/api/people?search=lea%40").await;
    assert!(listed["people"].as_array().unwrap().is_empty());
    assert!(
        house
            .audit()
            .await
            .iter()
            .any(|it| it == "user.invitation_withdrawn")
    );
}

#[tokio::test]
async fn an_invitation_names_what_is_wrong_with_it() {
    let house = House::new().await;
    let admin = house.admin().await;
    let gil = house.other_admin().await;
    let team = house.team(&admin).await;
    for (at, change, status, code, field) in [
        (&admin, json!({"email": "nobody"}), 422, "UL-1406", "email"),
        (&admin, json!({"email": ""}), 422, "UL-1406", "email"),
        (
            &admin,
            json!({"email": "a@b.example, c@d.example"}),
            422,
            "UL-1406",
            "email",
        ),
        (
            &admin,
            json!({"email": "AVA@acme.example"}),
            409,
            "UL-1409",
            "email",
        ),
        (
            &admin,
            json!({"name": "a".repeat(101)}),
            422,
            "UL-1406",
            "name",
        ),
        (
            &admin,
            json!({"name": "two\nlines"}),
            422,
            "UL-1406",
            "name",
        ),
        (&gil, json!({"team": team}), 422, "UL-1407", "team"),
    ] {
        let mut body = json!({"email": "lea@acme.example", "role": "agent"});
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        refused(
            &at.post("/api/people/invite", body).await,
            status,
            code,
            field,
        );
    }
}

#[tokio::test]
async fn nobody_learns_by_inviting_who_works_elsewhere() {
    let house = House::new().await;
    let admin = house.admin().await;
    let body = |email: &str| json!({"email": email, "role": "agent"});
    let known = admin.post("/api/people/invite", body(GIL)).await;
    let unknown = admin
        .post("/api/people/invite", body("lea@globex.example"))
        .await;
    assert_eq!((known.status.as_u16(), unknown.status.as_u16()), (201, 201));
    let fields = |answer: &Value| {
        let person = answer["person"].as_object().unwrap();
        person.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(fields(&known.json()), fields(&unknown.json()));
}

#[tokio::test]
async fn one_address_gets_so_many_invitations() {
    let house = House::new().await;
    let admin = house.admin().await;
    let invited = json!({"email": "lea@acme.example", "role": "agent"});
    for _ in 0..5 {
        let answer = admin.post("/api/people/invite", invited.clone()).await;
        assert_eq!(answer.status, 201);
    }
    let answer = admin.post("/api/people/invite", invited).await;
    refused(&answer, 429, "UL-1410", "email");
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

impl House {
    async fn mailed_link(&self) -> String {
        self.mailed_link_but("").await
    }

    /// The link of an invitation that was mailed, other than `but`.
    async fn mailed_link_but(&self, but: &str) -> String {
        let folder = self.world.app.mail.folder().unwrap().to_owned();
        let find = || {
            let mails = std::fs::read_dir(&folder).unwrap();
            mails
                .filter_map(|mail| std::fs::read_to_string(mail.unwrap().path()).ok())
                .map(|mail| mail.replace("=\r\n", "").replace("=3D", "="))
                .filter_map(|mail| {
                    let begin = mail.find("/invitation?token=")?;
                    let link = mail[begin..].split_whitespace().next()?.to_owned();
                    // A mail that is half written has half a link.
                    (link.len() == "/invitation?token=".len() + 43).then_some(link)
                })
                .find(|link| link != but)
        };
        for _ in 0..1000 {
            if let Some(link) = find() {
                return link;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("no mail came")
    }

    async fn opens(&self, link: &str) -> u16 {
        let browser = self.world.browser();
        browser.get(&format!("{ID}{link}")).await.status.as_u16()
    }

    async fn accept(&self, link: &str, name: &str) {
        let browser = self.world.browser();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("token", link.split('=').nth(1).unwrap())
            .append_pair("name", name)
            .append_pair("new", PASSWORD);
        let headers = [
            ("origin", ID),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let url = format!("{ID}/invitation");
        let form = form.finish();
        let sent = browser.send(axum::http::Method::POST, &url, &headers, &form);
        assert_eq!(sent.await.status, 303);
    }
}
