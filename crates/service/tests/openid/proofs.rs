//! What a DPoP proof must be (RFC 9449 §4.3), and that each request needs its own.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::support::{Desktop, Key, Tokens, World};

const MIRA: &str = "mira@acme.example";

async fn refresh_with(world: &World, token: &str, proofs: &[&str]) -> crate::support::Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "workspace-desktop"),
        ("refresh_token", token),
    ];
    let headers: Vec<(&str, &str)> = proofs.iter().map(|proof| ("dpop", *proof)).collect();
    world.post("/oauth/token", &form, &headers).await
}

#[tokio::test]
async fn a_proof_that_proves_nothing_is_refused_and_costs_nothing() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let key = &desktop.key;
    let good = || Key::claims("POST", "/oauth/token");
    let with = |name: &str, value: Value| {
        let mut claims = good();
        claims[name] = value;
        key.sign(&claims)
    };
    let without = |name: &str| {
        let mut claims = good();
        claims.as_object_mut().unwrap().remove(name);
        key.sign(&claims)
    };
    let now = jiff::Timestamp::now().as_second();
    let header = |change: fn(&mut Header)| {
        let mut header = key.header();
        change(&mut header);
        encode(&header, &good(), &key.private).unwrap()
    };
    let own_key_elsewhere = {
        let mut header = key.header();
        header.jwk = Some(Key::new().jwk);
        encode(&header, &good(), &key.private).unwrap()
    };
    let symmetric = {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some("dpop+jwt".to_owned());
        header.jwk = Some(key.jwk.clone());
        encode(&header, &good(), &EncodingKey::from_secret(b"secret")).unwrap()
    };
    let bad = [
        with("htm", json!("GET")),
        with("htu", json!("http://id.acme.localhost:7400/oauth/par")),
        with("htu", json!("https://elsewhere.example/oauth/token")),
        with("iat", json!(now - 600)),
        with("iat", json!(now + 600)),
        with("iat", json!("soon")),
        with("jti", json!("")),
        without("jti"),
        without("htm"),
        without("htu"),
        without("iat"),
        header(|header| header.typ = Some("JWT".to_owned())),
        header(|header| header.jwk = None),
        own_key_elsewhere,
        symmetric,
        "rubbish".to_owned(),
        "a.b.c".to_owned(),
        format!("{}A", key.proof("POST", "/oauth/token")),
        String::new(),
    ];
    for proof in &bad {
        let answer = refresh_with(&world, &tokens.refresh, &[proof]).await;
        answer.assert_error(400, "invalid_dpop_proof", "UL-1123");
    }
    let (one, two) = (
        key.proof("POST", "/oauth/token"),
        key.proof("POST", "/oauth/token"),
    );
    let answer = refresh_with(&world, &tokens.refresh, &[&one, &two]).await;
    answer.assert_error(400, "invalid_dpop_proof", "UL-1123");
    let answer = refresh_with(&world, &tokens.refresh, &[]).await;
    answer.assert_error(400, "invalid_dpop_proof", "UL-1123");

    let answer = desktop.refresh(&tokens.refresh).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn a_private_key_in_a_proof_is_refused() {
    let world = World::new().await;
    let key = Key::new();
    let proof = key.proof("POST", "/oauth/par");
    let (header, rest) = proof.split_once('.').unwrap();
    let header = URL_SAFE_NO_PAD.decode(header).unwrap();
    let mut header: Value = serde_json::from_slice(&header).unwrap();
    header["jwk"]["d"] = json!("AAAA");
    let proof = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()));
    let answer = Desktop::new(&world).push_with(&proof).await;
    answer.assert_error(400, "invalid_dpop_proof", "UL-1123");
    let said = answer.json()["error_description"].to_string();
    assert!(said.contains("private key"), "{said}");
}

#[tokio::test]
async fn a_proof_works_once() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let proof = desktop.key.proof("POST", "/oauth/token");
    let first = refresh_with(&world, &tokens.refresh, &[&proof]).await;
    assert_eq!(first.status, 200);
    let successor = Tokens::of(&first).refresh;
    for token in [&tokens.refresh, &successor] {
        let answer = refresh_with(&world, token, &[&proof]).await;
        answer.assert_error(400, "invalid_dpop_proof", "UL-1124");
    }
    assert_eq!(desktop.refresh(&successor).await.status, 200);
}

#[tokio::test]
async fn a_bound_access_token_needs_its_own_proof_of_its_own_key() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let access = tokens.access.as_str();
    let proof = |token: &str| desktop.key.proof_with("GET", "/oauth/userinfo", token);
    let ask = async |authorization: String, proof: Option<String>| {
        let mut headers = vec![("authorization", authorization.as_str())];
        if let Some(proof) = &proof {
            headers.push(("dpop", proof));
        }
        world.get("/oauth/userinfo", &headers).await
    };

    let stolen = Key::new().proof_with("GET", "/oauth/userinfo", access);
    let no_ath = desktop.key.proof("GET", "/oauth/userinfo");
    for (authorization, proof) in [
        (format!("Bearer {access}"), None),
        (format!("Bearer {access}"), Some(proof(access))),
        (format!("DPoP {access}"), None),
        (format!("DPoP {access}"), Some(stolen)),
        (format!("DPoP {access}"), Some(no_ath)),
        (format!("DPoP {access}"), Some(proof("another token"))),
        (format!("DPoP {access}x"), Some(proof(access))),
        ("DPoP".to_owned(), Some(proof(access))),
    ] {
        let answer = ask(authorization.clone(), proof).await;
        assert_eq!(answer.status, 401, "{authorization}");
        let challenge = answer.headers["www-authenticate"].to_str().unwrap();
        assert!(challenge.starts_with("DPoP error="), "{challenge}");
    }

    let good = proof(access);
    let once = ask(format!("DPoP {access}"), Some(good.clone())).await;
    assert_eq!(once.status, 200, "{once:?}");
    let twice = ask(format!("DPoP {access}"), Some(good)).await;
    twice.assert_error(401, "invalid_dpop_proof", "UL-1124");
}

#[tokio::test]
async fn an_id_token_is_no_access_token() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let answer = desktop.userinfo(&tokens.id.unwrap()).await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn an_access_token_is_over_after_five_minutes() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    assert_eq!(world.introspect(&tokens.access).await["active"], true);
    world.clock.forward(jiff::SignedDuration::from_secs(301));
    assert_eq!(world.introspect(&tokens.access).await["active"], false);
}
