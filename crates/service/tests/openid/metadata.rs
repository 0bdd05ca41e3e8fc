//! The provider's metadata: what it says is what there is.

use crate::support::{ISSUER, World};

#[tokio::test]
async fn both_documents_are_the_same_and_name_this_issuer() {
    let world = World::new().await;
    let openid = world.get("/.well-known/openid-configuration", &[]).await;
    let oauth = world
        .get("/.well-known/oauth-authorization-server", &[])
        .await;
    assert_eq!(openid.json(), oauth.json());
    assert_eq!(openid.json()["issuer"], ISSUER);
}

#[tokio::test]
async fn every_endpoint_that_is_named_is_there() {
    let world = World::new().await;
    let document = world
        .get("/.well-known/openid-configuration", &[])
        .await
        .json();
    let mut seen = 0;
    for (name, value) in document.as_object().unwrap() {
        if !name.ends_with("_endpoint") && name != "jwks_uri" {
            continue;
        }
        let path = value.as_str().unwrap().strip_prefix(ISSUER).unwrap();
        let get = world.get(path, &[]).await;
        let post = world.post(path, &[], &[]).await;
        assert!(get.status != 404 && post.status != 404, "{name}");
        assert!(get.status != 405 || post.status != 405, "{name}");
        assert!(
            !get.status.is_server_error() && !post.status.is_server_error(),
            "{name}"
        );
        seen += 1;
    }
    assert_eq!(seen, 10);
}

#[tokio::test]
async fn an_unknown_grant_is_refused_by_name() {
    let world = World::new().await;
    let form = [("grant_type", "password"), ("client_id", "dashboard")];
    let answer = world.post("/oauth/token", &form, &[]).await;
    answer.assert_error(400, "unsupported_grant_type", "UL-1115");
}

#[tokio::test]
async fn surfaces_that_are_not_served_are_not_named() {
    let world = World::new().await;
    let document = world.get("/.well-known/openid-configuration", &[]).await;
    assert_eq!(document.json().get("surfaces"), None);
}
