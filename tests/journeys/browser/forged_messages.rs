//! Messages to the widget from whom it does not know, and nonsense from whom it knows.

use stage::{Cookies, Engine, Floor, LIMIT, LONG, MIRA, Shown, Surface, Surfaces, until, within};

/// Everything that the widget shows, also in its fields.
const SAID: &str = "
    const fields = [...document.querySelectorAll('input')].map((field) => field.value);
    return [document.body.innerText, ...fields].join('\\n');";

async fn said(surfaces: &Surfaces, surface: Surface) -> String {
    surfaces.look_at(surface).await;
    let said = surfaces.page().script(SAID).await;
    said.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_foreign_frame_and_a_host_that_sends_nonsense_change_nothing() {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Allowed).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    for surface in Surface::WIDGETS {
        floor.surfaces.ask(surface, "misbehave=forged,malformed");
        floor.surfaces.sign_in(surface, MIRA).await;
        let page = floor.surfaces.page();
        page.leave().await;
        page.enter("#forger").await;
        until("the forger to have said everything", LONG, async || {
            let said = "return performance.now() > 5000";
            (page.script(said).await == true).then_some(())
        })
        .await;
        floor.surfaces.is(surface, &Shown::SignedIn).await;
        let text = said(&floor.surfaces, surface).await;
        for nonsense in ["900 555", "900555", "alert", "[object", "Eve", "nobody@"] {
            assert!(!text.contains(nonsense), "{surface}: {nonsense} in\n{text}");
        }

        // The true host is still heard.
        page.leave().await;
        page.press("+49 30 901820").await;
        let dialled = within(LIMIT, async || {
            let text = said(&floor.surfaces, surface).await.replace([' ', '-'], "");
            text.contains("4930901820").then_some(())
        });
        let dialled = dialled.await.is_some();
        let text = said(&floor.surfaces, surface).await;
        assert!(dialled, "{surface} does not dial but shows:\n{text}");
        // One call at a time, wherever it is.
        floor.surfaces.go_to(surface).await;
        floor.surfaces.page().press("End call").await;
        floor.surfaces.page().element("input").await;
    }
}
