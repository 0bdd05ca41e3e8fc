//! A house with people of every role: Mira (Admin), Noor (Admin), Sam (Supervisor of Ava's team),
//! Ava and Ben (Agents), and Gil, the Admin of another organization.

use axum::http::Method;
use secrecy::SecretString;
use serde_json::{Value, json};
use service::admin::users::{self, Person};
use store::Role;

use crate::support::{AVA, Answer, Browser, DASHBOARD, GIL, MIRA, PASSWORD, WORKSPACE, World};

pub const NOOR: &str = "noor@acme.example";
pub const SAM: &str = "sam@acme.example";
pub const BEN: &str = "ben@acme.example";

pub struct House {
    pub world: World,
}

impl House {
    pub async fn new() -> Self {
        let world = World::new().await;
        for (email, name, role) in [
            (NOOR, "Noor Idris", Role::Admin),
            (SAM, "Sam Lindqvist", Role::Supervisor),
            (BEN, "Ben Sato", Role::Agent),
        ] {
            let person = Person {
                email: email.to_owned(),
                name: Some(name.to_owned()),
                role,
            };
            let password = Some(SecretString::from(PASSWORD));
            users::add(&world.app, &world.acme, person, password)
                .await
                .unwrap();
        }
        Self { world }
    }

    /// A browser in which that person is signed in at the Dashboard.
    pub async fn at_dashboard(&self, email: &str) -> At<'_> {
        self.at(DASHBOARD, email).await
    }

    /// A browser in which that person is signed in at Workspace.
    pub async fn at_workspace(&self, email: &str) -> At<'_> {
        self.at(WORKSPACE, email).await
    }

    async fn at(&self, origin: &'static str, email: &str) -> At<'_> {
        let browser = self.world.browser();
        browser.sign_in(origin, email).await;
        At { browser, origin }
    }

    pub async fn admin(&self) -> At<'_> {
        self.at_dashboard(MIRA).await
    }

    pub async fn other_admin(&self) -> At<'_> {
        self.at_dashboard(GIL).await
    }

    pub async fn id(&self, email: &str) -> String {
        self.world.user(email).await.id.to_string()
    }

    /// A team with Ava in it that Sam leads; its id.
    pub async fn team(&self, admin: &At<'_>) -> String {
        let team = json!({
            "name": "Support North",
            "members": [self.id(AVA).await],
            "leaders": [self.id(SAM).await],
        });
        let answer = admin.tell(Method::POST, "/api/teams", &team).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// The actions in the audit log, newest first.
    pub async fn audit(&self) -> Vec<String> {
        let store = self.world.app.store.audit();
        let entries = store.newest(self.world.acme.id, 200).await.unwrap();
        entries.into_iter().map(|entry| entry.action).collect()
    }
}

/// Somebody at a surface.
pub struct At<'a> {
    pub browser: Browser<'a>,
    pub origin: &'static str,
}

impl At<'_> {
    pub async fn ask(&self, path: &str) -> Answer {
        self.browser.ask(self.origin, path).await
    }

    /// What is there; it has to be.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.ask(path).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    }

    pub async fn tell(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.browser.tell(method, self.origin, path, body).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.tell(Method::POST, path, &body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.tell(Method::PUT, path, &body).await
    }

    pub async fn is_signed_in(&self) -> bool {
        self.browser.session(self.origin).await["status"] == "signed_in"
    }

    /// The session's id.
    pub async fn session(&self) -> String {
        let session = self.browser.session(self.origin).await;
        session["session"].as_str().unwrap().to_owned()
    }

    /// Says that a call goes on, or is over.
    pub async fn on_call(&self, call: &str, active: bool) -> Answer {
        self.put("/session/call", json!({ "call": call, "active": active }))
            .await
    }
}

#[track_caller]
pub fn refused(answer: &Answer, status: u16, code: &str, field: &str) {
    answer.assert_problem(status, code);
    let said = &answer.json()["field"];
    assert_eq!(said.as_str().unwrap_or_default(), field, "{answer:?}");
}

/// The names of the people listed.
pub fn names(list: &Value, key: &str) -> Vec<String> {
    let all = list[key].as_array().unwrap();
    all.iter()
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}
