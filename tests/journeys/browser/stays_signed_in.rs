//! The widget signs in with as few clicks as the browser allows, and stays signed in.

use stage::{Cookies, Engine, Floor, MIRA, Shown, Surface, firefox_is_missing, skip};

/// The clicks that each mode needs where the person is signed in in this browser already. With
/// third-party cookies, or where storage access was granted before, the widget is signed in as it
/// opens; else one click opens the small window, which needs no other.
fn fewest(engine: Engine, mode: Cookies) -> u32 {
    match (engine, mode) {
        (_, Cookies::Usual | Cookies::Allowed) | (Engine::Chromium, Cookies::Partitioned) => 0,
        (_, Cookies::Blocked) | (Engine::Firefox, Cookies::Partitioned) => 1,
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
    for (surface, clicks) in Surface::WIDGETS.into_iter().zip(&clicks) {
        let number = match clicks {
            1 => "1 click".to_owned(),
            count => format!("{count} clicks"),
        };
        println!("{number}: {surface}, {title}; none after a reload, none after a restart");
    }
    assert_eq!(clicks, [fewest(engine, mode); 3], "{title}");
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
async fn in_chromium_with_storage_access_granted_before_without_a_click() {
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
