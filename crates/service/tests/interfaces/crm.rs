//! Which CRM pages may embed the widget.

use serde_json::json;

use crate::{
    house::{House, refused},
    support::{CTI, MIRA},
};

#[tokio::test]
async fn listed_origins_may_frame_the_widget_and_no_others() {
    let house = House::new().await;
    let admin = house.admin().await;
    let crm = admin.get("/api/crm").await;
    assert_eq!(crm["hubspot"], json!([]));
    assert_eq!(crm["widget"]["hubspot"], format!("{CTI}/hubspot/acme"));
    assert_eq!(
        crm["widget"]["salesforce"],
        format!("{CTI}/salesforce/acme")
    );
    let widget = crm["widget"]["zendesk"].as_str().unwrap().to_owned();
    let policy = |answer: &crate::support::Answer| {
        let policy = answer.header("content-security-policy").to_owned();
        let ancestors = policy
            .split(';')
            .find(|it| it.trim().starts_with("frame-ancestors"));
        ancestors.unwrap().trim().to_owned()
    };
    let headers = [
        ("sec-fetch-dest", "iframe"),
        ("sec-fetch-site", "cross-site"),
    ];
    let browser = house.world.browser();
    let framed = || browser.send(axum::http::Method::GET, &widget, &headers, "");
    assert_eq!(policy(&framed().await), "frame-ancestors 'none'");
    let wanted = json!({
        "hubspot": [],
        "zendesk": [" https://Acme.zendesk.com/ ", "", "https://*.apps.zdusercontent.com",
            "https://acme.zendesk.com"],
        "salesforce": [],
    });
    let answer = admin.put("/api/crm", wanted).await;
    let stored = json!([
        "https://acme.zendesk.com",
        "https://*.apps.zdusercontent.com"
    ]);
    assert_eq!(answer.json()["zendesk"], stored);
    assert_eq!(admin.get("/api/crm").await["zendesk"], stored);
    assert_eq!(
        policy(&framed().await),
        "frame-ancestors https://acme.zendesk.com https://*.apps.zdusercontent.com"
    );
    let changes = house.audit().await;
    let changes = changes.iter().filter(|it| *it == "crm.origins_changed");
    assert_eq!(changes.count(), 1, "only Zendesk's has changed");
}

#[tokio::test]
async fn one_wrong_entry_changes_nothing_and_is_named() {
    let house = House::new().await;
    let admin = house.admin().await;
    let many: Vec<String> = (0..21).map(|n| format!("https://{n}.example")).collect();
    for (hubspot, field) in [
        (
            json!(["https://app.hubspot.com", "http://app.hubspot.com"]),
            "hubspot[1]",
        ),
        (json!(["https://*.zendesk.com"]), "hubspot[0]"),
        (json!(["https://a;script-src.example"]), "hubspot[0]"),
        (json!(["*"]), "hubspot[0]"),
        (json!(many), "hubspot"),
    ] {
        let body = json!({
            "hubspot": hubspot, "zendesk": ["https://acme.zendesk.com"], "salesforce": [],
        });
        refused(&admin.put("/api/crm", body).await, 422, "UL-1412", field);
    }
    let crm = admin.get("/api/crm").await;
    assert_eq!((&crm["hubspot"], &crm["zendesk"]), (&json!([]), &json!([])));
    let answer = admin
        .put("/api/crm", json!({"hubspot": [], "zendesk": []}))
        .await;
    answer.assert_problem(400, "UL-1403");
    assert!(house.world.live(MIRA).await > 0);
}
