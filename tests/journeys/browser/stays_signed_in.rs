//! The widget signs in with as few clicks as the browser allows, and stays signed in.

use stage::{Cookies, Engine, Floor, MIRA, Shown, Surface, firefox_is_missing, skip};

/// The clicks that each mode allows where the person is signed in in this browser already. With
/// third-party cookies the widget is signed in as it opens; without, one click opens the small
/// window, which needs no other.
fn fewest(mode: Cookies) -> u32 {
    match mode {
        Cookies::Usual | Cookies::Allowed => 0,
        Cookies::Blocked | Cookies::Partitioned => 1,
    }
}

async fn signs_in_and_stays(engine: Engine, mode: Cookies) {
    let mut floor = Floor::set(engine, mode).await;
    let surfaces = &mut floor.surfaces;
    surfaces.sign_in(Surface::Workspace, MIRA).await;
    let title = format!("{engine:?}, {mode}");

    let mut clicks = Vec::new();
    for surface in Surface::WIDGETS {
        let before = surfaces.page().clicks();
        surfaces.sign_in(surface, MIRA).await;
        clicks.push(surfaces.page().clicks() - before);
    }
    let first = clicks.clone();
    for surface in Surface::WIDGETS {
        surfaces.reload(surface).await;
        let shown = surfaces.settled(surface).await;
        assert_eq!(shown, Shown::SignedIn, "{surface} after a reload, {title}");
    }

    floor.close_and_reopen_the_browser().await;
    let surfaces = &mut floor.surfaces;
    for surface in Surface::WIDGETS {
        surfaces.show(surface).await;
        let shown = surfaces.settled(surface).await;
        assert_eq!(shown, Shown::SignedIn, "{surface} after a restart, {title}");
    }
    for (surface, clicks) in Surface::WIDGETS.into_iter().zip(&first) {
        println!("{clicks} clicks: {surface}, {title}; 0 after a reload, 0 after a restart");
    }
    let most = fewest(mode);
    assert!(
        first.iter().all(|clicks| *clicks <= most),
        "{title}: {first:?}"
    );
}

#[tokio::test]
async fn in_chromium_with_third_party_cookies_without_a_click() {
    signs_in_and_stays(Engine::Chromium, Cookies::Allowed).await;
}

#[tokio::test]
async fn in_chromium_without_third_party_cookies_after_one_click() {
    signs_in_and_stays(Engine::Chromium, Cookies::Blocked).await;
}

#[tokio::test]
async fn in_chromium_with_partitioned_cookies_after_one_click() {
    signs_in_and_stays(Engine::Chromium, Cookies::Partitioned).await;
}

#[tokio::test]
async fn in_firefox_with_third_party_cookies_without_a_click() {
    if let Some(reason) = firefox_is_missing() {
        return skip(&reason);
    }
    signs_in_and_stays(Engine::Firefox, Cookies::Allowed).await;
}

#[tokio::test]
async fn in_firefox_with_total_cookie_protection_after_one_click() {
    if let Some(reason) = firefox_is_missing() {
        return skip(&reason);
    }
    signs_in_and_stays(Engine::Firefox, Cookies::Partitioned).await;
}
