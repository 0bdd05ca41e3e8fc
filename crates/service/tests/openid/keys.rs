//! Keys: outside the database, private to the operator, and rotated without signing anybody out.

use jsonwebtoken::{DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde_json::Value;
use service::keys::Keys;

use crate::support::{Browser, Desktop, ISSUER, World};

const MIRA: &str = "mira@acme.example";

async fn jwks(world: &World) -> JwkSet {
    let text = world.get("/oauth/jwks", &[]).await.body;
    assert!(!text.contains("\"d\""), "public keys only");
    serde_json::from_str(&text).unwrap()
}

fn verified(jwks: &JwkSet, token: &str, audience: &str) -> bool {
    let header = decode_header(token).unwrap();
    let jwk = jwks.find(&header.kid.unwrap()).unwrap();
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[audience]);
    decode::<Value>(token, &DecodingKey::from_jwk(jwk).unwrap(), &validation).is_ok()
}

#[tokio::test]
async fn tokens_verify_by_the_published_keys() {
    let world = World::new().await;
    let tokens = Desktop::new(&world).sign_in(MIRA).await;
    let jwks = jwks(&world).await;
    assert!(verified(&jwks, &tokens.access, ISSUER));
    assert!(verified(&jwks, &tokens.id.unwrap(), "workspace-desktop"));
}

#[tokio::test]
async fn a_rotation_signs_with_new_keys_and_nobody_out() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let before = desktop.sign_in(MIRA).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;

    Keys::rotate(world.folder.path(), jiff::Timestamp::now()).unwrap();
    assert!(world.app.openid.keys.reload().unwrap());
    assert!(!world.app.openid.keys.reload().unwrap(), "nothing new");

    let after = crate::support::Tokens::of(&desktop.refresh(&before.refresh).await);
    let kid = |token: &str| decode_header(token).unwrap().kid;
    assert_ne!(kid(&before.access), kid(&after.access));
    let jwks = jwks(&world).await;
    assert_eq!(jwks.keys.len(), 4);
    assert!(
        verified(&jwks, &before.access, ISSUER),
        "the old key is still published"
    );
    assert!(verified(&jwks, &after.access, ISSUER));
    assert_eq!(desktop.userinfo(&before.access).await.status, 200);
    assert_eq!(desktop.refresh(&after.refresh).await.status, 200);
    assert_eq!(browser.get("/sessions/check").await.status, 204);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_operator_may_read_the_keys() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new().await;
    let file = world.folder.path().join("keys.json");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    Keys::rotate(world.folder.path(), jiff::Timestamp::now()).unwrap();
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Keys::open(world.folder.path(), jiff::Timestamp::now()).unwrap_err();
    assert!(refused.to_string().contains("UL-1133"), "{refused}");
}

#[tokio::test]
async fn damaged_keys_are_refused_and_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let now = jiff::Timestamp::now();
    Keys::open(folder.path(), now).unwrap();
    let file = folder.path().join("keys.json");
    let text = std::fs::read_to_string(&file).unwrap();
    for damaged in [
        &text[..text.len() / 2],
        "{}",
        &text.replace("\"version\": 1", "\"version\": 2"),
    ] {
        std::fs::write(&file, damaged).unwrap();
        let refused = Keys::open(folder.path(), now).unwrap_err();
        assert!(refused.to_string().contains("UL-1132"), "{refused}");
        assert!(Keys::rotate(folder.path(), now).is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), damaged);
    }
}

#[tokio::test]
async fn a_stolen_database_holds_no_token() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    desktop.refresh(&tokens.refresh).await;
    let mut stored = Vec::new();
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("unified-login.db") {
            stored.extend(std::fs::read(path).unwrap());
        }
    }
    assert!(stored.len() > 4096);
    let text = String::from_utf8_lossy(&stored);
    let secret = tokens.refresh.strip_prefix("ulr1.").unwrap();
    assert!(!text.contains(&secret[40..]));
    assert!(!text.contains(&tokens.access[40..]));
}
