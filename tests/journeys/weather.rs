//! A service that is down, slow or wrong, and everything between: the session outlives it.

use std::time::Duration;

use stage::{
    Desk, LIMIT, MIRA, Scene, Service, ServiceOptions, Weather, WeatherStation, signed_in_as, until,
};

/// A scene whose service can have bad weather in front of it.
async fn scene() -> (Scene, WeatherStation) {
    let desk = Desk::set_up().await;
    let (listener, port) = WeatherStation::listener().await;
    let service = Service::with(ServiceOptions {
        public_port: Some(port),
        ..ServiceOptions::default()
    })
    .await;
    let weather = WeatherStation::before(listener, service.port());
    let mut scene = Scene::around(desk, service).await;
    scene.options = scene.options.renewing_every(Duration::from_millis(400));
    (scene, weather)
}

const BAD: [Weather; 5] = [
    Weather::Status(500),
    Weather::Status(503),
    Weather::Page,
    Weather::Rubbish,
    Weather::LoseAnswer,
];

#[tokio::test]
async fn a_session_outlives_a_service_that_answers_errors_pages_or_rubbish() {
    let (scene, weather) = scene().await;
    let app = scene.start_app();
    scene.sign_in_from_tray(&app, MIRA).await;
    for bad in BAD {
        weather.set(bad);
        scene.tray.shows("offline").await;
        scene.keychain_has(1).await;
        weather.set(Weather::Fair);
        scene.tray.shows("signed in").await;
        app.renews(1).await;
    }
    weather.set(Weather::Slow(Duration::from_secs(2)));
    app.renews(1).await;
}

#[tokio::test]
async fn a_sign_in_at_a_service_that_is_unwell_says_so_and_works_afterwards() {
    let (mut scene, weather) = scene().await;
    let app = scene.open_app().await;
    for bad in [Weather::Status(500), Weather::Page, Weather::Rubbish] {
        weather.set(bad);
        app.window().press("Sign in with your browser").await;
        app.window().shows("Code UL-20").await;
        app.window().shows("Sign in to Workspace").await;
        app.window().press("Dismiss").await;
    }
    weather.set(Weather::Fair);
    scene.service.stop().await;
    app.window().press("Sign in with your browser").await;
    app.window().shows("Code UL-20").await;
    scene.service.run(None).await;
    scene.sign_in(&app, MIRA).await;
}

#[tokio::test]
async fn the_app_opens_signed_in_while_the_service_is_down() {
    let (mut scene, _weather) = scene().await;
    let app = scene.start_app();
    scene.sign_in_from_tray(&app, MIRA).await;
    app.quit().await;
    scene.service.stop().await;
    let app = scene.open_app().await;
    app.window().shows(&signed_in_as(MIRA)).await;
    app.window().shows("You stay signed in").await;
    scene.service.run(None).await;
    app.window().press("Try now").await;
    until("the app to be online", LIMIT, async || {
        (!app.window().text().await.contains("You stay signed in")).then_some(())
    })
    .await;
    app.renews(1).await;
}

#[tokio::test]
async fn a_sign_out_while_offline_reaches_the_service_after_a_restart() {
    let (mut scene, _weather) = scene().await;
    let app = scene.start_app();
    let browser = scene.sign_in_from_tray(&app, MIRA).await;
    scene.service.stop().await;
    scene.tray.press("Sign out").await;
    scene.tray.shows("Signed out").await;
    app.quit().await;

    let app = scene.open_app().await;
    app.window().shows("Sign in to Workspace").await;
    app.window().shows("You signed out while").await;
    scene.service.run(None).await;
    until("the service to be told", 3 * LIMIT, async || {
        (!app.window().text().await.contains("You signed out while")).then_some(())
    })
    .await;
    scene.keychain_has(0).await;
    browser.new_tab().await;
    browser.visit(&scene.service.at("/account/sessions")).await;
    browser.arrives_at("/sign-in").await;
    browser.sign_in(MIRA).await;
    browser.page().shows("This browser").await;
    assert!(
        !browser
            .page()
            .text()
            .await
            .contains("Workspace desktop app,"),
        "the desktop session has ended at the service"
    );
}

#[tokio::test]
async fn a_full_disk_at_the_service_delays_renewals_and_loses_nothing() {
    let (mut scene, _weather) = scene().await;
    let app = scene.start_app();
    scene.sign_in_from_tray(&app, MIRA).await;
    scene.service.stop().await;
    // Every commit of the first dozen fails.
    scene.service.run(Some("store.disk_full=fail@1")).await;
    app.renews(2).await;
    scene.tray.shows(MIRA.name).await;
    scene.keychain_has(1).await;
}
