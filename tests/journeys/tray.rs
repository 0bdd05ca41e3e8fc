//! The app without its window: in the tray.

use stage::{App, Desk, LIMIT, MIRA, SAM, Scene, until};

/// Whether a page of the app is alive anywhere.
fn has_a_page(desk: &Desk) -> bool {
    desk.processes()
        .iter()
        // The kernel cuts names after fifteen letters.
        .any(|(_, name)| name == "WebKitWebProces")
}

#[tokio::test]
async fn closing_the_window_leaves_the_app_in_the_tray_and_nothing_of_the_page() {
    let scene = Scene::set().await;
    let app = App::launch(&scene.desk, &scene.options);
    until("the window's page", LIMIT, async || {
        has_a_page(&scene.desk).then_some(())
    })
    .await;
    scene.sign_in_from_tray(&app, MIRA).await;
    until("the window to take its leave", LIMIT, async || {
        // There may be no window yet.
        let mut close = scene.desk.command("wmctrl");
        let _ = close.args(["-c", "Workspace"]).output();
        (!has_a_page(&scene.desk)).then_some(())
    })
    .await;
    scene.tray.shows(MIRA.name).await;
    scene.tray.press("Open Workspace").await;
    until("the window's page again", LIMIT, async || {
        has_a_page(&scene.desk).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_tray_offers_everything_and_quits_without_signing_out() {
    let scene = Scene::set().await;
    let mut app = scene.start_app();
    let browser = scene.sign_in_from_tray(&app, SAM).await;
    for label in ["Open Workspace", "Sessions & devices", "Sign out", "Quit"] {
        scene.tray.shows(label).await;
    }
    scene.tray.press("Sessions & devices").await;
    browser
        .find("the sessions page, which asks who it is", |url| {
            url.as_str().contains("sessions") || url.path() == "/sign-in"
        })
        .await;
    scene.tray.press("Quit").await;
    app.program().end(LIMIT).await;
    scene.keychain_has(1).await;
    let _app = scene.start_app();
    scene.tray.shows(SAM.name).await;
}

#[tokio::test]
async fn no_secret_reaches_window_or_log() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    scene.sign_in(&app, MIRA).await;
    let record = scene.keychain.records().await.remove(0);
    let record: serde_json::Value = serde_json::from_slice(&record.secret).expect("a record");
    let page = app.window().client().source().await.expect("the page");
    let memory = app
        .window()
        .script("return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
        .await
        .to_string();
    for name in ["refresh_token", "key"] {
        let secret = record[name].as_str().expect("a secret in the record");
        for (place, text) in [("page", &page), ("storage", &memory), ("log", &app.log())] {
            assert!(!text.contains(secret), "{name} is in the {place}");
        }
    }
    for log in [app.log(), scene.service.log()] {
        for token in ["ulr1.", "eyJ", MIRA.password] {
            assert!(!log.contains(token), "{token} in the log:\n{log}");
        }
    }
}
