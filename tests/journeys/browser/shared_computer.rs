//! Two people, one after the other, on one computer.

use stage::{Floor, MIRA, SAM, Shown, Surface, Surfaces};

/// Everything that a page of this origin could find of somebody who was here before.
const LEFT: &str = "
    const done = arguments[arguments.length - 1];
    (async () => {
        const found = { local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie };
        found.databases = (await indexedDB.databases()).map((one) => one.name);
        found.caches = [];
        for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) {
                found.caches.push(request.url);
            }
        }
        found.workers = (await navigator.serviceWorker.getRegistrations()).length;
        found.page = document.documentElement.outerHTML;
        found.title = document.title;
        found.state = JSON.stringify(history.state);
        found.address = location.href;
        done(JSON.stringify(found));
    })();";

/// What would name Mira.
const TRACES: [&str; 4] = ["Mira", "Okafor", "mira@", "mira%40"];

async fn nothing_of_mira(surfaces: &Surfaces, what: &str) {
    let left = surfaces
        .page()
        .client()
        .execute_async(LEFT, Vec::new())
        .await
        .expect("what is left");
    let left = left.as_str().unwrap_or_default();
    for trace in TRACES {
        assert!(!left.contains(trace), "{what}: {trace} in {left}");
    }
}

#[tokio::test]
async fn nothing_of_the_first_person_is_left_for_the_next() {
    let mut floor = Floor::usual().await;
    for surface in Surface::WIDGETS {
        // The CRM's own person, of whom the widget speaks.
        floor.surfaces.ask(surface, "user=sam");
    }
    floor.everywhere(MIRA).await;
    floor.surfaces.sign_out(Surface::Workspace).await;
    for surface in Surface::ALL {
        floor.surfaces.is(surface, &Shown::SignedOut).await;
        nothing_of_mira(&floor.surfaces, &format!("{surface} after Mira")).await;
    }

    floor.everywhere(SAM).await;
    for surface in Surface::ALL {
        floor.surfaces.is(surface, &Shown::SignedIn).await;
        if surface != Surface::Dashboard {
            // The Dashboard lists people, Mira among them.
            nothing_of_mira(&floor.surfaces, &format!("{surface} with Sam")).await;
        }
    }
}

#[tokio::test]
async fn going_back_in_the_history_shows_nothing_of_the_first_person() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    let workspace = floor.scene.service.origin("workspace");
    for path in ["/sessions", "/account"] {
        floor
            .surfaces
            .browser
            .visit(&format!("{workspace}{path}"))
            .await;
        floor
            .surfaces
            .is(Surface::Workspace, &Shown::SignedIn)
            .await;
    }
    floor.surfaces.sign_out(Surface::Workspace).await;
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedOut)
        .await;
    for _ in 0..2 {
        floor.surfaces.browser.back().await;
        floor.surfaces.settled(Surface::Workspace).await;
        nothing_of_mira(&floor.surfaces, "a page before").await;
    }
}
