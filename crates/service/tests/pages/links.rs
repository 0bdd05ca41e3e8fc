//! Links in mails: reset and invitation, each good for one use.

use reqwest::StatusCode;
use service::admin::{
    invitations,
    users::{self, Person},
};
use store::Role;

use crate::support::{MIRA, PASSWORD, Stage};

const NEW: &str = "kettle orbit plum";

#[tokio::test]
async fn a_forgotten_password_is_reset_by_the_mailed_link_once() {
    let stage = Stage::new().await;
    let elsewhere = stage.browser();
    elsewhere.sign_in(MIRA, PASSWORD).await;
    let browser = stage.browser();
    browser
        .post("/forgot-password", &[("email", " Mira@Acme.example ")])
        .await;
    let link = stage.mailed_link("/reset-password").await;
    // Opening it uses nothing up: mail scanners do.
    browser.get(&link).await;
    let page = browser.get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(MIRA));
    let token = page.input("token");
    let weak = browser
        .post("/reset-password", &[("token", &token), ("new", "short")])
        .await;
    assert!(weak.text.contains("UL-1014"));
    let form = [("token", token.as_str()), ("new", NEW)];
    let page = browser.post("/reset-password", &form).await;
    assert_eq!(page.location(), "/sign-in?after=reset");
    assert!(
        !browser.has_cookie("__Host-ul-session"),
        "it asks to sign in"
    );
    let page = browser.post("/reset-password", &form).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert_eq!(browser.get(&link).await.status, StatusCode::GONE);
    let page = elsewhere.get("/account").await;
    assert_eq!(
        page.status,
        StatusCode::SEE_OTHER,
        "other sessions have ended"
    );
    let page = browser.sign_in(MIRA, NEW).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_invited_person_chooses_name_and_password_once() {
    let stage = Stage::new().await;
    let ana = Person {
        email: "ana@acme.example".to_owned(),
        name: None,
        role: Role::Agent,
    };
    invitations::invite(&stage.app, &stage.acme, ana)
        .await
        .unwrap();
    let link = stage.mailed_link("/invitation").await;
    let browser = stage.browser();
    let page = browser.get(&link).await;
    assert!(page.text.contains("Join Acme"), "{}", page.text);
    let token = page.input("token");
    let page = browser
        .post(
            "/invitation",
            &[("token", &token), ("name", " "), ("new", "x")],
        )
        .await;
    assert!(page.text.contains("href=\"#name\"") && page.text.contains("href=\"#new\""));
    let form = [
        ("token", token.as_str()),
        ("name", "Ana Duarte"),
        ("new", NEW),
    ];
    let page = browser.post("/invitation", &form).await;
    assert_eq!(page.location(), "/sign-in?after=invitation");
    browser.sign_in("ana@acme.example", NEW).await;
    let page = browser.get("/account").await;
    assert!(page.text.contains("Ana Duarte") && page.text.contains("Agent"));
    assert_eq!(
        browser.post("/invitation", &form).await.status,
        StatusCode::GONE
    );
    let audit = stage.audit().await;
    assert!(audit.contains(&"user.invited".to_owned()));
    assert!(audit.contains(&"invitation.accepted".to_owned()));
}

#[tokio::test]
async fn a_link_for_one_thing_is_good_for_no_other() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    browser.post("/forgot-password", &[("email", MIRA)]).await;
    let link = stage.mailed_link("/reset-password").await;
    let swapped = link.replace("/reset-password", "/invitation");
    assert_eq!(browser.get(&swapped).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_disabled_person_cannot_use_a_reset_link() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    browser.post("/forgot-password", &[("email", MIRA)]).await;
    let link = stage.mailed_link("/reset-password").await;
    users::disable(&stage.app, MIRA).await.unwrap();
    assert_eq!(browser.get(&link).await.status, StatusCode::GONE);
}
