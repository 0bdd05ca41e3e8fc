//! OpenID Connect Back-Channel Logout 1.0: other teams' surfaces are told of every end, once the
//! end is certain, whoever ended the session and whatever goes wrong on the way.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jsonwebtoken::{DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde_json::{Value, json};
use session::{Cause, OrganizationId};
use store::{Actor, Failing, Organization};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::support::{Answers, Browser, Elsewhere, ISSUER, World, client, code_in, payload};

pub const MIRA: &str = "mira@acme.example";
const SAM: &str = "sam@acme.example";

pub struct Working(JoinHandle<()>);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The service's own worker.
pub fn working(world: &World) -> Working {
    Working(tokio::spawn(service::backchannel::run(Arc::clone(
        &world.app,
    ))))
}

/// The claims of a logout token, verified as a client does by §2.6.
pub async fn verified(world: &World, token: &str, audience: &str) -> Value {
    let jwks: JwkSet = serde_json::from_str(&world.get("/oauth/jwks", &[]).await.body).unwrap();
    let header = decode_header(token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("logout+jwt"));
    let jwk = jwks.find(&header.kid.unwrap()).unwrap();
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[audience]);
    let key = DecodingKey::from_jwk(jwk).unwrap();
    decode::<Value>(token, &key, &validation).unwrap().claims
}

