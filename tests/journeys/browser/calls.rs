//! Signing out while a call goes on: never by surprise.

use stage::{Floor, MIRA, Shown, Surface, ask_to_sign_out};

/// Mira talks to the echo in Workspace; the Dashboard is open.
async fn on_a_call() -> Floor {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Dashboard, MIRA).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.page().press("Call the echo").await;
    floor.surfaces.page().element("[data-call=talking]").await;
    floor
}

#[tokio::test]
async fn a_sign_out_during_a_call_waits_for_its_end_when_the_person_says_so() {
    let floor = on_a_call().await;
    floor.surfaces.go_to(Surface::Dashboard).await;
    let page = floor.surfaces.page();
    ask_to_sign_out(page).await;
    page.shows("The call is in Workspace on the web").await;
    page.press("Sign out when the call ends").await;
    page.shows("You will be signed out when your call ends")
        .await;

    floor.surfaces.go_to(Surface::Workspace).await;
    page.shows("You will be signed out when your call ends")
        .await;
    page.element("[data-call=talking]").await;
    page.press("Hang up").await;
    for surface in [Surface::Workspace, Surface::Dashboard] {
        floor.surfaces.is(surface, &Shown::SignedOut).await;
    }
}

#[tokio::test]
async fn a_sign_out_during_a_call_can_be_at_once() {
    let floor = on_a_call().await;
    floor.surfaces.go_to(Surface::Dashboard).await;
    let page = floor.surfaces.page();
    ask_to_sign_out(page).await;
    page.press("Hang up and sign out now").await;
    for surface in [Surface::Dashboard, Surface::Workspace] {
        floor.surfaces.is(surface, &Shown::SignedOut).await;
    }
}
