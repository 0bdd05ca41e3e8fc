//! Authorization requests that are refused: on a page where the address cannot be trusted, else
//! to the client.

use crate::support::{Answer, Browser, Desktop, Key, World, borrowed, path_with};

async fn ask(world: &World, change: impl FnOnce(&mut Vec<(&'static str, String)>)) -> Answer {
    let mut parameters = Desktop::new(world).parameters();
    change(&mut parameters);
    Browser::new(world).get(&path_with(&parameters)).await
}

fn set(parameters: &mut Vec<(&'static str, String)>, name: &'static str, value: &str) {
    parameters.retain(|(key, _)| *key != name);
    parameters.push((name, value.to_owned()));
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let world = World::new().await;
    for redirect in [
        "https://evil.example/signed-in",
        "com.unifiedlogin.workspace:/signed-in/..",
        "com.unifiedlogin.workspace:/signed-in?x=1",
        "com.unifiedlogin.workspace:/other",
        "com.unifiedlogin.workspace://signed-in",
        "http://127.0.0.1:49152/other",
        "http://127.0.0.1.evil.example/signed-in",
        "http://localhost:49152/signed-in",
        "https://127.0.0.1:49152/signed-in",
        "http://user@127.0.0.1:49152/signed-in",
        "http://127.0.0.1:49152/./signed-in",
        "http://127.1:49152/signed-in",
        "http://127.0.0.1:49152/signed-in#x",
        "javascript:alert(1)",
        "//evil.example",
        "",
    ] {
        let answer = ask(&world, |all| set(all, "redirect_uri", redirect)).await;
        assert_eq!(answer.status, 400, "{redirect}");
        assert!(answer.location().is_none(), "{redirect}");
        let code = if redirect.is_empty() {
            "UL-1101"
        } else {
            "UL-1104"
        };
        assert!(answer.body.contains(code), "{redirect}: {}", answer.body);
        assert!(!answer.body.contains("evil"), "the page repeats nothing");
    }
}

#[tokio::test]
async fn an_unknown_client_is_told_on_a_page() {
    let world = World::new().await;
    let answer = ask(&world, |all| set(all, "client_id", "nobody")).await;
    assert!(answer.location().is_none());
    assert!(answer.body.contains("UL-1103"));
}

#[tokio::test]
async fn a_parameter_sent_twice_is_refused_on_a_page() {
    let world = World::new().await;
    for name in ["client_id", "redirect_uri", "state", "scope"] {
        let answer = ask(&world, |all| {
            let same = all.iter().find(|(key, _)| *key == name).unwrap().clone();
            all.push(same);
        });
        let answer = answer.await;
        assert!(answer.location().is_none(), "{name}");
        assert!(answer.body.contains("UL-1101"), "{name}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_a_client_did_wrong_is_told_to_it_with_state_and_issuer() {
    let world = World::new().await;
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "invalid_request"),
        ("response_mode", "fragment", "invalid_request"),
        ("scope", "profile", "invalid_scope"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("prompt", "none login", "invalid_request"),
        ("prompt", "dance", "invalid_request"),
        ("max_age", "-1", "invalid_request"),
        ("max_age", "soon", "invalid_request"),
        ("dpop_jkt", "short", "invalid_request"),
        ("request", "a.b.c", "request_not_supported"),
    ] {
        let answer = ask(&world, |all| set(all, name, value)).await;
        let location = answer
            .location()
            .unwrap_or_else(|| panic!("{name}: {answer:?}"));
        assert_eq!(location.scheme(), "com.unifiedlogin.workspace", "{name}");
        assert_eq!(
            answer.redirected_with("error").as_deref(),
            Some(error),
            "{name}={value}"
        );
        assert_eq!(
            answer.redirected_with("state").as_deref(),
            Some("the-state")
        );
        assert!(answer.redirected_with("iss").is_some());
        assert!(answer.redirected_with("code").is_none());
    }
}

#[tokio::test]
async fn a_client_that_must_push_is_refused_otherwise() {
    let world = World::new().await;
    let answer = ask(&world, |all| {
        set(all, "client_id", "careful");
        set(all, "redirect_uri", "https://careful.acme.example/callback");
    });
    let answer = answer.await;
    assert_eq!(
        answer.redirected_with("error").as_deref(),
        Some("invalid_request")
    );
    assert!(
        answer
            .redirected_with("error_description")
            .unwrap()
            .contains("push")
    );
}

#[tokio::test]
async fn a_pushed_request_is_checked_like_any_other_and_belongs_to_its_client() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let push = async |name: &'static str, value: &str| {
        let mut parameters = desktop.parameters();
        set(&mut parameters, name, value);
        let form = borrowed(&parameters);
        world.post("/oauth/par", &form, &[]).await
    };
    let answer = push("redirect_uri", "https://evil.example/").await;
    answer.assert_error(400, "invalid_request", "UL-1104");
    let answer = push("code_challenge_method", "plain").await;
    answer.assert_error(400, "invalid_request", "UL-1107");
    let answer = push("request_uri", "urn:ietf:params:oauth:request_uri:x").await;
    answer.assert_error(400, "invalid_request", "UL-1101");
    let answer = push("client_id", "nobody").await;
    answer.assert_error(401, "invalid_client", "UL-1114");
    let proof = Key::new().proof("POST", "/oauth/token");
    let answer = desktop.push_with(&proof).await;
    answer.assert_error(400, "invalid_dpop_proof", "UL-1123");

    let path = desktop.push().await;
    let others = path.replace("client_id=workspace-desktop", "client_id=dashboard");
    for wrong in [others.as_str(), &path[..path.len() - 2]] {
        let answer = Browser::new(&world).get(wrong).await;
        assert!(answer.location().is_none());
        assert!(answer.body.contains("UL-1112"), "{answer:?}");
    }
    world.clock.forward(jiff::SignedDuration::from_mins(11));
    let late = Browser::new(&world).get(&path).await;
    assert!(late.body.contains("UL-1112"));
}

#[tokio::test]
async fn more_than_any_request_needs_is_not_read() {
    let world = World::new().await;
    let long = "a".repeat(5000);
    let answer = ask(&world, |all| set(all, "state", &long)).await;
    assert!(answer.body.contains("UL-1102"));
    let huge = "a".repeat(100_000);
    let answer = world.post("/oauth/token", &[("code", &huge)], &[]).await;
    answer.assert_error(413, "invalid_request", "UL-1102");
}

#[tokio::test]
async fn the_request_may_come_as_a_form() {
    let world = World::new().await;
    let parameters = Desktop::new(&world).parameters();
    let answer = world
        .post("/oauth/authorize", &borrowed(&parameters), &[])
        .await;
    let query = answer.location().unwrap();
    let answer = Browser::new(&world).get(query.as_str()).await;
    assert!(answer.redirected_with("attempt").is_some(), "{answer:?}");
}
