//! Desktop session and browser session have nothing to do with each other, but where a person
//! says so.

use std::time::Duration;

use stage::{Browser, MIRA, Scene, signed_in_as};

#[tokio::test]
async fn signing_in_on_the_desktop_leaves_no_browser_session() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    let browser = scene.sign_in(&app, MIRA).await;
    browser.new_tab().await;
    browser.visit(&scene.service.at("/account")).await;
    browser.arrives_at("/sign-in").await;
}

#[tokio::test]
async fn a_browser_session_neither_signs_the_desktop_in_nor_ends_it() {
    let mut scene = Scene::set().await;
    scene.options = scene.options.renewing_every(Duration::from_millis(800));
    let browser = Browser::open(&scene.desk, &scene.service.at("/account")).await;
    let account = browser.find_path("/sign-in").await;
    browser.sign_in(MIRA).await;
    browser.arrives_at("/account").await;

    let app = scene.open_app().await;
    app.window().press("Sign in with your browser").await;
    browser
        .find("a sign-in page of its own", |url| {
            url.path() == "/sign-in" && url.query().is_some_and(|query| query.contains("attempt="))
        })
        .await;
    browser.page().shows("Workspace desktop app on ").await;
    browser.sign_in(MIRA).await;
    app.window().shows(&signed_in_as(MIRA)).await;

    browser.go_to(&account).await;
    browser.visit(&scene.service.at("/account")).await;
    browser.page().press("Sign out").await;
    browser.arrives_at("/signed-out").await;
    app.renews(2).await;
    app.window().shows(&signed_in_as(MIRA)).await;
}

#[tokio::test]
async fn ending_the_desktop_session_on_the_sessions_page_ends_it_in_the_app_at_once() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    let browser = scene.sign_in(&app, MIRA).await;
    browser.new_tab().await;
    browser.visit(&scene.service.at("/account/sessions")).await;
    browser.arrives_at("/sign-in").await;
    browser.sign_in(MIRA).await;
    browser.arrives_at("/account/sessions").await;
    browser.page().shows("Workspace desktop app").await;
    browser.page().press("End the session on ").await;
    // Renewals are minutes away: only the bridge can tell so soon.
    app.window()
        .shows_within("You were signed out", Duration::from_secs(3))
        .await;
    app.window()
        .shows("You ended this session from your list of sessions.")
        .await;
    scene.keychain_has(0).await;
}

#[tokio::test]
async fn signing_out_everywhere_reaches_the_desktop_and_a_changed_password_too() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    let browser = scene.sign_in(&app, MIRA).await;
    browser.new_tab().await;
    browser.visit(&scene.service.at("/account/password")).await;
    browser.arrives_at("/sign-in").await;
    browser.sign_in(MIRA).await;
    browser.arrives_at("/account/password").await;
    let page = browser.page();
    let new = "a quite different set of words 9";
    page.fill("input[name=current]", MIRA.password).await;
    page.fill("input[name=new]", new).await;
    page.press("Save the new password").await;
    app.window()
        .shows("Your password was changed, so every other session ended.")
        .await;

    app.window().press("Sign in again").await;
    browser
        .find("the sign-in page", |url| {
            url.query().is_some_and(|query| query.contains("attempt="))
        })
        .await;
    let changed = stage::Person {
        password: new,
        ..MIRA
    };
    browser.sign_in(changed).await;
    app.window().shows(&signed_in_as(MIRA)).await;
    browser.new_tab().await;
    browser.visit(&scene.service.at("/account/sessions")).await;
    browser.page().press("Sign out everywhere").await;
    app.window().shows("You signed out everywhere.").await;
    scene.keychain_has(0).await;
}
