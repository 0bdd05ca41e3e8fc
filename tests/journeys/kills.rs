//! Kills at every step of a renewal, on both sides: no session is lost, none comes back.

use std::time::{Duration, Instant};

use stage::{App, AppOptions, LIMIT, LONG, MIRA, Scene, until};

const SERVICE: [&str; 4] = [
    "service.renewal.received",
    "service.renewal.before_commit",
    "service.renewal.after_commit",
    "service.renewal.before_answer",
];
const APP: [&str; 4] = [
    "app.renewal.before_request",
    "app.renewal.after_answer",
    "app.renewal.before_store",
    "app.renewal.after_store",
];
/// Kills at each point.
const EACH: usize = 25;

#[tokio::test]
async fn no_kill_at_any_step_of_a_renewal_loses_a_session_and_none_comes_back() {
    let mut scene = Scene::set().await;
    scene.options = scene.options.renewing_every(Duration::from_millis(30));
    let app = scene.start_app();
    scene.sign_in_from_tray(&app, MIRA).await;
    let begin = Instant::now();
    let mut kills = 0;

    for round in 0..EACH {
        for point in SERVICE {
            let visit = 1 + round % 3;
            scene.service.kill();
            scene.service.begin(Some(&format!("{point}=kill@{visit}")));
            until(&format!("{point} to kill the service"), LONG, async || {
                scene.tray.press_if_there("Try again").await;
                scene.service.has_died().then_some(())
            })
            .await;
            kills += 1;
            scene.service.run(None).await;
            let before = app.said("renewed");
            until(&format!("a renewal after {point}"), LONG, async || {
                scene.tray.press_if_there("Try again").await;
                (app.said("renewed") > before).then_some(())
            })
            .await;
        }
    }
    app.quit().await;

    let plain = scene.options.clone().minimized();
    for round in 0..EACH {
        for point in APP {
            let visit = 1 + round % 3;
            let options = plain.clone().with_faults(&format!("{point}=kill@{visit}"));
            killed_at(&scene, point, &options).await;
            kills += 1;
        }
    }
    let app = scene.start_app();
    app.renews(2).await;
    // The log has every start of the app in it.
    app.never_lost();
    println!(
        "{kills} kills in {} s, no session lost",
        begin.elapsed().as_secs()
    );
    assert!(kills >= 200);

    // What has ended stays so, whatever is put back.
    let last = scene.keychain.records().await.remove(0);
    scene.tray.press("Sign out").await;
    scene.tray.shows("Signed out").await;
    scene.keychain_has(0).await;
    app.quit().await;
    for point in SERVICE {
        scene.keychain.copy_here(&last).await;
        scene.service.kill();
        scene.service.begin(Some(&format!("{point}=kill@1")));
        let app = scene.start_app();
        until("an answer, or none for ever", LIMIT, async || {
            let died = scene.service.has_died();
            let ended = app.state().is_some_and(|state| state.contains("Ended"));
            (died || ended).then_some(())
        })
        .await;
        scene.service.kill();
        scene.service.run(None).await;
        scene.tray.shows("You were signed out").await;
        scene.keychain_has(0).await;
        app.quit().await;
    }
}

async fn killed_at(scene: &Scene, point: &str, options: &AppOptions) {
    let mut app = App::launch(&scene.desk, options);
    let status = app.program().end(LONG).await;
    assert!(
        std::os::unix::process::ExitStatusExt::signal(&status).is_some(),
        "{point}: the app ended by itself: {status}\n{}",
        app.log()
    );
    assert_eq!(
        scene.keychain.records().await.len(),
        1,
        "{point}: the record is there"
    );
}
