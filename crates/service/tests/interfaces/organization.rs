//! The organization's settings.

use jiff::SignedDuration;
use serde_json::json;

use crate::{
    house::{House, refused},
    support::{AVA, WORKSPACE},
};

#[tokio::test]
async fn an_organization_shortens_what_is_allowed_and_lengthens_nothing() {
    let house = House::new().await;
    let admin = house.admin().await;
    let defaults = json!({
        "sign_out_ends_all_browsers": false, "browser_idle_days": 30,
        "browser_absolute_days": 180, "desktop_idle_days": 90, "crm_mismatch": "warn",
    });
    let mut shown = admin.get("/api/organization").await;
    assert_eq!(shown["name"].take(), "Acme");
    for (field, value) in defaults.as_object().unwrap() {
        assert_eq!(shown[field], *value, "{field}");
    }
    for (field, days) in [
        ("browser_idle_days", 0),
        ("browser_idle_days", 31),
        ("browser_absolute_days", 181),
        ("desktop_idle_days", 91),
    ] {
        let mut body = defaults.clone();
        body[field] = json!(days);
        refused(
            &admin.put("/api/organization", body).await,
            422,
            "UL-1406",
            field,
        );
    }
    let mut body = defaults.clone();
    body["crm_mismatch"] = json!("ignore");
    let answer = admin.put("/api/organization", body).await;
    refused(&answer, 400, "UL-1403", "crm_mismatch");
}

#[tokio::test]
async fn changed_settings_hold_at_once_for_who_is_signed_in() {
    let house = House::new().await;
    let admin = house.admin().await;
    let ava = house.at_workspace(AVA).await;
    let settings = json!({
        "sign_out_ends_all_browsers": true, "browser_idle_days": 1, "browser_absolute_days": 180,
        "desktop_idle_days": 90, "crm_mismatch": "block",
    });
    let answer = admin.put("/api/organization", settings.clone()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let session = ava.browser.session(WORKSPACE).await;
    assert_eq!(session["policy"]["crm_mismatch"], "block");
    let there = house.at_workspace(AVA).await;
    ava.post("/session/sign-out", json!({"when": "now"})).await;
    assert!(!there.is_signed_in().await, "a sign-out ends all browsers");
    let ava = house.at_workspace(AVA).await;
    house.world.clock.forward(SignedDuration::from_hours(25));
    assert!(!ava.is_signed_in().await, "unused for more than a day");
}
