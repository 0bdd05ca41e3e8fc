//! A small OpenID Provider for tests, which can also misbehave. It follows the shared rules of
//! refresh-token generations; codes, PKCE, nonces and proofs are checked as a real one would.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod events;
mod serving;
mod tokens;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
    time::SystemTime,
};

use ::session::{Generations, SessionEvent, SessionId};
use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, EncodingKey, jwk::Jwk};
use serde_json::{Value, json};
use tokio::sync::{broadcast, watch};

use self::serving::Serving;
use super::within::within;

/// How the token endpoint answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Well,
    Error500,
    Html,
    Rubbish,
    /// Rotates, but the answer is lost.
    LosesAnswer,
    /// A server's own trouble that reads like an end.
    InvalidGrant500,
    Ended,
    RefusesClient,
}

pub struct Inner {
    pub mood: Mood,
    pub generations: BTreeMap<SessionId, Generations>,
    pub revoked: BTreeSet<String>,
    pub renewals: usize,
    pub proofs: Vec<Value>,
    pub ahead: SignedDuration,
    /// Everything that it gave or took and that nobody else may see.
    pub secrets: Vec<String>,
    /// While there is one, renewals are done and their answers wait for it.
    pub gate: Option<watch::Receiver<bool>>,
    pub waiting: usize,
    pub revoked_tokens: Vec<String>,
    /// The person's other sessions, in their wire form.
    pub elsewhere: Vec<Value>,
    /// The person's role now.
    pub role: &'static str,
    pushed: BTreeMap<String, BTreeMap<String, String>>,
    codes: BTreeMap<String, BTreeMap<String, String>>,
    key: EncodingKey,
    jwk: Jwk,
    issuer: String,
}

impl Inner {
    fn now(&self) -> SystemTime {
        let difference = self.ahead.unsigned_abs();
        if self.ahead.is_negative() {
            SystemTime::now() - difference
        } else {
            SystemTime::now() + difference
        }
    }
}

#[derive(Clone)]
pub struct Fake {
    inner: Arc<Mutex<Inner>>,
    pub events: broadcast::Sender<SessionEvent>,
    pub issuer: String,
    router: Router,
    port: u16,
    serving: Arc<Serving>,
}

type Shared = (Arc<Mutex<Inner>>, broadcast::Sender<SessionEvent>);

impl Fake {
    pub fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let issuer = format!("http://id.acme.localhost:{port}");
        let document = aws_lc_rs::signature::EcdsaKeyPair::generate_pkcs8(
            &aws_lc_rs::signature::ECDSA_P256_SHA256_FIXED_SIGNING,
            &aws_lc_rs::rand::SystemRandom::new(),
        )
        .unwrap();
        let key = EncodingKey::from_ec_der(document.as_ref());
        let inner = Arc::new(Mutex::new(Inner {
            mood: Mood::Well,
            generations: BTreeMap::new(),
            revoked: BTreeSet::new(),
            renewals: 0,
            proofs: Vec::new(),
            ahead: SignedDuration::ZERO,
            secrets: Vec::new(),
            gate: None,
            waiting: 0,
            revoked_tokens: Vec::new(),
            elsewhere: Vec::new(),
            role: "admin",
            pushed: BTreeMap::new(),
            codes: BTreeMap::new(),
            jwk: Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap(),
            key,
            issuer: issuer.clone(),
        }));
        let events = broadcast::channel(64).0;
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/par", post(push))
            .route("/token", post(tokens::token))
            .route("/revoke", post(revoke))
            .route("/jwks", get(keys))
            .route("/events", get(events::stream))
            .route("/sessions", get(sessions))
            .layer(axum::middleware::map_response_with_state(
                Arc::clone(&inner),
                date,
            ))
            .with_state((Arc::clone(&inner), events.clone()));
        let serving = Arc::<Serving>::default();
        serving.start(listener, router.clone());
        Self {
            inner,
            events,
            issuer,
            router,
            port,
            serving,
        }
    }

    /// The service is killed.
    pub fn die(&self) {
        self.serving.stop();
    }

    /// And is there again, at the same port and with everything that it knew.
    pub async fn revive(&self) {
        let listener = within(async {
            loop {
                match std::net::TcpListener::bind(("127.0.0.1", self.port)) {
                    Ok(listener) => return listener,
                    Err(_) => tokio::task::yield_now().await,
                }
            }
        })
        .await;
        self.serving.start(listener, self.router.clone());
    }

    pub fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    pub fn mood(&self, mood: Mood) {
        self.inner().mood = mood;
    }

    /// A session without a sign-in: its first refresh token.
    pub fn begin_session(&self) -> String {
        let session = SessionId(uuid::Uuid::now_v7());
        self.inner()
            .generations
            .insert(session, Generations::default());
        format!("{session}.0")
    }

    /// The person signs in at this address: the code and everything else of the answer.
    pub fn authorize(&self, address: &url::Url) -> url::Url {
        let query: BTreeMap<_, _> = address.query_pairs().into_owned().collect();
        let mut inner = self.inner();
        let request = inner.pushed.remove(&query["request_uri"]).unwrap();
        let code = uuid::Uuid::new_v4().simple().to_string();
        let mut answer = url::Url::parse(&request["redirect_uri"]).unwrap();
        answer
            .query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &request["state"])
            .append_pair("iss", &inner.issuer);
        inner.codes.insert(code, request);
        answer
    }
}

