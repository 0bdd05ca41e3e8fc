//! Guessing passwords: slowed, stopped, and no wiser for it.

use reqwest::StatusCode;
use service::config::LimitsConfig;

use crate::support::{MIRA, PASSWORD, Stage};

fn limits(attempts: u32, failures: u32) -> LimitsConfig {
    LimitsConfig {
        attempts_per_address_per_minute: attempts,
        failures_before_lockout: failures,
        ..LimitsConfig::default()
    }
}

#[tokio::test]
async fn an_account_locks_after_wrong_passwords_even_for_the_right_one() {
    let stage = Stage::with_limits(limits(1000, 3)).await;
    let browser = stage.browser();
    for _ in 0..3 {
        let page = browser.sign_in(MIRA, "wrong").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = browser.sign_in(MIRA, PASSWORD).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.text.contains("UL-1013"), "{}", page.text);
    let seconds: u64 = page.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&seconds), "{seconds}");
    assert!(!browser.has_cookie("__Host-ul-session"));
    let audit = stage.audit().await;
    assert_eq!(audit[0], "sign_in.locked");
    assert_eq!(audit.iter().filter(|it| *it == "sign_in.failed").count(), 3);
}

#[tokio::test]
async fn one_address_is_slowed_whatever_accounts_it_tries() {
    let stage = Stage::with_limits(limits(4, 1000)).await;
    let browser = stage.browser();
    for number in 0..4 {
        let page = browser
            .sign_in(&format!("{number}@acme.example"), "wrong")
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = browser.sign_in(MIRA, PASSWORD).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.text.contains("UL-1006"), "{}", page.text);
    assert!(page.header("retry-after").parse::<u64>().unwrap() >= 1);
}

#[tokio::test]
async fn an_unknown_account_looks_and_locks_like_a_known_one() {
    let stage = Stage::with_limits(limits(1000, 2)).await;
    let known = stage.browser();
    let unknown = stage.browser();
    for _ in 0..3 {
        let one = known.sign_in(MIRA, "wrong").await;
        let two = unknown.sign_in("nobody@acme.example", "wrong").await;
        assert_eq!(one.status, two.status);
        let two = two.text.replace("nobody@acme.example", MIRA);
        assert_eq!(one.text, two);
    }
}

#[tokio::test]
async fn asking_for_a_reset_tells_nobody_whether_the_account_exists() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let one = browser.post("/forgot-password", &[("email", MIRA)]).await;
    let two = browser
        .post("/forgot-password", &[("email", "nobody@acme.example")])
        .await;
    assert_eq!(one.status, StatusCode::SEE_OTHER);
    assert_eq!((one.status, one.location()), (two.status, two.location()));
    // The known one gets a mail; by then the other has had time to, and has not.
    stage.mailed_link("/reset-password").await;
    stage.app.tasks.close();
    stage.app.tasks.wait().await;
    let mails = crate::support::mails(&stage.folder.path().join("mail"));
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("To: mira@acme.example"), "{}", mails[0]);
}

#[tokio::test]
async fn a_disabled_account_is_refused_in_the_same_words() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    let wrong = browser.sign_in(MIRA, "wrong").await;
    service::admin::users::disable(&stage.app, MIRA)
        .await
        .unwrap();
    let disabled = browser.sign_in(MIRA, PASSWORD).await;
    assert_eq!(wrong.status, disabled.status);
    assert_eq!(wrong.text, disabled.text);
}
