//! Signing out in each place, and what is so in every other afterwards: real browser, real app.

use std::fs;

use stage::{
    App, Cookies, Engine, Floor, MIRA, Matrix, Place, Shown, firefox_is_missing, signed_in_as, skip,
};

/// Signs in everywhere, signs out in one place, and looks everywhere: seven times.
async fn matrix(engine: Engine, mode: Cookies) -> Matrix {
    let mut floor = Floor::set(engine, mode).await;
    let app = floor.scene.open_app().await;
    let mut matrix = Matrix::default();
    for out in Place::ALL {
        floor.everywhere(MIRA).await;
        floor.sign_in_app(&app, MIRA).await;
        sign_out(&floor, &app, out).await;
        let mut signed_in = Vec::new();
        for place in Place::ALL {
            // Told by what is expected, so that a place that is still to hear of it is waited for.
            let stays = place.outlives_sign_out_in(out);
            signed_in.push(is_signed_in(&mut floor, &app, place, stays).await);
        }
        matrix.add(out, signed_in);
    }
    matrix
}

async fn sign_out(floor: &Floor, app: &App, out: Place) {
    match out {
        Place::Browser(surface) => floor.surfaces.sign_out(surface).await,
        Place::Window => {
            app.window().press("Sign out").await;
            app.window().element("dialog[open]").await;
            app.window().press("Sign out").await;
        }
        Place::Tray => floor.scene.tray.press("Sign out").await,
    }
}

/// What a place shows, and goes on to show when it is asked again: a reload, a renewal.
async fn is_signed_in(floor: &mut Floor, app: &App, place: Place, stays: bool) -> bool {
    let wanted = if stays {
        Shown::SignedIn
    } else {
        Shown::SignedOut
    };
    match place {
        Place::Browser(surface) => {
            floor.surfaces.is(surface, &wanted).await;
            floor.surfaces.reload(surface).await;
            floor.surfaces.settled(surface).await == Shown::SignedIn
        }
        Place::Window if stays => {
            app.renews(1).await;
            app.window().text().await.contains(&signed_in_as(MIRA))
        }
        Place::Window => {
            app.window().shows("Sign in to Workspace").await;
            app.window().text().await.contains(&signed_in_as(MIRA))
        }
        Place::Tray => {
            let wanted = if stays { MIRA.name } else { "Signed out" };
            floor.scene.tray.shows(wanted).await;
            stays
        }
    }
}

async fn is_by_the_rules(engine: Engine, mode: Cookies) {
    let seen = matrix(engine, mode).await;
    let title = format!("{engine:?}, {mode}");
    println!("7 sign-outs, {title}:\n{seen}");
    seen.keep(&title.to_lowercase().replace([' ', ','], "-"));
    assert_eq!(seen, Matrix::by_the_rules(), "{title}");
}

#[tokio::test]
async fn in_chromium_with_third_party_cookies() {
    is_by_the_rules(Engine::Chromium, Cookies::Allowed).await;
}

#[tokio::test]
async fn in_chromium_without_third_party_cookies() {
    is_by_the_rules(Engine::Chromium, Cookies::Blocked).await;
}

#[tokio::test]
async fn in_chromium_with_partitioned_cookies() {
    is_by_the_rules(Engine::Chromium, Cookies::Partitioned).await;
}

#[tokio::test]
async fn in_firefox_with_third_party_cookies() {
    if let Some(reason) = firefox_is_missing() {
        return skip(&reason);
    }
    is_by_the_rules(Engine::Firefox, Cookies::Allowed).await;
}

#[tokio::test]
async fn in_firefox_with_total_cookie_protection() {
    if let Some(reason) = firefox_is_missing() {
        return skip(&reason);
    }
    is_by_the_rules(Engine::Firefox, Cookies::Partitioned).await;
}

#[test]
fn the_readme_shows_the_matrix_that_these_tests_see() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = fs::read_to_string(readme).expect("the README");
    let matrix = Matrix::by_the_rules().to_string();
    assert!(readme.contains(&matrix), "README.md lacks:\n{matrix}");
}
