//! The small window in which a widget's person signs in: blocked, closed, opened by strangers.

use serde_json::{Value, json};
use stage::{Cookies, Engine, Floor, LIMIT, MIRA, Shown, Surface, client, until};

const BLOCK: &str = "window.realOpen = window.open; window.open = () => null;";
const UNBLOCK: &str = "window.open = window.realOpen;";

async fn widget_alone() -> Floor {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Blocked).await;
    floor.surfaces.show(Surface::HubSpot).await;
    floor.surfaces.is(Surface::HubSpot, &Shown::SignedOut).await;
    floor.surfaces.go_to(Surface::HubSpot).await;
    floor
}

#[tokio::test]
async fn a_widget_opens_no_window_by_itself_and_says_so_when_the_browser_opens_none() {
    let floor = widget_alone().await;
    let page = floor.surfaces.page();
    let pages = floor.surfaces.browser.pages().await;
    page.script(BLOCK).await;
    page.press("Sign in").await;
    page.shows("The sign-in window was blocked").await;
    page.shows("Code UL-3107").await;
    assert_eq!(floor.surfaces.browser.pages().await, pages);
    page.script(UNBLOCK).await;
    page.press("Try again").await;
    sign_in_in_the_window(&floor).await;
    floor.surfaces.is(Surface::HubSpot, &Shown::SignedIn).await;
}

/// Goes to the small window, once it asks who is there.
async fn go_to_its_form(floor: &Floor) {
    until("the window's sign-in page", LIMIT, async || {
        let there = floor.surfaces.go_to_window().await;
        let form = "return Boolean(document.querySelector('input[name=password]'))";
        (there && floor.surfaces.page().script(form).await == true).then_some(())
    })
    .await;
}

async fn sign_in_in_the_window(floor: &Floor) {
    go_to_its_form(floor).await;
    floor.surfaces.browser.sign_in(MIRA).await;
}

#[tokio::test]
async fn a_window_that_is_closed_half_way_is_opened_again_by_the_next_press() {
    let mut floor = widget_alone().await;
    floor.surfaces.page().press("Sign in").await;
    for _ in 0..2 {
        go_to_its_form(&floor).await;
        floor.surfaces.browser.close_tab().await;
        floor.surfaces.go_to(Surface::HubSpot).await;
        let page = floor.surfaces.page();
        page.shows("If the window is gone, open it again").await;
        page.press("Open the window again").await;
    }
    go_to_its_form(&floor).await;
    floor.surfaces.browser.close_tab().await;
    // As a person does who gave up: the whole page again, another day.
    floor.surfaces.reload(Surface::HubSpot).await;
    floor.surfaces.page().press("Sign in").await;
    sign_in_in_the_window(&floor).await;
    floor.surfaces.is(Surface::HubSpot, &Shown::SignedIn).await;
}

/// An attempt that somebody begins on a computer of their own, knowing all its secrets.
async fn attempt_of_a_stranger(floor: &Floor) -> Value {
    let widget = floor.scene.service.origin("cti");
    let answer = client()
        .post(format!("{widget}/embed/attempts"))
        .header("origin", &widget)
        .header("sec-fetch-site", "same-origin")
        .json(&json!({}))
        .send()
        .await
        .expect("an answer");
    answer.json().await.expect("an attempt")
}

/// What a stranger's attempt has come to.
async fn came_to(floor: &Floor, attempt: &Value) -> u16 {
    let widget = floor.scene.service.origin("cti");
    let id = attempt["attempt"].as_str().expect("an id");
    let answer = client()
        .post(format!("{widget}/embed/attempts/{id}/wait"))
        .header("origin", &widget)
        .header("sec-fetch-site", "same-origin")
        .json(&json!({ "wait": attempt["wait"] }))
        .send()
        .await
        .expect("an answer");
    answer.status().as_u16()
}

#[tokio::test]
async fn a_stranger_who_lures_a_person_into_the_window_of_an_attempt_of_theirs_gets_nothing() {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Allowed).await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    let attempt = attempt_of_a_stranger(&floor).await;
    let widget = floor.scene.service.origin("cti");
    let link = format!("{widget}{}", attempt["window"].as_str().expect("a window"));
    let encoded =
        |text: &str| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let hand = json!({ "ul": "hand", "attempt": attempt["attempt"], "hand": attempt["hand"] });
    let query = format!("open={}&say={}", encoded(&link), encoded(&hand.to_string()));
    let browser = &floor.surfaces.browser;
    let page = browser.page();

    // Opened by the stranger's page, which says what only the frame would know.
    browser.new_tab().await;
    browser
        .visit(&floor.surfaces.hosts.page("evil", &query))
        .await;
    let evil = browser.current().await;
    page.press("Open it").await;
    page.press("Say it").await;
    let window = |url: &url::Url| url.as_str() == link;
    browser.find("the window", window).await;
    page.shows("was not opened by the CTI widget").await;
    browser.look_at(&evil).await;
    page.press("Say it").await;

    // The link by itself, as from a mail.
    browser.new_tab().await;
    browser.visit(&link).await;
    page.shows("was not opened by the CTI widget").await;

    // The person's own way through the sign-in finishes nothing of the stranger's either.
    browser
        .visit(&format!("{widget}/sign-in?return_to=/"))
        .await;
    page.shows(MIRA.name).await;
    assert_eq!(came_to(&floor, &attempt).await, 202, "it still waits");
}
