//! Back-channel logout on bad days: whoever is to be told is down, slow, elsewhere, or inside.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::SignedDuration;
use session::Cause;
use store::{Actor, Failing};

use crate::{
    backchannel::{MIRA, failing, verified, working},
    support::{Answers, Browser, Elsewhere, World, client, payload},
};

#[tokio::test]
async fn a_surface_that_was_down_is_told_later_and_an_admin_sees_it_meanwhile() {
    let world = World::new().await;
    let _working = working(&world);
    let mut reports = Elsewhere::new(&world, "reports", Answers::With(503)).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    reports.sign_in(&world, &browser).await;
    browser.post("/account/sign-out", &[]).await;
    let first = payload(&reports.told().await);
    let seen = failing(&world, "reports", |failing| failing.waiting == 1).await;
    assert_eq!(
        seen.last_error.as_deref(),
        Some("UL-1513: answered 503 instead of 200")
    );
    let pause = seen
        .next_try
        .unwrap()
        .duration_since(jiff::Timestamp::now());
    assert!(pause <= SignedDuration::from_secs(10), "{pause}");

    reports.answers(Answers::With(200));
    world.clock.forward(SignedDuration::from_mins(1));
    let second = verified(&world, &reports.told().await, "reports").await;
    assert_eq!(first["sid"], second["sid"]);
    assert_ne!(first["jti"], second["jti"], "each token is one of its own");
    failing(&world, "reports", |failing| *failing == Failing::default()).await;
}

#[tokio::test]
async fn a_surface_that_is_down_for_a_day_is_given_up_and_shown() {
    let world = World::new().await;
    let _working = working(&world);
    let mut reports = Elsewhere::new(&world, "reports", Answers::With(500)).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    reports.sign_in(&world, &browser).await;
    browser.post("/account/sign-out", &[]).await;
    reports.told().await;
    failing(&world, "reports", |failing| failing.waiting == 1).await;
    world.clock.forward(SignedDuration::from_hours(24));
    reports.told().await;
    let seen = failing(&world, "reports", |failing| failing.given_up == 1).await;
    assert_eq!((seen.waiting, seen.next_try), (0, None));
    // An admin who has mended it asks for it once more.
    reports.answers(Answers::With(200));
    let now = world.app.clock.now();
    let retried = world.app.store.deliveries().retry("reports", now).await;
    assert_eq!(retried.unwrap(), 1);
    reports.told().await;
    failing(&world, "reports", |failing| *failing == Failing::default()).await;
}

#[tokio::test]
async fn a_surface_that_does_not_answer_holds_up_no_other() {
    let world = World::new().await;
    let _working = working(&world);
    let mut slow = Elsewhere::new(&world, "slow", Answers::Never).await;
    let mut quick = Elsewhere::new(&world, "quick", Answers::With(200)).await;
    for _ in 0..12 {
        let browser = Browser::new(&world);
        browser.sign_in_here(MIRA).await;
        slow.sign_in(&world, &browser).await;
        quick.sign_in(&world, &browser).await;
    }
    let begun = Instant::now();
    let cause = Cause::Everywhere {
        user: world.user(MIRA).await.id,
    };
    let ends = service::sessions::end(&world.app, &cause, &Actor::Operator, None).await;
    assert_eq!(ends.unwrap().ended.len(), 12);
    for _ in 0..12 {
        quick.told().await;
    }
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
    slow.told().await;
    let seen = failing(&world, "slow", |failing| failing.waiting > 0).await;
    assert_eq!(
        seen.last_error.as_deref(),
        Some("UL-1511: no answer within 5 seconds")
    );
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_redirect_carries_the_token_nowhere() {
    let world = World::new().await;
    let _working = working(&world);
    let mut reports = Elsewhere::new(&world, "reports", Answers::WithRedirect).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    reports.sign_in(&world, &browser).await;
    browser.post("/account/sign-out", &[]).await;
    reports.told().await;
    let seen = failing(&world, "reports", |failing| failing.waiting == 1).await;
    let said = "UL-1512: answered with a redirect (307), which is not followed";
    assert_eq!(seen.last_error.as_deref(), Some(said));
    assert!(!reports.was_told(), "it was followed");
}

#[tokio::test]
async fn an_address_inside_our_network_is_not_called() {
    let world = World::new().await;
    let _working = working(&world);
    let reports = Elsewhere::new(&world, "reports", Answers::With(200)).await;
    let mira = world.user(MIRA).await;
    let inside = client(
        "reports",
        mira.organization,
        "https://169.254.169.254/logout",
    );
    world.app.store.clients().update(&inside).await.unwrap();
    let clients = &world.app.openid.clients;
    assert!(clients.reload(world.app.store.as_ref()).await.unwrap());
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    reports.sign_in(&world, &browser).await;
    browser.post("/account/sign-out", &[]).await;
    let seen = failing(&world, "reports", |failing| failing.waiting == 1).await;
    let said = "UL-1514: the address is not on the public internet";
    assert_eq!(seen.last_error.as_deref(), Some(said));
}

#[tokio::test]
async fn what_was_owed_when_the_service_was_killed_is_told_after_its_restart() {
    let world = World::new().await;
    let mut reports = Elsewhere::new(&world, "reports", Answers::With(200)).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    reports.sign_in(&world, &browser).await;
    // No worker runs: killed between the end and the word of it.
    browser.post("/account/sign-out", &[]).await;
    assert!(!reports.was_told());
    let again = World::on(Arc::clone(&world.folder)).await;
    let clients = &again.app.openid.clients;
    clients.reload(again.app.store.as_ref()).await.unwrap();
    let _working = working(&again);
    verified(&again, &reports.told().await, "reports").await;
}
