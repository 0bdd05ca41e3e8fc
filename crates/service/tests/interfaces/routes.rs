//! Every route of the Dashboard, and what Acme has for them.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    house::{At, House},
    support::{AVA, Answer},
};

/// What a Supervisor gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Supervisor {
    /// It, as far as the own teams go.
    Sees,
    /// A refusal.
    Refused,
}

pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub body: Value,
    pub supervisor: Supervisor,
}

/// Every route of the Dashboard, with a body that an Admin may send. `{person}` and the like stand
/// for what is Acme's.
pub fn routes() -> Vec<Route> {
    use Supervisor::{Refused, Sees};
    let client = json!({
        "name": "Reports",
        "redirect_uris": ["https://reports.example/callback"],
        "token_endpoint_auth_method": "client_secret_basic",
        "id_token_signed_response_alg": "ES256",
    });
    let settings = json!({
        "sign_out_ends_all_browsers": false,
        "browser_idle_days": 30,
        "browser_absolute_days": 180,
        "desktop_idle_days": 90,
        "crm_mismatch": "warn",
    });
    let crm = json!({"hubspot": [], "zendesk": [], "salesforce": []});
    let invited = json!({"email": "new@acme.example", "role": "agent"});
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    let no = Value::Null;
    [
        (get.clone(), "/api/people", no.clone(), Sees),
        (get.clone(), "/api/teams", no.clone(), Sees),
        (get.clone(), "/api/sessions", no.clone(), Sees),
        (get.clone(), "/api/crm", no.clone(), Refused),
        (get.clone(), "/api/clients", no.clone(), Refused),
        (get.clone(), "/api/audit", no.clone(), Refused),
        (get.clone(), "/api/audit.csv", no.clone(), Refused),
        (get, "/api/organization", no.clone(), Refused),
        (post.clone(), "/api/people/invite", invited, Refused),
        (
            put.clone(),
            "/api/people/{person}",
            json!({"role": "agent", "team": null}),
            Refused,
        ),
        (
            post.clone(),
            "/api/people/{person}/enable",
            no.clone(),
            Refused,
        ),
        (
            post.clone(),
            "/api/people/{person}/end-sessions",
            json!({"now": false}),
            Refused,
        ),
        (
            post.clone(),
            "/api/sessions/{session}/end",
            json!({"now": true}),
            Refused,
        ),
        (
            post.clone(),
            "/api/people/{person}/disable",
            json!({"now": true}),
            Refused,
        ),
        (
            post.clone(),
            "/api/teams",
            json!({"name": "Another"}),
            Refused,
        ),
        (
            put.clone(),
            "/api/teams/{team}",
            json!({"name": "Renamed"}),
            Refused,
        ),
        (Method::DELETE, "/api/teams/{team}", no.clone(), Refused),
        (put.clone(), "/api/crm", crm, Refused),
        (post.clone(), "/api/clients", client.clone(), Refused),
        (put.clone(), "/api/clients/{client}", client, Refused),
        (post, "/api/clients/{client}/secret", no.clone(), Refused),
        (Method::DELETE, "/api/clients/{client}", no, Refused),
        (put, "/api/organization", settings, Refused),
    ]
    .into_iter()
    .map(|(method, path, body, supervisor)| Route {
        method,
        path,
        body,
        supervisor,
    })
    .collect()
}

/// What Acme has, by the names in the paths.
pub struct Own {
    pub person: String,
    pub session: String,
    pub team: String,
    pub client: String,
}

impl Own {
    pub async fn of(house: &House, admin: &At<'_>) -> Self {
        let ava = house.at_workspace(AVA).await;
        let team = house.team(admin).await;
        let routes = routes();
        let add = routes
            .iter()
            .find(|route| route.path == "/api/clients" && route.method == Method::POST);
        let answer = admin.post("/api/clients", add.unwrap().body.clone()).await;
        Self {
            person: house.id(AVA).await,
            session: ava.session().await,
            team,
            client: answer.json()["client"]["id"].as_str().unwrap().to_owned(),
        }
    }

    pub fn path(&self, path: &str) -> String {
        path.replace("{person}", &self.person)
            .replace("{session}", &self.session)
            .replace("{team}", &self.team)
            .replace("{client}", &self.client)
    }
}

pub async fn send(at: &At<'_>, route: &Route, path: &str) -> Answer {
    match route.method {
        Method::GET => at.ask(path).await,
        _ => at.tell(route.method.clone(), path, &route.body).await,
    }
}
