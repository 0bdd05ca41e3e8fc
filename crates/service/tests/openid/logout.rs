//! RP-initiated logout: by a hint at once, else after a question; never further than asked.

use session::Kind;

use crate::support::{Answer, Browser, Desktop, World, code_in, path_with, payload};

const MIRA: &str = "mira@acme.example";
const BYE: &str = "https://dashboard.acme.example/bye";

async fn dashboard_id_token(world: &World, browser: &Browser<'_>) -> String {
    let redirect = "https://dashboard.acme.example/callback";
    let path = path_with(&[
        ("client_id", "dashboard".to_owned()),
        ("redirect_uri", redirect.to_owned()),
        ("response_type", "code".to_owned()),
        ("scope", "openid".to_owned()),
        ("code_challenge", Desktop::challenge()),
        ("code_challenge_method", "S256".to_owned()),
    ]);
    let answer = browser.get(&path).await;
    let code = answer.redirected_with("code").unwrap();
    let desktop = Desktop {
        client: "dashboard",
        redirect,
        ..Desktop::new(world)
    };
    let answer = world
        .post("/oauth/token", &desktop.code_form(&code), &[])
        .await;
    answer.json()["id_token"].as_str().unwrap().to_owned()
}

async fn logout(browser: &Browser<'_>, parameters: &[(&str, &str)]) -> Answer {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    browser
        .get(&format!("/oauth/logout?{}", query.finish()))
        .await
}

#[tokio::test]
async fn a_client_logs_its_own_session_out_and_the_person_comes_back_to_it() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let hint = dashboard_id_token(&world, &browser).await;
    // The hint may be long over.
    world.clock.forward(jiff::SignedDuration::from_hours(5));

    let parameters = [
        ("id_token_hint", hint.as_str()),
        ("post_logout_redirect_uri", BYE),
        ("state", "s"),
    ];
    let answer = logout(&browser, &parameters).await;
    assert_eq!(
        answer.location().unwrap().as_str(),
        format!("{BYE}?state=s")
    );
    assert!(!browser.has_cookie("__Host-ul-session"));
    assert_eq!(world.live(MIRA, Kind::Browser).await, 0);
    // Rule 1: the desktop stays.
    assert_eq!(world.live(MIRA, Kind::Desktop).await, 1);
    assert_ne!(payload(&tokens.access)["sid"], payload(&hint)["sid"]);
}

#[tokio::test]
async fn without_a_hint_the_person_is_asked_first() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let asked = logout(&browser, &[]).await;
    assert_eq!(asked.status, 200);
    assert!(asked.body.contains("Mira Okafor"), "{}", asked.body);
    assert_eq!(world.live(MIRA, Kind::Browser).await, 1);

    let done = browser.post("/oauth/logout", &[("confirmed", "yes")]).await;
    assert_eq!(done.location().unwrap().path(), "/signed-out");
    assert_eq!(world.live(MIRA, Kind::Browser).await, 0);
}

#[tokio::test]
async fn another_site_cannot_say_yes_for_the_person() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let cookie = format!("__Host-ul-session={}", browser.cookie("__Host-ul-session"));
    let headers = [
        ("origin", "https://evil.example"),
        ("cookie", cookie.as_str()),
    ];
    let answer = world
        .post("/oauth/logout", &[("confirmed", "yes")], &headers)
        .await;
    let asked = browser.get(answer.location().unwrap().as_str()).await;
    assert_eq!(asked.status, 200, "asked again");
    let by_link = logout(&browser, &[("confirmed", "yes")]).await;
    assert_eq!(by_link.status, 200, "asked again");
    assert_eq!(world.live(MIRA, Kind::Browser).await, 1);
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_the_client_did_not_register() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let hint = dashboard_id_token(&world, &browser).await;
    for (hint, back) in [
        (Some(hint.as_str()), "https://evil.example/"),
        (Some(hint.as_str()), "https://dashboard.acme.example/bye/"),
        (None, BYE),
        (Some("a.b.c"), BYE),
    ] {
        let mut parameters = vec![("post_logout_redirect_uri", back)];
        parameters.extend(hint.map(|hint| ("id_token_hint", hint)));
        let answer = logout(&browser, &parameters).await;
        assert!(answer.location().is_none(), "{answer:?}");
        assert!(answer.body.contains("UL-1126"), "{answer:?}");
    }
    assert_eq!(world.live(MIRA, Kind::Browser).await, 1);
}

#[tokio::test]
async fn a_desktop_hint_signs_the_desktop_out_and_leaves_the_browser_alone() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let desktop = Desktop::new(&world);
    let callback = desktop.callback(&browser, MIRA).await;
    let tokens = desktop.exchange(&code_in(&callback)).await.json();
    let hint = tokens["id_token"].as_str().unwrap();
    logout(&browser, &[("id_token_hint", hint)]).await;
    assert_eq!(world.live(MIRA, Kind::Desktop).await, 0);
    assert_eq!(browser.get("/sessions/check").await.status, 204);
}
