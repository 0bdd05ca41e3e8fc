//! What the app does on a command line: the doctor, and signing out without a window.

use stage::{AppOptions, MIRA, Scene, run_to_end};

/// The app's usual options with other words.
fn say(scene: &Scene, words: &[&str]) -> AppOptions {
    AppOptions {
        words: words.iter().map(|&word| word.to_owned()).collect(),
        ..scene.options.clone()
    }
}

#[tokio::test]
async fn the_doctor_finds_a_healthy_computer_healthy_and_says_what_is_wrong_with_another() {
    let mut scene = Scene::set().await;
    let _app = scene.start_app();
    scene.tray.shows("Signed out").await;
    let (healthy, said) = run_to_end(&scene.desk, &say(&scene, &["--doctor"])).await;
    assert!(healthy && !said.contains("UL-23"), "{said}");

    scene.service.stop().await;
    scene.forget_the_scheme();
    let (healthy, said) = run_to_end(&scene.desk, &say(&scene, &["--doctor", "--json"])).await;
    assert!(!healthy, "{said}");
    for code in ["UL-2301", "UL-2305"] {
        assert!(said.contains(code), "{code}:\n{said}");
    }
}

#[tokio::test]
async fn signing_out_on_the_command_line_works_with_a_running_app_and_without() {
    let scene = Scene::set().await;
    let app = scene.start_app();
    scene.sign_in_from_tray(&app, MIRA).await;
    let (success, said) = run_to_end(&scene.desk, &say(&scene, &["--sign-out"])).await;
    assert!(success, "{said}");
    scene.tray.shows("Signed out").await;
    scene.keychain_has(0).await;

    scene.sign_in_from_tray(&app, MIRA).await;
    app.quit().await;
    scene.keychain_has(1).await;
    let (success, said) = run_to_end(&scene.desk, &say(&scene, &["--sign-out"])).await;
    assert!(success, "{said}");
    scene.keychain_has(0).await;
}

#[tokio::test]
async fn without_a_display_the_app_says_so_and_leaves() {
    let scene = Scene::set().await;
    let mut options = say(&scene, &["--sign-out"]);
    for name in ["DISPLAY", "WAYLAND_DISPLAY"] {
        options.environment.push((name.to_owned(), String::new()));
    }
    let (success, said) = run_to_end(&scene.desk, &options).await;
    assert!(!success && said.contains("UL-2112"), "{said}");
}
