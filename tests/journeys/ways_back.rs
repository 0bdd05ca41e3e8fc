//! Ways from the browser back to the app, and what happens when there is none.

use stage::{ANA, Browser, LIMIT, MIRA, Scene, signed_in_as, until};

#[tokio::test]
async fn the_loopback_way_signs_in_without_the_scheme() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    app.window()
        .press("The browser did not open, or did not come back?")
        .await;
    app.window().press("Try another way").await;
    let abandoned = browser.address().await;
    browser
        .find("a second sign-in page", |url| {
            url.path() == "/sign-in" && *url != abandoned
        })
        .await;
    browser.sign_in(MIRA).await;
    browser
        .find("the app's own last page", |url| {
            url.host_str() == Some("127.0.0.1")
        })
        .await;
    app.window().shows(&signed_in_as(MIRA)).await;
}

#[tokio::test]
async fn the_code_on_the_last_page_can_be_pasted() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    // The browser does not know the app: the link goes nowhere.
    scene.forget_the_scheme();
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    scene.forget_the_scheme();
    browser.sign_in(ANA).await;
    browser.find_path("/signed-in").await;
    browser.page().press("The app does not open?").await;
    let code = browser.page().element("#code").await;
    let code = code.prop("value").await.expect("the code's field");
    let code = code.expect("a code");
    app.window()
        .press("The browser did not open, or did not come back?")
        .await;
    app.window().fill("form input:not([readonly])", &code).await;
    app.window().press("Use code").await;
    app.window().shows(&signed_in_as(ANA)).await;
}

#[tokio::test]
async fn a_second_launch_hands_its_link_over_and_leaves() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    app.window().shows("Sign in to Workspace").await;
    scene
        .hand_over(&Scene::callback(&[("code", "x"), ("state", "y")]))
        .await;
    app.window().shows("UL-20").await;
    app.window().shows("Sign in to Workspace").await;
}

#[tokio::test]
async fn a_browser_closed_half_way_costs_nothing_but_another_click() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    browser.close_page(&scene.desk).await;
    app.window().shows("Finish in your browser").await;
    app.window().press("Open the browser again").await;
    let browser = Browser::attach(&scene.desk).await;
    browser.find_path("/sign-in").await;
    browser.sign_in(MIRA).await;
    app.window().shows(&signed_in_as(MIRA)).await;
}

#[tokio::test]
async fn a_cancelled_sign_in_is_over_on_both_sides() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    app.window().press("Cancel").await;
    app.window().shows("Sign in to Workspace").await;
    // The page still stands in the browser; signing in there comes too late and signs nobody in.
    browser.sign_in(MIRA).await;
    browser.find_path("/signed-in").await;
    app.window().shows("UL-20").await;
    app.window().shows("Sign in to Workspace").await;
    scene.keychain_has(0).await;

    app.window().press("Sign in with your browser").await;
    let browser2 = Browser::attach(&scene.desk).await;
    browser2.find_path("/sign-in").await;
    browser2.page().press("Cancel").await;
    app.window().shows("Sign in to Workspace").await;
    scene.keychain_has(0).await;
}

#[tokio::test]
async fn a_sign_in_started_twice_is_one_sign_in() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    app.window().press("Open the browser again").await;
    until("a second page", LIMIT, async || {
        let handles = browser.page().client().windows().await.ok()?;
        (handles.len() >= 2).then_some(())
    })
    .await;
    browser.find_path("/sign-in").await;
    browser.sign_in(MIRA).await;
    app.window().shows(&signed_in_as(MIRA)).await;
    scene.keychain_has(1).await;
}
