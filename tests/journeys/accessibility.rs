//! Every page and every state of the window, light and dark, with axe-core.

use stage::{Browser, Desk, LIMIT, MIRA, Scene, Service, Stories, output, until, within};

#[tokio::test]
async fn every_page_of_the_service_is_accessible() {
    let desk = Desk::set_up().await;
    let service = Service::start().await;
    let browser = Browser::open(&desk, &service.at("/sign-in")).await;
    browser.find_path("/sign-in").await;
    browser.is_accessible("sign-in").await;
    let wrong = stage::Person {
        password: "not the password",
        ..MIRA
    };
    browser.sign_in(wrong).await;
    browser.page().shows("is not right").await;
    browser.is_accessible("sign-in with a wrong password").await;

    for path in [
        "/forgot-password",
        "/signed-out",
        "/signed-in",
        "/reset-password?token=x",
        "/invitation?token=x",
        "/nowhere",
    ] {
        browser.visit(&service.at(path)).await;
        browser.is_accessible(path).await;
    }
    browser.visit(&service.at("/forgot-password")).await;
    browser.page().fill("input[name=email]", MIRA.email).await;
    browser.page().press("Send the link").await;
    browser.page().shows("Look at your mail").await;
    browser.is_accessible("look at your mail").await;
    let mail = until("a mail", LIMIT, async || service.mails().pop()).await;
    browser.visit(&link_in(&mail, "/reset-password")).await;
    browser.page().shows("Choose a new password").await;
    browser.is_accessible("choose a new password").await;

    let invited = output(
        service
            .command(&["user", "invite", "--organization", "Acme"])
            .args(["--email", "noor@acme.example", "--role", "agent"])
            .args(["--issuer", service.issuer()]),
        b"",
    );
    let mail = format!("{}{invited}", service.mails().pop().unwrap_or_default());
    browser.visit(&link_in(&mail, "/invitation")).await;
    browser.page().shows("Join Acme").await;
    browser.is_accessible("join").await;

    browser.visit(&service.at("/account")).await;
    browser.sign_in(MIRA).await;
    for path in ["/account", "/account/sessions", "/account/password"] {
        browser.visit(&service.at(path)).await;
        browser.is_accessible(path).await;
    }
}

/// The first link to that path in a mail (quoted-printable: lines end with `=`).
fn link_in(mail: &str, path: &str) -> String {
    let text = mail
        .replace("=\r\n", "")
        .replace("=\n", "")
        .replace("=3D", "=");
    let at = text
        .find(path)
        .unwrap_or_else(|| panic!("no link to {path} in:\n{text}"));
    let start = text[..at].rfind("http://").expect("a whole address");
    text[start..]
        .split(|end: char| end.is_whitespace() || matches!(end, '"' | '<' | '>'))
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn the_pages_of_a_desktop_sign_in_are_accessible() {
    let scene = Scene::set().await;
    let app = scene.open_app().await;
    app.window().press("Sign in with your browser").await;
    let browser = scene.sign_in_page().await;
    browser.is_accessible("sign-in for the desktop").await;
    scene.forget_the_scheme();
    browser.sign_in(MIRA).await;
    browser.find_path("/signed-in").await;
    browser.is_accessible("last page").await;
    browser.page().press("The app does not open?").await;
    browser.is_accessible("last page with its code").await;
}

/// Every link of a list of stories: one for each state and theme.
const LINKS: &str =
    "return [...document.querySelectorAll('a[href*=theme]')].map((link) => link.href)";

/// Looks at every state of a surface, light and dark.
async fn every_story_is_accessible(surface: &str) {
    let desk = Desk::set_up().await;
    let stories = Stories::serve(surface).await;
    let browser = Browser::open(&desk, stories.list()).await;
    browser.find_path("/stories.html").await;
    browser.page().shows("Every state of ").await;
    let links: Vec<String> =
        serde_json::from_value(browser.page().script(LINKS).await).expect("links");
    assert!(links.len() >= 20, "{links:?}");
    let mut barriers = Vec::new();
    for link in &links {
        let theme = if link.contains("theme=dark") {
            "dark"
        } else {
            "light"
        };
        browser.visit(link).await;
        browser.prefer(theme).await;
        let page = browser.page();
        let ready = "return document.documentElement.dataset.ready === 'true'";
        let ready = within(LIMIT, async || {
            (page.script(ready).await == true).then_some(())
        });
        if ready.await.is_none() {
            barriers.push(format!("{link} never gets ready:\n{}", page.text().await));
        }
        for barrier in browser.barriers().await {
            barriers.push(format!("{link}: {barrier}"));
        }
    }
    assert!(barriers.is_empty(), "{}", barriers.join("\n"));
    println!("{} states of {surface}, light and dark", links.len() / 2);
}

#[tokio::test]
async fn every_state_of_the_window_is_accessible() {
    every_story_is_accessible("desktop").await;
}

#[tokio::test]
async fn every_state_of_workspace_is_accessible() {
    every_story_is_accessible("workspace").await;
}

#[tokio::test]
async fn every_state_of_the_dashboard_is_accessible() {
    every_story_is_accessible("dashboard").await;
}

#[tokio::test]
async fn every_state_of_the_widget_is_accessible() {
    every_story_is_accessible("cti").await;
}
