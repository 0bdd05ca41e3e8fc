//! Many tabs of one origin over HTTP/1.1, where a browser opens six connections and no more.

use stage::{Floor, LONG, MIRA, Shown, Surface, within};

/// Opens so many more tabs of Workspace, signs out in the first, and counts those that show it.
async fn tabs_that_hear(tabs: usize) {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    let address = floor.scene.service.origin("workspace");
    let browser = &floor.surfaces.browser;
    let mut others = Vec::new();
    for _ in 1..tabs {
        others.push(browser.new_tab().await);
        browser.visit(&address).await;
    }
    for (number, tab) in others.iter().enumerate() {
        browser.look_at(tab).await;
        let shown = within(LONG, async || {
            (floor.surfaces.front().await == Shown::SignedIn).then_some(())
        });
        assert!(
            shown.await.is_some(),
            "tab {} of {tabs} did not load",
            number + 2
        );
    }
    let streams = floor.scene.service.open_streams().await;
    assert_eq!(streams, 1, "{tabs} tabs share one stream");

    floor.surfaces.sign_out(Surface::Workspace).await;
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedOut)
        .await;
    for (number, tab) in others.iter().enumerate() {
        browser.look_at(tab).await;
        let shown = within(LONG, async || {
            (floor.surfaces.front().await == Shown::SignedOut).then_some(())
        });
        assert!(
            shown.await.is_some(),
            "tab {} of {tabs} goes on",
            number + 2
        );
    }
    println!("{tabs} tabs of one origin, one stream, each told of the sign-out");
}

#[tokio::test]
async fn eight_tabs_load_and_all_hear_of_the_sign_out() {
    tabs_that_hear(8).await;
}

#[tokio::test]
async fn fifty_tabs_load_and_all_hear_of_the_sign_out() {
    tabs_that_hear(50).await;
}
