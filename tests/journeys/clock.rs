//! A computer whose clock is wrong by hours, and a service whose past was restored.

use std::time::Duration;

use stage::{LIMIT, MIRA, Scene, until};

#[tokio::test]
async fn a_clock_wrong_by_hours_neither_hinders_a_sign_in_nor_ends_a_session() {
    let mut scene = Scene::set().await;
    scene.options = scene.options.renewing_every(Duration::from_millis(400));
    let usual = scene.options.clone();
    for (offset, first) in [("+5h", true), ("-5h", false)] {
        scene.options = usual.clone().with_wrong_clock(offset);
        let app = scene.start_app();
        if first {
            scene.sign_in_from_tray(&app, MIRA).await;
        }
        app.renews(2).await;
        scene.tray.shows(MIRA.name).await;
        app.quit().await;
    }
    scene.keychain_has(1).await;
}

#[tokio::test]
async fn after_an_older_backup_a_new_sign_in_is_the_worst_that_happens() {
    let mut scene = Scene::set().await;
    scene.options = scene.options.renewing_every(Duration::from_millis(300));
    let app = scene.start_app();
    scene.sign_in_from_tray(&app, MIRA).await;
    scene.service.stop().await;
    let backup = scene.service.back_up();
    scene.service.run(None).await;
    app.renews(4).await;
    scene.service.stop().await;
    scene.service.restore(&backup);
    let renewed = app.said("renewed");
    scene.service.run(None).await;

    let ended = until("the app to know where it stands", 2 * LIMIT, async || {
        let state = app.state()?;
        if state.contains("Ended") {
            return Some(true);
        }
        (app.said("renewed") > renewed + 1).then_some(false)
    })
    .await;
    if ended {
        scene.keychain_has(0).await;
        scene.sign_in_from_tray(&app, MIRA).await;
    }
    app.renews(2).await;
    scene.keychain_has(1).await;
}
