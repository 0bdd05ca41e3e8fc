//! The token endpoint: codes, PKCE, nonces and proofs are checked as a real one would, and refresh
//! tokens follow the shared rules of generations.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;

use ::session::{Generations, Presented, SessionId};
use aws_lc_rs::digest;
use axum::{
    Form, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Header};
use serde_json::json;

use super::{Inner, Mood, Shared};

pub async fn token(
    State((inner, _)): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    let (answer, gate) = {
        let mut inner = inner.lock().unwrap();
        let proof = headers["dpop"].to_str().unwrap();
        let claims = proof.split('.').nth(1).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(claims).unwrap();
        inner.proofs.push(serde_json::from_slice(&claims).unwrap());
        inner.secrets.push(proof.to_owned());
        let gate = inner.gate.clone();
        let gate = gate.filter(|_| form["grant_type"] == "refresh_token");
        inner.waiting += usize::from(gate.is_some());
        (token_answer(&mut inner, &form), gate)
    };
    if let Some(mut gate) = gate {
        gate.wait_for(|open| *open).await.unwrap();
    }
    answer
}

fn token_answer(inner: &mut Inner, form: &BTreeMap<String, String>) -> Response {
    let answer = answer(inner, form);
    match inner.mood {
        Mood::Well => answer,
        Mood::LosesAnswer | Mood::Error500 => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mood::Html => axum::response::Html("<h1>Log in to this network</h1>").into_response(),
        Mood::Rubbish => ([(header::CONTENT_TYPE, "application/json")], "{\"a\":").into_response(),
        Mood::InvalidGrant500 => (
            StatusCode::BAD_GATEWAY,
            Json(json!({"error": "invalid_grant"})),
        )
            .into_response(),
        Mood::Ended => oauth_error("invalid_grant"),
        Mood::RefusesClient => oauth_error("invalid_client"),
    }
}

fn answer(inner: &mut Inner, form: &BTreeMap<String, String>) -> Response {
    let alone = !matches!(inner.mood, Mood::Well | Mood::LosesAnswer);
    if alone {
        return StatusCode::IM_A_TEAPOT.into_response();
    }
    if form["grant_type"] == "refresh_token" {
        return refresh(inner, form);
    }
    let Some(request) = inner.codes.remove(&form["code"]) else {
        return oauth_error("invalid_grant");
    };
    let hash = digest::digest(&digest::SHA256, form["code_verifier"].as_bytes());
    assert_eq!(URL_SAFE_NO_PAD.encode(hash), request["code_challenge"]);
    assert_eq!(form["redirect_uri"], request["redirect_uri"]);
    let secrets = [&form["code"], &form["code_verifier"], &request["nonce"]].map(Clone::clone);
    inner.secrets.extend(secrets);
    let session = SessionId(uuid::Uuid::now_v7());
    inner.generations.insert(session, Generations::default());
    tokens(inner, session, 0, Some(&request["nonce"]))
}

fn refresh(inner: &mut Inner, form: &BTreeMap<String, String>) -> Response {
    let (session, generation) = form["refresh_token"].split_once('.').unwrap();
    let session: SessionId = session.parse().unwrap();
    if inner.revoked.contains(&session.to_string()) {
        return oauth_error("invalid_grant");
    }
    match inner.generations[&session].present(generation.parse().unwrap()) {
        Presented::Renewed(next) => {
            inner.generations.insert(session, next);
            inner.renewals += 1;
        }
        Presented::Repeated => {}
        Presented::Spent => return oauth_error("invalid_grant"),
    }
    let issued = inner.generations[&session].issued;
    tokens(inner, session, issued, None)
}

fn tokens(
    inner: &mut Inner,
    session: SessionId,
    generation: u64,
    nonce: Option<&String>,
) -> Response {
    let now = (Timestamp::now() + inner.ahead).as_second();
    inner.secrets.extend([
        format!("access-{session}-{generation}"),
        format!("{session}.{generation}"),
    ]);
    let mut body = json!({
        "access_token": format!("access-{session}-{generation}"),
        "token_type": "DPoP",
        "expires_in": 300,
        "refresh_token": format!("{session}.{generation}"),
    });
    if let Some(nonce) = nonce {
        let claims = json!({
            "iss": inner.issuer, "sub": "mira", "aud": "workspace-desktop",
            "iat": now, "exp": now + 300, "nonce": nonce, "sid": session,
            "name": "Mira Okafor", "email": "mira@acme.example", "org": "Acme", "role": "admin",
        });
        let header = Header::new(Algorithm::ES256);
        let id_token = jsonwebtoken::encode(&header, &claims, &inner.key).unwrap();
        inner.secrets.push(id_token.clone());
        body["id_token"] = id_token.into();
    }
    Json(body).into_response()
}

fn oauth_error(error: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response()
}
