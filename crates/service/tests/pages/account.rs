//! The account pages: sessions ended one by one or all at once, and the password changed.

use reqwest::StatusCode;
use service::{
    admin::users,
    sessions::{NewDesktop, start_desktop},
};
use session::{Authentication, Method, SessionId};
use store::{Device, Whereabouts};
use uuid::Uuid;

use crate::support::{Browser, MIRA, PASSWORD, Stage};

async fn signed_in(stage: &Stage) -> Browser {
    let browser = stage.browser();
    let page = browser.sign_in(MIRA, PASSWORD).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    browser
}

async fn is_signed_in(browser: &Browser) -> bool {
    browser.get("/account").await.status == StatusCode::OK
}

/// The session that the Sessions page calls this browser's.
async fn own_session(browser: &Browser) -> String {
    let page = browser.get("/account/sessions").await;
    let own = page.text.split("data-session=\"").nth(1).unwrap();
    assert!(own.contains("This browser"), "this browser comes first");
    own.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn account_pages_ask_to_sign_in_and_lead_back() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let page = browser.get("/account/sessions").await;
    assert_eq!(page.location(), "/sign-in?return_to=%2Faccount%2Fsessions");
    let page = browser.get(page.location()).await;
    assert_eq!(page.input("return_to"), "/account/sessions");
    assert!(page.text.contains("Sign in to your account"));
    assert!(page.text.contains(&stage.app.config.issuer_host()));
    let browser = signed_in(&stage).await;
    let page = browser.get("/sign-in").await;
    assert_eq!(page.location(), "/account");
    let page = browser.get("/account").await;
    for text in ["Mira Okafor", MIRA, "Acme", "Admin"] {
        assert!(page.text.contains(text), "{text}");
    }
}

#[tokio::test]
async fn a_person_ends_one_session_and_the_others_stay() {
    let stage = Stage::new().await;
    let (here, there, third) = (
        signed_in(&stage).await,
        signed_in(&stage).await,
        signed_in(&stage).await,
    );
    let id = own_session(&there).await;
    let page = here
        .post("/account/sessions/end", &[("session", &id)])
        .await;
    assert_eq!(page.location(), "/account/sessions?ended=1");
    assert!(!is_signed_in(&there).await);
    assert!(is_signed_in(&here).await && is_signed_in(&third).await);
    let page = here.get(page.location()).await;
    assert!(page.text.contains("One session has ended."));
    assert!(!page.text.contains(&id));
}

/// Signs the desktop app in, without its sign-in page.
async fn desktop(stage: &Stage) -> SessionId {
    let id = SessionId(Uuid::now_v7());
    let user = stage
        .app
        .store
        .users()
        .with_email(MIRA)
        .await
        .unwrap()
        .unwrap();
    let new = NewDesktop {
        id,
        user: &user,
        authentication: Authentication {
            methods: [Method::Password].into(),
            at: stage.app.clock.now(),
        },
        client_id: "workspace-desktop",
        device: Device {
            name: "Mira's laptop".to_owned(),
            platform: "macOS".to_owned(),
            agent: "Workspace 0.1.0".to_owned(),
        },
        whereabouts: Whereabouts {
            address: "203.0.113.9".to_owned(),
            place: Some("Lisbon, Portugal".to_owned()),
        },
        key_thumbprint: None,
    };
    assert!(start_desktop(&stage.app, new).await.unwrap().is_some());
    id
}

async fn is_live(stage: &Stage, id: SessionId) -> bool {
    let record = stage.app.store.sessions().get(id).await.unwrap();
    record.unwrap().session.is_live()
}

