//! What the app shows of the person's other sessions, and what it opens in the browser.

use stage::{ANA, Browser, MIRA, Person, Scene};

/// Signs the browser in at the account page, in a tab of its own.
async fn sign_in_the_browser(scene: &Scene, browser: &Browser, person: Person) {
    browser.new_tab().await;
    browser.visit(&scene.service.at("/account")).await;
    browser.arrives_at("/sign-in").await;
    browser.sign_in(person).await;
    browser.arrives_at("/account").await;
}

#[tokio::test]
async fn the_app_lists_where_else_one_is_signed_in_and_tells_of_a_browser_sign_out() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    let browser = scene.sign_in(&app, MIRA).await;
    app.window()
        .shows("Nowhere else. This app is your only session.")
        .await;

    sign_in_the_browser(&scene, &browser, MIRA).await;
    app.window().shows(" on Linux\nBrowser").await;

    browser.page().press("Sign out").await;
    browser.arrives_at("/signed-out").await;
    app.window()
        .shows("You signed out of the browser at ")
        .await;
    app.window().shows("This app stays signed in.").await;
    app.window().shows("on the account page").await;
    app.window()
        .shows("Nowhere else. This app is your only session.")
        .await;
}

#[tokio::test]
async fn a_page_that_the_app_opens_is_handed_no_session() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    let browser = scene.sign_in(&app, MIRA).await;
    browser.new_tab().await;
    // The browser has no session, so whatever is opened asks who it is.
    for page in ["Workspace on the web", "Dashboard", "Sessions & devices"] {
        app.window().press(page).await;
        browser.find_path("/sign-in").await;
        browser.close_tab().await;
    }
}

#[tokio::test]
async fn an_agent_is_not_offered_the_dashboard() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    scene.sign_in(&app, ANA).await;
    app.window().shows("Workspace on the web").await;
    app.window()
        .shows("Nowhere else. This app is your only session.")
        .await;
    let text = app.window().text().await;
    assert!(!text.contains("Dashboard"), "{text}");
}
