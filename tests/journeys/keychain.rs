//! A keychain that is locked, holds rubbish or holds what somebody put there.

use std::time::Duration;

use stage::{LONG, MIRA, SCHEME, Scene, signed_in_as};

/// Signed in, quit, with this in the keychain.
async fn signed_in_and_quit() -> Scene {
    let mut scene = Scene::set().await;
    scene.options = scene.options.renewing_every(Duration::from_millis(400));
    let app = scene.start_app();
    scene.sign_in_from_tray(&app, MIRA).await;
    app.quit().await;
    scene
}

#[tokio::test]
async fn a_locked_keychain_is_waited_for_and_signs_nobody_out() {
    let scene = signed_in_and_quit().await;
    scene.keychain.lock().await;
    let app = scene.open_app().await;
    app.window()
        .shows("Workspace cannot reach the keychain")
        .await;
    app.window().shows("You have not been signed out").await;
    scene.unlock_keychain().await;
    scene.keychain_has(1).await;
    app.window().press("Try again").await;
    app.window().shows(&signed_in_as(MIRA)).await;
    app.renews(1).await;
}

#[tokio::test]
async fn a_keychain_locked_meanwhile_costs_no_session() {
    let scene = signed_in_and_quit().await;
    let app = scene.start_app();
    app.renews(1).await;
    scene.keychain.lock().await;
    scene.tray.shows_within("Keychain unavailable", LONG).await;
    scene.unlock_keychain().await;
    scene.tray.press("Try again").await;
    scene.tray.shows(MIRA.name).await;
    app.renews(2).await;
}

#[tokio::test]
async fn a_damaged_record_and_one_of_a_newer_version_are_left_alone_until_the_person_decides() {
    let scene = signed_in_and_quit().await;
    let record = scene.keychain.records().await.remove(0);
    for (secret, code) in [
        (b"{ damaged".to_vec(), "UL-2104"),
        (
            br#"{"version":99,"more":"than we know"}"#.to_vec(),
            "UL-2105",
        ),
    ] {
        scene.keychain.overwrite(&record, &secret).await;
        let app = scene.open_app().await;
        app.window().shows(code).await;
        assert_eq!(scene.keychain.records().await[0].secret, secret);
        app.quit().await;
    }
    // A sign-in replaces what nobody can read.
    scene.keychain.overwrite(&record, b"{ damaged").await;
    let app = scene.open_app().await;
    app.window().press("Sign in again").await;
    let browser = scene.sign_in_page().await;
    browser.sign_in(MIRA).await;
    app.window().shows(&signed_in_as(MIRA)).await;
    scene.keychain_has(1).await;
}

#[tokio::test]
async fn a_copied_record_is_found_out_as_soon_as_both_are_used() {
    let scene = signed_in_and_quit().await;
    let copy = scene.keychain.records().await.remove(0);
    let app = scene.start_app();
    app.renews(3).await;
    app.quit().await;
    let newest = scene.keychain.records().await.remove(0);
    assert_ne!(newest.secret, copy.secret);

    // Whoever has the copy presents what was spent meanwhile.
    scene.keychain.overwrite(&newest, &copy.secret).await;
    let thief = scene.open_app().await;
    thief
        .window()
        .shows("An old copy of this session was used")
        .await;
    scene.keychain_has(0).await;
    thief.quit().await;

    // The session is over for both, whoever was right.
    scene.keychain.copy_here(&newest).await;
    let app = scene.open_app().await;
    app.window().shows("You were signed out").await;
    scene.keychain_has(0).await;
}

#[tokio::test]
async fn a_record_removed_by_its_owner_ends_the_session_here() {
    let scene = signed_in_and_quit().await;
    let app = scene.start_app();
    app.renews(1).await;
    let record = scene.keychain.records().await.remove(0);
    scene.keychain.remove(&record).await;
    scene.tray.shows("You were signed out").await;
    scene.keychain_has(0).await;
}

#[tokio::test]
async fn a_second_start_is_not_a_second_app() {
    let scene = signed_in_and_quit().await;
    let app = scene.start_app();
    app.renews(1).await;
    let mut options = scene.options.clone();
    options.words.push("--minimized".into());
    let (success, _) = stage::run_to_end(&scene.desk, &options).await;
    assert!(success, "the second start leaves at once");
    app.renews(2).await;
    scene.tray.shows(MIRA.name).await;
}

#[tokio::test]
async fn two_apps_on_one_record_share_its_session_and_lose_nothing() {
    let scene = signed_in_and_quit().await;
    // Neither process can find the other one.
    let name = format!("{SCHEME}.SingleInstance");
    scene.desk.forbid_name(&name).await;
    let first = scene.start_app();
    first.renews(1).await;
    let second = scene.start_second_app();
    second.renews(3).await;
    first.renews(3).await;
    for app in [&first, &second] {
        app.is("SignedIn").await;
        app.never_lost();
    }
    scene.keychain_has(1).await;
}

#[tokio::test]
async fn without_a_keychain_the_app_says_so_and_signs_nobody_in_without_one() {
    let mut scene = Scene::set().await;
    let usual = scene.options.clone();
    scene.options = usual
        .clone()
        .with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    let app = scene.open_app().await;
    app.window().shows("UL-2102").await;
    app.window().shows("You have not been signed out").await;
    app.quit().await;
    scene.options = usual;
    let app = scene.open_app().await;
    app.window().shows("Sign in to Workspace").await;
}
