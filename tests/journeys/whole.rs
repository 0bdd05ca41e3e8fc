//! The whole journey: what a person does on the first day.

use std::time::Duration;

use stage::{Browser, MIRA, SAM, Scene, signed_in_as};

#[tokio::test]
async fn a_person_signs_in_by_the_browser_stays_signed_in_over_a_restart_and_signs_out_in_the_tray()
{
    let mut scene = Scene::set().await;
    scene.options = scene.options.renewing_every(Duration::from_millis(800));

    // Somebody is signed in in the browser already: that session is nobody else's business.
    let browser = Browser::open(&scene.desk, &scene.service.at("/account")).await;
    let account = browser.find_path("/sign-in").await;
    browser.sign_in(SAM).await;
    browser.arrives_at("/account").await;
    browser.page().shows(SAM.name).await;
    browser.detach().await;

    let app = scene.open_app().await;
    app.window().shows("Sign in to Workspace").await;
    scene.tray.shows("Signed out").await;
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    browser.page().shows("Workspace desktop app on ").await;
    browser.sign_in(MIRA).await;
    app.window().shows(&signed_in_as(MIRA)).await;
    browser.find_path("/signed-in").await;
    browser.page().shows("You can close this page").await;
    scene.tray.shows(MIRA.name).await;
    scene.keychain_has(1).await;

    app.quit().await;
    let app = scene.open_app().await;
    app.window().shows(&signed_in_as(MIRA)).await;
    app.renews(2).await;
    scene.keychain_has(1).await;

    scene.tray.press("Sign out").await;
    scene.tray.shows("Signed out").await;
    app.window().shows("Sign in to Workspace").await;
    scene.keychain_has(0).await;

    browser.go_to(&account).await;
    browser.visit(&scene.service.at("/account/sessions")).await;
    browser.page().shows("This browser").await;
    assert_eq!(browser.address().await.path(), "/account/sessions");
    assert!(
        !browser
            .page()
            .text()
            .await
            .contains("Workspace desktop app,"),
        "the desktop session has ended"
    );
    browser.visit(&scene.service.at("/account")).await;
    browser.page().shows(SAM.name).await;
}
