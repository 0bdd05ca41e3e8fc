//! Another person signs in in the same browser.

use stage::{Floor, MIRA, SAM, Shown, Surface};

#[tokio::test]
async fn every_tab_of_the_first_person_ends_when_another_signs_in_in_a_tab() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.sign_in(Surface::Dashboard, MIRA).await;

    let browser = &floor.surfaces.browser;
    browser.new_tab().await;
    browser.visit(&floor.scene.service.at("/account")).await;
    browser.page().press("Sign out").await;
    browser.arrives_at("/signed-out").await;
    browser.visit(&floor.scene.service.at("/account")).await;
    browser.sign_in(SAM).await;
    browser.arrives_at("/account").await;
    browser.page().shows(SAM.name).await;

    for surface in [Surface::Workspace, Surface::Dashboard] {
        floor.surfaces.is(surface, &Shown::SignedOut).await;
        let text = floor.surfaces.page().text().await;
        assert!(!text.contains(MIRA.name), "{surface}:\n{text}");
    }
    floor.surfaces.sign_in(Surface::Workspace, SAM).await;
    floor.surfaces.page().shows(SAM.name).await;
}
