//! `HubSpot`'s inbound calling: the same widget twice, in the bar and in a window of its own.

use stage::{Cookies, Engine, Floor, LIMIT, MIRA, Shown, Surface, sign_out, until};

async fn both_end_at_once(mode: Cookies) {
    let mut floor = Floor::set(Engine::Chromium, mode).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.ask(Surface::HubSpot, "mode=inbound");
    floor.surfaces.sign_in(Surface::HubSpot, MIRA).await;
    let browser = &floor.surfaces.browser;
    let page = browser.page();
    page.leave().await;
    page.press("Open the calling window").await;
    let popup = |url: &url::Url| url.path().starts_with("/calling-integration-popup-ui/");
    let window = browser.find("the calling window", popup).await;
    page.enter(".place iframe").await;
    until("the window's phone", LIMIT, async || {
        (floor.surfaces.front().await == Shown::SignedIn).then_some(())
    })
    .await;

    browser.go_to(&window).await;
    page.enter(".place iframe").await;
    sign_out(page).await;
    until("the window's phone to end", LIMIT, async || {
        (floor.surfaces.front().await == Shown::SignedOut).then_some(())
    })
    .await;
    for surface in [Surface::HubSpot, Surface::Workspace] {
        floor.surfaces.is(surface, &Shown::SignedOut).await;
    }
}

#[tokio::test]
async fn both_of_hubspots_frames_sign_in_with_one_press_and_end_at_once() {
    for mode in [Cookies::Allowed, Cookies::Blocked] {
        both_end_at_once(mode).await;
    }
}
