//! Who may show our pages in a frame: the CRM pages on the Admin's list, and nobody else.

use stage::{Floor, LIMIT, MIRA, Surface, Surfaces, until};

/// What of ours is in the frame, if anything is.
async fn framed(surfaces: &Surfaces, address: &str) -> bool {
    let page = surfaces
        .hosts
        .page("evil", &format!("frame={}", encoded(address)));
    surfaces.browser.visit(&page).await;
    let browser = surfaces.page();
    until("the frame to have loaded", LIMIT, async || {
        let script = "return document.querySelector('[data-known=frame]')?.textContent";
        (browser.script(script).await == "loaded").then_some(())
    })
    .await;
    browser.enter("#framed").await;
    let script = "return location.protocol.startsWith('http') && document.body.children.length > 0";
    let shown = browser.script(script).await == true;
    browser.leave().await;
    shown
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn a_site_that_is_not_listed_frames_neither_the_widget_nor_a_sign_in_page() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.sign_in(Surface::HubSpot, MIRA).await;
    let service = &floor.scene.service;
    let surfaces = &floor.surfaces;
    surfaces.browser.new_tab().await;

    // The frame itself works: what is refused below is refused by our pages.
    let open = surfaces.hosts.page("hubspot", "");
    assert!(framed(surfaces, &open).await, "{open} can be framed");
    let widget = service.origin("cti");
    for address in [
        format!("{widget}/hubspot/acme"),
        format!("{widget}/zendesk/acme"),
        format!("{widget}/"),
        format!("{widget}/window?attempt=x"),
        format!("{widget}/sign-in"),
        service.origin("workspace"),
        service.origin("dashboard"),
        service.at("/sign-in"),
        service.at("/account"),
    ] {
        assert!(!framed(surfaces, &address).await, "{address} was framed");
    }
}

#[tokio::test]
async fn a_listed_crm_frames_its_own_widget_and_no_other_crms() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    let widget = floor.scene.service.origin("cti");
    let other = encoded(&format!("{widget}/salesforce/acme"));
    let address = floor
        .surfaces
        .hosts
        .page("zendesk", &format!("widget={other}"));
    floor.surfaces.browser.new_tab().await;
    floor.surfaces.browser.visit(&address).await;
    let page = floor.surfaces.page();
    page.enter(".place iframe").await;
    until("the refusal", LIMIT, async || {
        let refused = "return location.protocol === 'chrome-error:'";
        (page.script(refused).await == true).then_some(())
    })
    .await;
}
