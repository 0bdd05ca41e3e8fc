//! An Agent at the Dashboard.

use stage::{ANA, Floor, MIRA, Shown, Surface};

#[tokio::test]
async fn an_agent_is_told_why_not_and_whom_to_ask_and_is_not_sent_in_circles() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, ANA).await;
    floor.surfaces.show(Surface::Dashboard).await;
    floor.surfaces.is(Surface::Dashboard, &Shown::Refused).await;
    let page = floor.surfaces.page();
    page.shows("The Dashboard is for Admins and Supervisors")
        .await;
    page.shows(&format!("ask {}", MIRA.name)).await;
    let here = floor.surfaces.browser.address().await;
    floor.surfaces.reload(Surface::Dashboard).await;
    floor.surfaces.is(Surface::Dashboard, &Shown::Refused).await;
    assert_eq!(floor.surfaces.browser.address().await, here);

    // Her own sign-in is not harmed by it, and the way out works.
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedIn)
        .await;
    floor.surfaces.go_to(Surface::Dashboard).await;
    floor.surfaces.page().press("Sign out").await;
    floor.surfaces.page().element("dialog[open]").await;
    floor.surfaces.page().press("Sign out").await;
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedOut)
        .await;
}