#[tokio::test]
async fn the_desktop_app_is_shown_and_ends_only_when_it_is_chosen() {
    let stage = Stage::new().await;
    let id = desktop(&stage).await;
    let browser = signed_in(&stage).await;
    let page = browser.get("/account/sessions").await;
    for text in [
        "Mira&#39;s laptop",
        "Workspace desktop app · macOS · Lisbon, Portugal · 203.0.113.9",
        "Chrome on Linux",
        "just now",
    ] {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }
    browser.post("/account/sign-out", &[]).await;
    assert!(
        is_live(&stage, id).await,
        "a browser sign-out leaves the desktop app"
    );
    let browser = signed_in(&stage).await;
    let form = [("session", id.to_string())];
    let form: Vec<(&str, &str)> = form.iter().map(|(key, id)| (*key, id.as_str())).collect();
    let page = browser.post("/account/sessions/end", &form).await;
    assert_eq!(page.location(), "/account/sessions?ended=1");
    assert!(!is_live(&stage, id).await);
    assert!(is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_disabled_person_is_out_and_comes_back_when_enabled() {
    let stage = Stage::new().await;
    let browser = signed_in(&stage).await;
    let desktop = desktop(&stage).await;
    let ended = users::disable(&stage.app, MIRA).await.unwrap();
    assert_eq!(ended, 2);
    assert!(!is_signed_in(&browser).await && !is_live(&stage, desktop).await);
    let page = browser.sign_in(MIRA, PASSWORD).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    users::enable(&stage.app, MIRA).await.unwrap();
    assert!(!is_live(&stage, desktop).await, "an end is final");
    let browser = signed_in(&stage).await;
    let ended = users::end_sessions_of_all(&stage.app, &stage.acme).await;
    assert_eq!(ended.unwrap(), 1);
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn nobody_ends_the_sessions_of_somebody_else() {
    let stage = Stage::new().await;
    let person = users::Person {
        email: "sam@acme.example".to_owned(),
        name: Some("Sam Lindqvist".to_owned()),
        role: store::Role::Supervisor,
    };
    let password = "kettle orbit plum".into();
    users::add(&stage.app, &stage.acme, person, Some(password))
        .await
        .unwrap();
    let mira = signed_in(&stage).await;
    let sam = stage.browser();
    sam.sign_in("sam@acme.example", "kettle orbit plum").await;
    let id = own_session(&mira).await;
    let page = sam.post("/account/sessions/end", &[("session", &id)]).await;
    assert_eq!(page.location(), "/account/sessions?ended=0");
    assert!(is_signed_in(&mira).await);
}

#[tokio::test]
async fn ending_all_others_keeps_this_browser() {
    let stage = Stage::new().await;
    let (here, there) = (signed_in(&stage).await, signed_in(&stage).await);
    here.post("/account/sessions/end-others", &[]).await;
    assert!(is_signed_in(&here).await);
    assert!(!is_signed_in(&there).await);
}

#[tokio::test]
async fn signing_out_everywhere_ends_this_browser_too() {
    let stage = Stage::new().await;
    let (here, there) = (signed_in(&stage).await, signed_in(&stage).await);
    let page = here.post("/account/sessions/end-all", &[]).await;
    assert_eq!(page.location(), "/signed-out?everywhere=1");
    assert!(!here.has_cookie("__Host-ul-session"));
    assert!(!is_signed_in(&here).await && !is_signed_in(&there).await);
}

#[tokio::test]
async fn signing_out_here_leaves_other_browsers_signed_in() {
    let stage = Stage::new().await;
    let (here, there) = (signed_in(&stage).await, signed_in(&stage).await);
    let page = here.post("/account/sign-out", &[]).await;
    assert_eq!(page.location(), "/signed-out");
    assert!(!is_signed_in(&here).await);
    assert!(is_signed_in(&there).await);
}

#[tokio::test]
async fn a_changed_password_signs_out_everything_but_this_browser() {
    let stage = Stage::new().await;
    let (here, there) = (signed_in(&stage).await, signed_in(&stage).await);
    let change = |current, new| {
        let here = here.clone();
        async move {
            let form = [("current", current), ("new", new)];
            here.post("/account/password", &form).await
        }
    };
    let page = change("wrong", "kettle orbit plum").await;
    assert!(page.text.contains("UL-1012"), "{}", page.text);
    for weak in ["short", "MiraOkafor2026", "password1234"] {
        let page = change(PASSWORD, weak).await;
        assert!(page.text.contains("UL-1014"), "{weak}: {}", page.text);
    }
    assert!(is_signed_in(&there).await, "nothing has changed so far");
    let page = change(PASSWORD, "kettle orbit plum").await;
    assert_eq!(page.location(), "/account?after=password");
    assert!(is_signed_in(&here).await);
    assert!(!is_signed_in(&there).await);
    let page = stage.browser().sign_in(MIRA, PASSWORD).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = stage.browser().sign_in(MIRA, "kettle orbit plum").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let audit = stage.audit().await;
    for action in ["password.changed", "password.refused", "sign_in.succeeded"] {
        assert!(audit.iter().any(|it| it == action), "{action}: {audit:?}");
    }
}
