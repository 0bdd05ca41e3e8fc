//! Tabs that were away while the session ended: asleep, or kept by the browser for the way back.

use stage::{Floor, LIMIT, MIRA, Shown, Surface, until};

/// Notes in the page what it shows at the first moment after it has come back.
const NOTE: &str = "
    window.back = null;
    const note = (event) => {
        // After whoever else listens to the same event.
        setTimeout(() => {
            window.back = { how: event.type, kept: event.persisted ?? null, text: document.body.innerText };
        });
    };
    addEventListener('pageshow', note);
    document.addEventListener('resume', note);";

async fn first_look(floor: &Floor) -> serde_json::Value {
    until("the page to be back", LIMIT, async || {
        let back = floor.surfaces.page().script("return window.back").await;
        (!back.is_null()).then_some(back)
    })
    .await
}

#[tokio::test]
async fn a_tab_that_slept_through_the_sign_out_shows_it_before_anything_else() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Dashboard, MIRA).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.page().script(NOTE).await;
    floor.surfaces.browser.sleeps(true).await;
    floor.surfaces.sign_out(Surface::Dashboard).await;
    floor
        .surfaces
        .is(Surface::Dashboard, &Shown::SignedOut)
        .await;

    floor.surfaces.look_at(Surface::Workspace).await;
    floor.surfaces.browser.sleeps(false).await;
    let back = first_look(&floor).await;
    let text = back["text"].as_str().unwrap_or_default();
    assert!(!text.contains(MIRA.name), "shown at waking:\n{text}");
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedOut)
        .await;
}

#[tokio::test]
async fn a_page_that_the_browser_kept_asks_before_it_shows_anybody() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Dashboard, MIRA).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.page().script(NOTE).await;
    let elsewhere = floor.surfaces.hosts.page("evil", "");
    floor.surfaces.browser.visit(&elsewhere).await;
    floor.surfaces.sign_out(Surface::Dashboard).await;
    floor
        .surfaces
        .is(Surface::Dashboard, &Shown::SignedOut)
        .await;

    floor.surfaces.go_to(Surface::Workspace).await;
    floor.surfaces.browser.back().await;
    let back = first_look(&floor).await;
    assert_eq!(back["kept"], true, "the browser kept the page: {back}");
    let text = back["text"].as_str().unwrap_or_default();
    assert!(!text.contains(MIRA.name), "shown on the way back:\n{text}");
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedOut)
        .await;
}

#[tokio::test]
async fn a_page_that_the_browser_kept_goes_on_where_the_session_lives() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.page().script(NOTE).await;
    let elsewhere = floor.surfaces.hosts.page("evil", "");
    floor.surfaces.browser.visit(&elsewhere).await;
    floor.surfaces.browser.back().await;
    let back = first_look(&floor).await;
    assert_eq!(back["kept"], true, "the browser kept the page: {back}");
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedIn)
        .await;
}