async fn discovery(State((inner, _)): State<Shared>) -> Response {
    let inner = inner.lock().unwrap();
    let at = |path: &str| format!("{}{path}", inner.issuer);
    let document = json!({
        "issuer": inner.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/jwks"),
        "pushed_authorization_request_endpoint": at("/par"),
        "revocation_endpoint": at("/revoke"),
        "session_events_endpoint": at("/events"),
        "sessions_endpoint": at("/sessions"),
        "surfaces": {
            "workspace": "http://workspace.acme.localhost:7400",
            "dashboard": "http://dashboard.acme.localhost:7400",
        },
        "dpop_signing_alg_values_supported": ["ES256"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "authorization_response_iss_parameter_supported": true,
    });
    Json(document).into_response()
}

async fn sessions(State((inner, _)): State<Shared>, headers: HeaderMap) -> Json<Value> {
    let inner = inner.lock().unwrap();
    let authorization = headers[header::AUTHORIZATION].to_str().unwrap();
    assert!(authorization.starts_with("DPoP ") && headers.contains_key("dpop"));
    Json(json!({ "role": inner.role, "sessions": inner.elsewhere }))
}

/// Every answer carries the issuer's own time.
async fn date(State(inner): State<Arc<Mutex<Inner>>>, mut answer: Response) -> Response {
    let date = httpdate::fmt_http_date(inner.lock().unwrap().now());
    answer
        .headers_mut()
        .insert(header::DATE, date.parse().unwrap());
    answer
}

async fn keys(State((inner, _)): State<Shared>) -> Json<Value> {
    Json(json!({ "keys": [inner.lock().unwrap().jwk] }))
}

async fn push(
    State((inner, _)): State<Shared>,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    assert_eq!(form["code_challenge_method"], "S256");
    assert!(form["device_name"].len() < 65);
    let name = format!("urn:{}", uuid::Uuid::new_v4());
    inner.lock().unwrap().pushed.insert(name.clone(), form);
    let body = json!({ "request_uri": name, "expires_in": 60 });
    (StatusCode::CREATED, Json(body)).into_response()
}

async fn revoke(
    State((inner, _)): State<Shared>,
    Form(form): Form<BTreeMap<String, String>>,
) -> StatusCode {
    let mut inner = inner.lock().unwrap();
    if inner.mood == Mood::Error500 {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    let session = form["token"].split_once('.').unwrap().0.to_owned();
    inner.revoked_tokens.push(form["token"].clone());
    inner.revoked.insert(session);
    StatusCode::OK
}
