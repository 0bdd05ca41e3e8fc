//! Invitations: mailed, accepted, replaced, withdrawn.

use serde_json::{Value, json};

use crate::{
    house::{House, refused},
    support::{GIL, ID, PASSWORD},
};

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
