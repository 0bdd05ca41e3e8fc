//! The desktop app: signs in by the browser, outlives a restart, signs out in the tray.

use stage::{Album, Browser, MIRA, SAM, Scene, signed_in_as};

use crate::transcript::Transcript;

/// Takes it.
pub async fn journey(album: &Album, transcript: &mut Transcript) {
    let scene = Scene::set().await;
    let issuer = scene.service.issuer();
    transcript.say(&format!(
        "A desktop with its own display, bus and keychain; the service is at {issuer}."
    ));

    let browser = Browser::open(&scene.desk, &scene.service.at("/account")).await;
    let account = browser.find_path("/sign-in").await;
    browser.sign_in(SAM).await;
    browser.arrives_at("/account").await;
    browser.page().shows(SAM.name).await;
    album.window("browser-session", browser.page()).await;
    transcript.say("Sam is signed in in the browser. That is a session of its own.");
    browser.detach().await;

    let app = scene.open_app().await;
    app.window().shows("Sign in to Workspace").await;
    album.app("signed-out", &scene.desk).await;
    transcript.say("The app is open. Nobody is signed in in it.");

    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    browser.page().shows("Workspace desktop app on ").await;
    album.window("sign-in-page", browser.page()).await;
    app.window().shows("Finish in your browser").await;
    album.app("waiting", &scene.desk).await;
    transcript
        .say("It has opened the browser, which asks for a sign-in in spite of Sam's session.");

    browser.sign_in(MIRA).await;
    app.window().shows(&signed_in_as(MIRA)).await;
    browser.find_path("/signed-in").await;
    album.window("last-page", browser.page()).await;
    album.app("signed-in", &scene.desk).await;
    scene.tray.shows(MIRA.name).await;
    scene.keychain_has(1).await;
    album.display("everything", &scene.desk).await;
    transcript.say("Mira has signed in there; a deep link came back, and the app shows her name.");
    transcript.say(&menu(&scene).await);

    app.quit().await;
    transcript.say("The app was ended.");
    let app = scene.open_app().await;
    app.window().shows(&signed_in_as(MIRA)).await;
    album.app("after-restart", &scene.desk).await;
    transcript.say("It was opened again: Mira is still signed in, without a browser.");

    scene.tray.press("Sign out").await;
    scene.tray.shows("Signed out").await;
    app.window().shows("Sign in to Workspace").await;
    scene.keychain_has(0).await;
    album.app("signed-out-again", &scene.desk).await;
    transcript.say("She signed out in the tray. The keychain is empty.");
    transcript.say(&menu(&scene).await);

    browser.go_to(&account).await;
    browser.visit(&scene.service.at("/account/sessions")).await;
    browser.page().shows("This browser").await;
    let page = browser.page().text().await;
    assert!(
        !page.contains("Workspace desktop app,"),
        "the desktop session has ended:\n{page}"
    );
    album.window("browser-untouched", browser.page()).await;
    transcript.say("Sam's session in the browser is as it was.");
}

async fn menu(scene: &Scene) -> String {
    let labels: Vec<String> = scene
        .tray
        .menu()
        .await
        .unwrap_or_default()
        .into_iter()
        .map(|entry| entry.label)
        .filter(|label| !label.is_empty())
        .collect();
    format!("Tray: {}", labels.join(" | "))
}
