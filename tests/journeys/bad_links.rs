//! Links that do not belong to the sign-in under way: anybody can send one, none changes anything.

use stage::{App, Browser, LIMIT, MIRA, SCHEME, Scene, signed_in_as, until};
use url::Url;

/// Links that fit no sign-in at all.
fn strangers() -> Vec<(&'static str, String)> {
    let issuer = "http://id.acme.localhost";
    let link = |answer: &[(&str, &str)]| Scene::callback(answer);
    vec![
        ("no answer", format!("{SCHEME}:/signed-in")),
        ("no state", link(&[("code", "c"), ("iss", issuer)])),
        (
            "a wrong state",
            link(&[("code", "c"), ("state", "wrong"), ("iss", issuer)]),
        ),
        (
            "an error with a wrong state",
            link(&[("error", "access_denied"), ("state", "wrong")]),
        ),
        (
            "an error without state",
            link(&[("error", "access_denied")]),
        ),
        (
            "a foreign path",
            format!("{SCHEME}:/elsewhere?code=c&state=s"),
        ),
        (
            "a host",
            format!("{SCHEME}://evil.example/signed-in?code=c&state=s"),
        ),
        ("no link at all", format!("{SCHEME}:%00%zz")),
    ]
}

/// What the app keeps must be what it was, to the byte.
async fn keychain(scene: &Scene) -> Vec<Vec<u8>> {
    let mut secrets: Vec<_> = scene
        .keychain
        .records()
        .await
        .into_iter()
        .map(|record| record.secret)
        .collect();
    secrets.sort();
    secrets
}

/// Hands a link over; it is shown as what it is, and changes nothing.
async fn changes_nothing(scene: &Scene, app: &App, what: &str, link: &str, shown: &str) {
    let before = keychain(scene).await;
    scene.hand_over(link).await;
    app.window().shows("Code UL-20").await;
    app.window().press("Dismiss").await;
    until(&format!("the notice of {what} to go"), LIMIT, async || {
        (!app.window().text().await.contains("Code UL-20")).then_some(())
    })
    .await;
    let text = app.window().text().await;
    assert!(text.contains(shown), "{what}: {text}");
    assert_eq!(keychain(scene).await, before, "{what}");
}

#[tokio::test]
async fn a_strange_link_changes_nothing_whatever_the_app_is_doing() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    let shown = "Sign in to Workspace";
    app.window().shows(shown).await;
    for (what, link) in strangers() {
        changes_nothing(&scene, &app, what, &link, shown).await;
    }

    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    for (what, link) in strangers() {
        changes_nothing(&scene, &app, what, &link, "Finish in your browser").await;
    }

    // The sign-in that waited is as good as before.
    browser.sign_in(MIRA).await;
    let shown = signed_in_as(MIRA);
    app.window().shows(&shown).await;
    for (what, link) in strangers() {
        changes_nothing(&scene, &app, what, &link, &shown).await;
    }
}

/// The link on the last page, which has not reached the app: it does not know its scheme.
async fn real_link(scene: &Scene, app: &App) -> Url {
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    scene.forget_the_scheme();
    browser.sign_in(MIRA).await;
    browser.find_path("/signed-in").await;
    link_on(&browser).await
}

async fn link_on(browser: &Browser) -> Url {
    let script = format!("return document.querySelector('a[href^=\"{SCHEME}:\"]')?.href");
    until("the link on the last page", LIMIT, async || {
        let href = browser.page().script(&script).await;
        Url::parse(href.as_str()?).ok()
    })
    .await
}

fn changed(link: &Url, change: impl Fn(&mut Vec<(String, String)>)) -> String {
    let mut pairs: Vec<(String, String)> = link.query_pairs().into_owned().collect();
    change(&mut pairs);
    let mut link = link.clone();
    link.query_pairs_mut().clear().extend_pairs(pairs);
    link.into()
}

#[tokio::test]
async fn a_real_link_that_was_tampered_with_changes_nothing_and_the_real_one_works_once() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    let link = real_link(&scene, &app).await;
    let set = |name: &'static str, value: &'static str| {
        changed(&link, |pairs| {
            for pair in pairs.iter_mut().filter(|pair| pair.0 == name) {
                value.clone_into(&mut pair.1);
            }
        })
    };
    let twice = |name: &'static str| {
        changed(&link, |pairs| {
            let again = pairs.iter().find(|pair| pair.0 == name).cloned();
            pairs.extend(again);
        })
    };
    let tampered = [
        ("a wrong issuer", set("iss", "https://evil.example")),
        (
            "no issuer",
            changed(&link, |pairs| pairs.retain(|pair| pair.0 != "iss")),
        ),
        ("a wrong state", set("state", "wrong")),
        ("a repeated state", twice("state")),
        ("a repeated code", twice("code")),
        (
            "code and error",
            changed(&link, |pairs| {
                pairs.push(("error".into(), "access_denied".into()));
            }),
        ),
    ];
    for (what, link) in tampered {
        changes_nothing(&scene, &app, what, &link, "Finish in your browser").await;
    }
    scene.hand_over(link.as_str()).await;
    app.window().shows(&signed_in_as(MIRA)).await;
    changes_nothing(
        &scene,
        &app,
        "the same link again",
        link.as_str(),
        &signed_in_as(MIRA),
    )
    .await;
}

#[tokio::test]
async fn a_megabyte_of_link_is_refused_unread() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    // No command line takes so much; the bus, on which launches are handed over, does.
    let mut link = Scene::callback(&[("state", "x"), ("code", "")]);
    link.push_str(&"x".repeat(1 << 20));
    scene.desk.hand_over_by_bus("workspace", &link).await;
    app.window().shows("Code UL-2007").await;
    app.window().shows("Finish in your browser").await;
    browser.sign_in(MIRA).await;
    app.window().shows(&signed_in_as(MIRA)).await;
}
