//! Every page of the browser surfaces, light and dark, with axe-core: at the real service, with real
//! people in it.

use stage::{Floor, MIRA, Shown, Surface};

#[tokio::test]
async fn every_page_of_every_surface_is_accessible() {
    let mut floor = Floor::usual().await;
    floor.everywhere(MIRA).await;
    for (surface, paths) in [
        (
            Surface::Workspace,
            &["/", "/sessions", "/account", "/nowhere"][..],
        ),
        (
            Surface::Dashboard,
            &[
                "/",
                "/sessions",
                "/teams",
                "/crm",
                "/clients",
                "/audit",
                "/settings",
            ],
        ),
    ] {
        let origin = match surface {
            Surface::Workspace => floor.scene.service.origin("workspace"),
            _ => floor.scene.service.origin("dashboard"),
        };
        floor.surfaces.go_to(surface).await;
        for theme in ["light", "dark"] {
            floor.surfaces.browser.prefer(theme).await;
            for path in paths {
                floor
                    .surfaces
                    .browser
                    .visit(&format!("{origin}{path}"))
                    .await;
                floor.surfaces.is(surface, &Shown::SignedIn).await;
                let barriers = floor.surfaces.browser.barriers().await;
                assert!(
                    barriers.is_empty(),
                    "{surface} {path}, {theme}: {barriers:#?}"
                );
            }
        }
    }
    for surface in Surface::WIDGETS {
        floor.surfaces.go_to(surface).await;
        let barriers = floor.surfaces.browser.barriers().await;
        assert!(barriers.is_empty(), "{surface}: {barriers:#?}");
    }
    // The same widget on its own, for the dark of which a frame's page decides.
    let browser = &floor.surfaces.browser;
    browser.new_tab().await;
    browser.visit(&floor.scene.service.origin("cti")).await;
    browser.page().shows(MIRA.name).await;
    browser.is_accessible("the widget on its own").await;

    floor.surfaces.sign_out(Surface::Workspace).await;
    for surface in Surface::ALL {
        floor.surfaces.is(surface, &Shown::SignedOut).await;
        floor.surfaces.go_to(surface).await;
        let barriers = floor.surfaces.browser.barriers().await;
        assert!(barriers.is_empty(), "{surface} signed out: {barriers:#?}");
    }
}
