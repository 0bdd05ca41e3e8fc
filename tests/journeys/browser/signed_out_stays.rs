//! A sign-out is not undone by a page that tries a silent sign-in.

use stage::{Floor, MIRA, Shown, Surface};

#[tokio::test]
async fn a_reload_a_new_tab_and_a_restart_leave_everybody_signed_out() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.sign_in(Surface::Dashboard, MIRA).await;
    floor.surfaces.sign_out(Surface::Workspace).await;
    for surface in [Surface::Workspace, Surface::Dashboard] {
        for _ in 0..2 {
            floor.surfaces.reload(surface).await;
            let out = floor.surfaces.signed_out_or_asked(surface).await;
            assert!(out, "{surface} after a reload");
        }
    }
    floor.close_and_reopen_the_browser().await;
    for surface in [Surface::Workspace, Surface::Dashboard] {
        floor.surfaces.show(surface).await;
        let out = floor.surfaces.signed_out_or_asked(surface).await;
        assert!(out, "{surface} after a restart");
    }
}

#[tokio::test]
async fn cookies_that_are_cleared_half_way_end_in_a_sign_in_and_not_in_a_broken_page() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor.surfaces.browser.forget_cookies().await;
    // The next thing the person does.
    floor.surfaces.page().script("history.pushState(null, '', '/sessions'); dispatchEvent(new PopStateEvent('popstate'))").await;
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedOut)
        .await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedIn)
        .await;
}
