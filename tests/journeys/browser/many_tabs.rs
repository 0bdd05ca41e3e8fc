//! Many tabs of one origin over HTTP/1.1, where a browser opens six connections and no more.

use stage::{Floor, LONG, MIRA, Shown, Surface, Tab, within};

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
    all_show(&floor, &others, &Shown::SignedIn).await;
    let streams = floor.scene.service.open_streams().await;
    assert_eq!(streams, 1, "{tabs} tabs share one stream");

    floor.surfaces.sign_out(Surface::Workspace).await;
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedOut)
        .await;
    all_show(&floor, &others, &Shown::SignedOut).await;
    println!("{tabs} tabs of one origin, one stream, each told of the sign-out");
}

async fn all_show(floor: &Floor, tabs: &[Tab], wanted: &Shown) {
    for (number, tab) in tabs.iter().enumerate() {
        floor.surfaces.browser.look_at(tab).await;
        let shown = within(LONG, async || {
            (floor.surfaces.front().await == *wanted).then_some(())
        });
        if shown.await.is_none() {
            let text = floor.surfaces.page().text().await;
            panic!("tab {} is not {wanted:?} but shows:\n{text}", number + 2);
        }
    }
}

#[tokio::test]
async fn eight_tabs_load_and_all_hear_of_the_sign_out() {
    tabs_that_hear(8).await;
}

#[tokio::test]
async fn fifty_tabs_load_and_all_hear_of_the_sign_out() {
    tabs_that_hear(50).await;
}
