//! A small OpenID Provider for tests, which can also misbehave. It follows the shared rules of
//! refresh-token generations; codes, PKCE, nonces and proofs are checked as a real one would.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, SystemTime},
};

use ::session::{Generations, Presented, SessionEvent, SessionId};
use aws_lc_rs::digest;
use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response, Sse, sse},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::{Stream, StreamExt};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    sync::{broadcast, watch},
};

use super::desk::within;

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

/// The service's own process, as far as a test needs one: when it dies, so do its connections.
#[derive(Default)]
struct Serving(Mutex<Option<Runtime>>);

impl Serving {
    fn start(&self, listener: std::net::TcpListener, router: Router) {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        listener.set_nonblocking(true).unwrap();
        runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
        *self.0.lock().unwrap() = Some(runtime);
    }

    fn stop(&self) {
        if let Some(runtime) = self.0.lock().unwrap().take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop();
    }
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
            .route("/token", post(token))
            .route("/revoke", post(revoke))
            .route("/jwks", get(keys))
            .route("/events", get(stream))
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
        "dpop_signing_alg_values_supported": ["ES256"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "authorization_response_iss_parameter_supported": true,
    });
    Json(document).into_response()
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

async fn token(
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

async fn stream(
    State((_, events)): State<Shared>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let hello = sse::Event::default()
        .event("hello")
        .data("{\"sequence\":1}");
    let listening = futures_util::stream::unfold(events.subscribe(), |mut events| async {
        let event = events.recv().await.ok()?;
        let sent = sse::Event::default()
            .id(event.sequence.to_string())
            .event("session")
            .data(serde_json::to_string(&event).unwrap());
        Some((Ok(sent), events))
    });
    Sse::new(futures_util::stream::iter([Ok(hello)]).chain(listening))
        .keep_alive(sse::KeepAlive::new().interval(Duration::from_secs(15)))
}
