//! The stage itself: what the other tests lean on.

use stage::{Browser, Desk, Keychain, Tray, Weather, WeatherStation};

#[tokio::test]
async fn a_desk_has_a_browser_a_keychain_and_a_tray() {
    for _ in 0..2 {
        let desk = Desk::set_up().await;
        let _tray = Tray::on(&desk).await;
        let (listener, port) = WeatherStation::listener().await;
        let weather = WeatherStation::before(listener, 0);
        weather.set(Weather::Page);
        let browser = Browser::open(&desk, &format!("http://cafe.localhost:{port}/")).await;
        browser.find_path("/").await;
        browser.page().shows("Free Wi-Fi").await;
        let keychain = Keychain::of(&desk, "stage").await;
        assert_eq!(keychain.records().await.len(), 0);
        stage::output(
            desk.command("secret-tool").args([
                "store",
                "--label=x",
                "service",
                "stage",
                "username",
                "y",
            ]),
            b"secret",
        );
        let records = keychain.records().await;
        assert_eq!(records[0].secret, b"secret");
        keychain.overwrite(&records[0], b"other").await;
        assert_eq!(keychain.records().await[0].secret, b"other");
        keychain.lock().await;
        assert_eq!(keychain.records().await.len(), 0);
        keychain.unlock().await;
        assert_eq!(keychain.records().await.len(), 1);
        browser.detach().await;
    }
}
