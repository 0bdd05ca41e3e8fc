//! A CRM that keeps its frames in a sandbox.

use stage::{Cookies, Engine, Floor, MIRA, Shown, Surface};

#[tokio::test]
async fn the_widget_signs_in_inside_every_sandbox_that_lets_it_open_a_window() {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Blocked).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    for sandbox in ["real", "storage", "strict"] {
        floor
            .surfaces
            .ask(Surface::Zendesk, &format!("sandbox={sandbox}"));
        floor.surfaces.reload(Surface::Zendesk).await;
        floor.surfaces.sign_in(Surface::Zendesk, MIRA).await;
        floor.surfaces.reload(Surface::Zendesk).await;
        floor.surfaces.is(Surface::Zendesk, &Shown::SignedIn).await;
        floor.surfaces.sign_out(Surface::Zendesk).await;
        floor
            .surfaces
            .is(Surface::Workspace, &Shown::SignedOut)
            .await;
        floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    }
}

#[tokio::test]
async fn in_a_sandbox_that_opens_nothing_the_widget_says_so() {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Blocked).await;
    floor.surfaces.show(Surface::Zendesk).await;
    let page = floor.surfaces.page();
    page.leave().await;
    page.script(
        "const frame = document.querySelector('.place iframe');
         frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms');
         frame.src = frame.src;",
    )
    .await;
    floor.surfaces.is(Surface::Zendesk, &Shown::SignedOut).await;
    floor.surfaces.go_to(Surface::Zendesk).await;
    page.press("Sign in").await;
    page.shows("The sign-in window was blocked").await;
    page.shows("Allow pop-up windows").await;
}
