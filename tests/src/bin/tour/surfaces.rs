//! The browser surfaces: one sign-in for all five, one sign-out for all five, and the desktop app
//! beside them, untouched.

use stage::{Album, Cookies, Engine, Floor, MIRA, Shown, Surface, signed_in_as};

use crate::transcript::Transcript;

/// Takes it.
pub async fn journey(album: &Album, transcript: &mut Transcript) {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Allowed).await;
    transcript.say("Another desk: Workspace, the Dashboard and three CRM pages, nobody signed in.");

    let app = floor.scene.open_app().await;
    floor.sign_in_app(&app, MIRA).await;
    transcript.say("Mira has signed in in the desktop app.");

    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    picture(album, &floor, "web", Surface::Workspace).await;
    transcript.say("She has signed in once in the browser, in Workspace.");
    let before = floor.surfaces.page().clicks();
    for surface in Surface::ALL.into_iter().skip(1) {
        floor.surfaces.show(surface).await;
        floor.surfaces.is(surface, &Shown::SignedIn).await;
        picture(album, &floor, "signed-in", surface).await;
        transcript.say(&format!("{surface}: signed in as it opened."));
    }
    assert_eq!(
        floor.surfaces.page().clicks(),
        before,
        "no click was needed"
    );

    floor.surfaces.sign_out(Surface::Zendesk).await;
    transcript.say("She signs out of the widget in Zendesk.");
    for surface in Surface::ALL {
        floor.surfaces.is(surface, &Shown::SignedOut).await;
        picture(album, &floor, "signed-out", surface).await;
        transcript.say(&format!("{surface}: signed out, and says where."));
    }
    app.window().shows("This app stays signed in.").await;
    app.window().shows(&signed_in_as(MIRA)).await;
    album.app("desktop-stays", &floor.scene.desk).await;
    album.display("everything-again", &floor.scene.desk).await;
    transcript.say("The desktop app has heard of it, says so, and stays signed in.");
}

/// A picture of a surface's whole page.
async fn picture(album: &Album, floor: &Floor, state: &str, surface: Surface) {
    floor.surfaces.go_to(surface).await;
    floor.surfaces.page().leave().await;
    let name = format!(
        "{state}-{}",
        surface.to_string().to_lowercase().replace(' ', "-")
    );
    album.window(&name, floor.surfaces.page()).await;
}