/// How it goes with the client, once there is something to say.
pub async fn failing(world: &World, client: &str, has: impl Fn(&Failing) -> bool) -> Failing {
    let begun = Instant::now();
    loop {
        let all = world.app.store.deliveries().failing().await.unwrap();
        let failing = all.get(client).cloned().unwrap_or_default();
        if has(&failing) {
            return failing;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{failing:?}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_surface_of_another_team_signs_in_silently_and_is_told_of_the_sign_out_at_once() {
    let world = World::new().await;
    let _working = working(&world);
    let mut reports = Elsewhere::new(&world, "reports", Answers::With(200)).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let signed_in = reports.sign_in(&world, &browser).await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    let said = payload(signed_in.json()["id_token"].as_str().unwrap());

    let clicked = Instant::now();
    browser.post("/account/sign-out", &[]).await;
    let token = reports.told().await;
    assert!(
        clicked.elapsed() < Duration::from_secs(1),
        "{:?}",
        clicked.elapsed()
    );

    let claims = verified(&world, &token, "reports").await;
    assert_eq!(
        (&claims["sub"], &claims["sid"]),
        (&said["sub"], &said["sid"])
    );
    let event = json!({"http://schemas.openid.net/event/backchannel-logout": {}});
    assert_eq!(claims["events"], event);
    assert!(claims["jti"].as_str().is_some_and(|jti| jti.len() >= 16));
    assert_eq!(claims.get("nonce"), None, "§2.4: never an ID token's");
    let life = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert!((1..=120).contains(&life));
    failing(&world, "reports", |failing| *failing == Failing::default()).await;
}

#[tokio::test]
async fn the_metadata_say_that_surfaces_are_told() {
    let world = World::new().await;
    let document = world.get("/.well-known/openid-configuration", &[]).await;
    assert_eq!(document.json()["backchannel_logout_supported"], true);
    assert_eq!(
        document.json()["backchannel_logout_session_supported"],
        true
    );
}

#[tokio::test]
async fn only_surfaces_that_the_session_was_used_at_are_told() {
    let world = World::new().await;
    let _working = working(&world);
    let mut reports = Elsewhere::new(&world, "reports", Answers::With(204)).await;
    let mut unused = Elsewhere::new(&world, "unused", Answers::With(200)).await;
    let (miras, sams) = (Browser::new(&world), Browser::new(&world));
    miras.sign_in_here(MIRA).await;
    sams.sign_in_here(SAM).await;
    reports.sign_in(&world, &miras).await;
    unused.sign_in(&world, &sams).await;
    miras.post("/account/sign-out", &[]).await;
    let told = reports.told().await;
    let mira = world.user(MIRA).await.id.to_string();
    assert_eq!(payload(&told)["sub"], mira);
    sams.post("/account/sign-out", &[]).await;
    let told = unused.told().await;
    assert_eq!(payload(&told)["sub"], world.user(SAM).await.id.to_string());
    assert!(
        !unused.was_told() && !reports.was_told(),
        "each is told once, of its own"
    );
}

#[tokio::test]
async fn an_end_by_an_operator_at_the_command_line_is_told_too() {
    let world = World::new().await;
    let _working = working(&world);
    let mut reports = Elsewhere::new(&world, "reports", Answers::With(200)).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    reports.sign_in(&world, &browser).await;
    // Straight into the database, as another process does: nobody wakes the worker.
    let cause = Cause::Everywhere {
        user: world.user(MIRA).await.id,
    };
    let (sessions, now) = (world.app.store.sessions(), jiff::Timestamp::now());
    let ends = sessions.end(&cause, now, &Actor::Operator, None).await;
    assert_eq!(ends.unwrap().ended.len(), 1);
    verified(&world, &reports.told().await, "reports").await;
}

#[tokio::test]
async fn a_client_of_one_organization_signs_in_nobody_of_another() {
    let world = World::new().await;
    let reports = Elsewhere::new(&world, "reports", Answers::With(200)).await;
    let other = Organization {
        id: OrganizationId(Uuid::now_v7()),
        name: "Globex".to_owned(),
        ..world.organization().await
    };
    world.app.store.organizations().add(&other).await.unwrap();
    let theirs = client("reports", other.id, "https://reports.globex.example/logout");
    world.app.store.clients().remove("reports").await.unwrap();
    world.app.store.clients().add(&theirs).await.unwrap();
    let clients = &world.app.openid.clients;
    clients.reload(world.app.store.as_ref()).await.unwrap();

    let browser = Browser::new(&world);
    let asked = browser.get(&reports.request(&[])).await;
    let attempt = asked.redirected_with("attempt").unwrap();
    let refused = browser.sign_in(&attempt, MIRA).await;
    assert!(
        refused.redirected_with("code").is_none(),
        "a sign-in at its page: {refused:?}"
    );
    assert!(!browser.has_cookie("__Host-ul-session"));
    browser.sign_in_here(MIRA).await;
    for request in [reports.request(&[]), reports.request(&[("prompt", "none")])] {
        let refused = browser.get(&request).await;
        let error = refused.redirected_with("error");
        assert_eq!(error.as_deref(), Some("access_denied"), "{refused:?}");
    }
}

#[tokio::test]
async fn a_client_that_another_process_registers_is_known_within_seconds() {
    let world = World::new().await;
    let _working = working(&world);
    let mira = world.user(MIRA).await;
    let new = client("new", mira.organization, "https://new.example/logout");
    world.app.store.clients().add(&new).await.unwrap();
    let known = async || {
        let begun = Instant::now();
        let wanted = world
            .app
            .store
            .clients()
            .get("new")
            .await
            .unwrap()
            .is_some();
        while world.app.openid.clients.get("new").is_some() != wanted {
            assert!(begun.elapsed() < Duration::from_secs(10));
            tokio::task::yield_now().await;
        }
    };
    known().await;
    world.app.store.clients().remove("new").await.unwrap();
    known().await;
}

#[tokio::test]
async fn a_code_that_is_exchanged_after_the_end_is_worth_nothing() {
    let world = World::new().await;
    let mut reports = Elsewhere::new(&world, "reports", Answers::With(200)).await;
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;
    let granted = browser.get(&reports.request(&[("prompt", "none")])).await;
    let code = code_in(&granted.location().unwrap());
    browser.post("/account/sign-out", &[]).await;
    let refused = reports.exchange(&world, &code).await;
    refused.assert_error(400, "invalid_grant", "UL-1120");
    assert!(!reports.was_told(), "it knew of nothing");
}
