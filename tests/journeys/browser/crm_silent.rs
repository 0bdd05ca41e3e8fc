//! A CRM whose own script never answers.

use stage::{Cookies, Engine, Floor, LONG, MIRA, Shown, Surface};

#[tokio::test]
async fn a_crm_that_never_answers_leaves_a_phone_that_works_and_says_what_does_not() {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Allowed).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    for surface in Surface::WIDGETS {
        floor.surfaces.ask(surface, "misbehave=silent");
        floor.surfaces.show(surface).await;
    }
    for surface in Surface::WIDGETS {
        floor.surfaces.is(surface, &Shown::SignedIn).await;
        let page = floor.surfaces.page();
        page.shows_within("does not answer. The phone works", LONG)
            .await;
        page.shows("Code UL-31").await;
        page.shows(MIRA.name).await;
    }
}
