//! Many tabs of one origin over HTTP/1.1, where a browser opens six connections and no more.

use stage::{Floor, LONG, MIRA, Shown, Surface, Tab, until, within};

/// Mira in the first tab of Workspace, and so many tabs of it in all.
async fn tabs_of_workspace(tabs: usize) -> (Floor, Vec<Tab>) {
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
    (floor, others)
}

/// Signs out in the first of so many tabs, and looks at all.
async fn tabs_that_hear(tabs: usize) {
    let (floor, others) = tabs_of_workspace(tabs).await;
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

#[tokio::test]
async fn tabs_come_back_by_themselves_when_the_service_was_restarted() {
    let (mut floor, others) = tabs_of_workspace(8).await;
    floor.scene.service.kill();
    floor.surfaces.look_at(Surface::Workspace).await;
    floor.surfaces.page().shows("No connection").await;
    floor.scene.service.run(None).await;
    until("one stream again", LONG, async || {
        (floor.scene.service.open_streams().await == 1).then_some(())
    })
    .await;
    all_show(&floor, &others, &Shown::SignedIn).await;
    floor.surfaces.sign_out(Surface::Workspace).await;
    all_show(&floor, &others, &Shown::SignedOut).await;
}
