//! The audit log: filtered, paged, exported.

use axum::{body::Body, http::Request};
use futures_util::StreamExt;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    house::{House, SAM, refused},
    support::{AVA, DASHBOARD, MIRA},
};

fn actions(page: &Value) -> Vec<String> {
    let all = page["entries"].as_array().unwrap();
    all.iter()
        .map(|one| one["action"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn who_did_what_is_told_with_names() {
    let house = House::new().await;
    let admin = house.admin().await;
    let path = format!("/api/people/{}", house.id(AVA).await);
    admin
        .put(&path, json!({"role": "supervisor", "team": null}))
        .await;
    let page = admin.get("/api/audit?action=user.role_changed").await;
    let entry = &page["entries"][0];
    assert_eq!(entry["actor"]["kind"], "person");
    assert_eq!(entry["actor"]["name"], "Mira Okafor");
    assert_eq!(entry["subject"]["email"], AVA);
    assert_eq!(entry["surface"], "dashboard");
    assert_eq!(entry["address"], "127.0.0.1");
    assert_eq!(entry["reason"], "supervisor");
    let page = admin.get("/api/audit?action=user.added").await;
    assert_eq!(page["entries"][0]["actor"]["kind"], "operator");
}

#[tokio::test]
async fn the_log_is_filtered_and_comes_page_by_page() {
    let house = House::new().await;
    let admin = house.admin().await;
    for number in 0..60 {
        let body = json!({"name": format!("Team {number}")});
        assert_eq!(admin.post("/api/teams", body).await.status, 201);
    }
    let first = admin.get("/api/audit?action=team.").await;
    let next = first["next"].as_str().unwrap();
    let second = admin
        .get(&format!("/api/audit?action=team.&cursor={next}"))
        .await;
    assert_eq!(actions(&first).len() + actions(&second).len(), 60);
    assert_eq!(second["next"], Value::Null);
    assert_eq!(first["entries"][0]["reason"], "Team 59", "newest first");
    let sam = house.id(SAM).await;
    let page = admin.get(&format!("/api/audit?person={sam}")).await;
    assert_eq!(actions(&page), ["user.added"]);
    let now = house.world.app.clock.now();
    let later = now + SignedDuration::from_hours(1);
    let page = admin.get(&format!("/api/audit?from={later}")).await;
    assert!(actions(&page).is_empty());
    let page = admin
        .get(&format!("/api/audit?to={later}&from=2020-01-01T00:00:00Z"))
        .await;
    assert_eq!(actions(&page).len(), 50);
    for (query, status, code, field) in [
        ("from=yesterday", 422, "UL-1406", "from"),
        ("to=1", 422, "UL-1406", "to"),
        ("person=Mira", 422, "UL-1406", "person"),
        ("action=Robert'%3B", 422, "UL-1406", "action"),
        ("cursor=zzz", 400, "UL-1405", "cursor"),
    ] {
        let answer = admin.ask(&format!("/api/audit?{query}")).await;
        refused(&answer, status, code, field);
        let answer = admin.ask(&format!("/api/audit.csv?{query}")).await;
        refused(&answer, status, code, field);
    }
}

#[tokio::test]
async fn the_export_is_whole_filtered_and_no_formula() {
    let house = House::new().await;
    let admin = house.admin().await;
    let ava = house.at_workspace(AVA).await;
    let formula = "=HYPERLINK(\"http://evil.example\",\"Ava\")";
    let answer = ava.put("/api/account", json!({"name": formula})).await;
    assert_eq!(answer.status, 200);
    for number in 0..1100 {
        house.note(&format!("number {number}")).await;
    }
    let answer = admin.ask("/api/audit.csv").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").starts_with("text/csv"));
    assert!(answer.header("content-disposition").contains("audit.csv"));
    let lines: Vec<&str> = answer.body.lines().collect();
    assert!(lines[0].starts_with("at,actor,"));
    let numbers = lines.iter().filter(|line| line.contains("\"test.entry\""));
    assert_eq!(numbers.count(), 1100, "over several pages, each once");
    assert!(
        answer
            .body
            .contains("\"'=HYPERLINK(\"\"http://evil.example\"\"")
    );
    assert!(!answer.body.contains(",\"=") && !answer.body.contains("\"=H"));
    assert!(house.audit().await.contains(&"audit.exported".to_owned()));
    let some = admin.ask("/api/audit.csv?action=user.renamed").await;
    assert_eq!(some.body.lines().count(), 2, "{}", some.body);
    let gil = house.other_admin().await;
    let theirs = gil.ask("/api/audit.csv").await;
    assert!(!theirs.body.contains("test.entry") && !theirs.body.contains("acme.example"));
}

#[tokio::test]
async fn an_export_stops_when_its_admin_is_signed_out() {
    let house = House::new().await;
    let admin = house.admin().await;
    for number in 0..700 {
        house.note(&format!("number {number}")).await;
    }
    let cookie = admin
        .browser
        .cookie(DASHBOARD, "__Host-ul-surface")
        .unwrap();
    let request = Request::builder()
        .uri("/api/audit.csv?action=test.entry")
        .header("host", DASHBOARD.trim_start_matches("http://"))
        .header("cookie", format!("__Host-ul-surface={cookie}"))
        .body(Body::empty())
        .unwrap();
    let mut body = house
        .world
        .send(request)
        .await
        .into_body()
        .into_data_stream();
    let heading = body.next().await.unwrap().unwrap();
    assert!(heading.starts_with(b"at,"));
    let page = body.next().await.unwrap().unwrap();
    assert_eq!(
        page.split(|byte| *byte == b'\n').count(),
        501,
        "a page at a time"
    );
    admin
        .post("/session/sign-out", json!({"when": "now"}))
        .await;
    assert!(body.next().await.unwrap().is_err(), "cut, not finished");
}

impl House {
    /// An entry in the audit log.
    async fn note(&self, reason: &str) {
        let entry = store::AuditEntry {
            at: self.world.app.clock.now(),
            actor: store::Actor::Service,
            action: "test.entry".to_owned(),
            organization: Some(self.world.acme.id),
            subject: None,
            session: None,
            surface: None,
            address: None,
            reason: Some(reason.to_owned()),
        };
        self.world.app.store.audit().append(&entry).await.unwrap();
    }
}

#[tokio::test]
async fn every_act_at_the_dashboard_is_in_the_log() {
    let house = House::new().await;
    let admin = house.admin().await;
    house.team(&admin).await;
    let settings = json!({
        "sign_out_ends_all_browsers": true, "browser_idle_days": 7, "browser_absolute_days": 30,
        "desktop_idle_days": 14, "crm_mismatch": "block",
    });
    admin.put("/api/organization", settings).await;
    let mira = house.id(MIRA).await;
    let page = admin.get(&format!("/api/audit?person={mira}")).await;
    let done = actions(&page);
    for action in ["organization.changed", "team.added", "session.started"] {
        assert!(done.iter().any(|it| it == action), "{action}: {done:?}");
    }
    assert!(admin.browser.session(DASHBOARD).await["status"] == "signed_in");
}
