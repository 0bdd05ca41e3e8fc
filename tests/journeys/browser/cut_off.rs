//! No network between a tab and the service while the session ends.

use std::time::Duration;

use stage::{
    Cookies, Engine, Floor, LONG, MIRA, ServiceOptions, Shown, Surface, Weather, WeatherStation,
    client, until,
};

#[tokio::test]
async fn an_offline_tab_says_so_and_shows_the_sign_out_as_soon_as_it_is_back() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Dashboard, MIRA).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.browser.offline(true).await;
    floor.surfaces.page().shows("No connection").await;
    floor.surfaces.sign_out(Surface::Dashboard).await;
    floor
        .surfaces
        .is(Surface::Dashboard, &Shown::SignedOut)
        .await;

    floor.surfaces.go_to(Surface::Workspace).await;
    floor.surfaces.browser.offline(false).await;
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedOut)
        .await;
}

/// A floor whose network to the service can be spoilt.
async fn with_weather() -> (Floor, WeatherStation) {
    let (listener, port) = WeatherStation::listener().await;
    let options = ServiceOptions {
        public_port: Some(port),
        ..ServiceOptions::default()
    };
    let mut station = None;
    let floor = Floor::behind(Engine::Chromium, Cookies::Usual, options, |service| {
        station = Some(WeatherStation::before(listener, service.port()));
    })
    .await;
    (floor, station.expect("a proxy"))
}

#[tokio::test]
async fn a_tab_whose_stream_was_cut_for_long_hears_of_the_sign_out_when_it_can_ask_again() {
    let (mut floor, weather) = with_weather().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    let cookie = floor.surfaces.cookie("__Host-ul-surface").await;

    weather.set(Weather::Status(502));
    weather.cut();
    floor.surfaces.page().shows("No connection").await;
    // Long enough for its attempts to have become rare.
    let before = weather.requests();
    until("four attempts in vain", LONG, async || {
        (weather.requests() >= before + 4).then_some(())
    })
    .await;
    // Meanwhile the session ends, by a tab that can reach the service.
    let service = &floor.scene.service;
    let origin = service.origin("workspace");
    let answer = client()
        .post(format!(
            "http://127.0.0.1:{}/session/sign-out",
            service.port()
        ))
        .header("host", origin.trim_start_matches("http://"))
        .header("origin", &origin)
        .header("sec-fetch-site", "same-origin")
        .header("cookie", format!("__Host-ul-surface={cookie}"))
        .json(&serde_json::json!({ "when": null }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedIn)
        .await;

    weather.set(Weather::Fair);
    floor
        .surfaces
        .is_within(Surface::Workspace, &Shown::SignedOut, LONG)
        .await;
}

#[tokio::test]
async fn a_slow_answer_is_not_taken_for_a_sign_out() {
    let (mut floor, weather) = with_weather().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    weather.set(Weather::Slow(Duration::from_secs(7)));
    floor.surfaces.look_at(Surface::Workspace).await;
    floor
        .surfaces
        .page()
        .script("setTimeout(() => location.reload())")
        .await;
    floor
        .surfaces
        .page()
        .shows_within("Nothing has been signed out", LONG)
        .await;
    weather.set(Weather::Fair);
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedIn)
        .await;
}
