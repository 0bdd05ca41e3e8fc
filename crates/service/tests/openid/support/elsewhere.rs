//! Another team's surface: its client here, and the address where it is told of ends.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Form, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use session::OrganizationId;
use store::{ClientSettings, RegisteredClient, SigningAlgorithm, TokenEndpointAuth};
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};

use super::{Answer, Browser, Desktop, World, desktop::VERIFIER, parameter, path_with};

pub const CALLBACK: &str = "https://reports.acme.example/callback";

/// How its endpoint answers.
#[derive(Clone, Copy, Debug)]
pub enum Answers {
    With(u16),
    WithRedirect,
    Never,
}

#[derive(Deserialize)]
struct Told {
    logout_token: String,
}

struct Endpoint {
    answers: Mutex<Answers>,
    told: UnboundedSender<String>,
}

/// The surface. It is registered by an admin of its organization.
pub struct Elsewhere {
    pub id: String,
    endpoint: Arc<Endpoint>,
    told: UnboundedReceiver<String>,
    serving: JoinHandle<()>,
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Elsewhere {
    /// Registers it for the organization of Mira, and listens.
    pub async fn new(world: &World, id: &str, answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, told) = unbounded_channel();
        let endpoint = Arc::new(Endpoint {
            answers: Mutex::new(answers),
            told: sender,
        });
        let router = Router::new()
            .route("/logout", post(hear))
            .with_state(Arc::clone(&endpoint));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let mira = world.user("mira@acme.example").await;
        let client = client(id, mira.organization, &format!("http://{address}/logout"));
        world.app.store.clients().add(&client).await.unwrap();
        let clients = &world.app.openid.clients;
        clients.reload(world.app.store.as_ref()).await.unwrap();
        Self {
            id: id.to_owned(),
            endpoint,
            told,
            serving,
        }
    }

    /// From now on it answers so.
    pub fn answers(&self, answers: Answers) {
        *self.endpoint.answers.lock().unwrap() = answers;
    }

    /// The next logout token that it is sent.
    pub async fn told(&mut self) -> String {
        let told = timeout(Duration::from_secs(20), self.told.recv()).await;
        told.expect("nothing was sent").unwrap()
    }

    /// Whether it was sent anything that was not looked at yet.
    pub fn was_told(&mut self) -> bool {
        self.told.try_recv().is_ok()
    }

    /// Signs in silently in a browser that has a session.
    pub async fn sign_in(&self, world: &World, browser: &Browser<'_>) -> Answer {
        let answer = browser.get(&self.request(&[("prompt", "none")])).await;
        let Some(code) = answer.location().and_then(|to| parameter(&to, "code")) else {
            return answer;
        };
        self.exchange(world, &code).await
    }

    pub async fn exchange(&self, world: &World, code: &str) -> Answer {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", self.id.as_str()),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        world.post("/oauth/token", &form, &[]).await
    }

    /// The address of an authorization request.
    pub fn request(&self, extra: &[(&'static str, &str)]) -> String {
        let mut parameters = vec![
            ("client_id", self.id.clone()),
            ("redirect_uri", CALLBACK.to_owned()),
            ("response_type", "code".to_owned()),
            ("scope", "openid".to_owned()),
            ("code_challenge", Desktop::challenge()),
            ("code_challenge_method", "S256".to_owned()),
        ];
        let extra = extra.iter();
        parameters.extend(extra.map(|(name, value)| (*name, (*value).to_owned())));
        path_with(&parameters)
    }
}

/// A client as an admin registers it.
pub fn client(id: &str, organization: OrganizationId, notified: &str) -> RegisteredClient {
    RegisteredClient {
        id: id.to_owned(),
        organization,
        settings: ClientSettings {
            name: "Reports".to_owned(),
            redirect_uris: vec![CALLBACK.parse().unwrap()],
            post_logout_redirect_uris: Vec::new(),
            token_endpoint_auth_method: TokenEndpointAuth::None,
            id_token_signed_response_alg: SigningAlgorithm::Es256,
            require_pushed_authorization_requests: false,
            backchannel_logout_uri: Some(notified.parse().unwrap()),
            backchannel_logout_session_required: true,
        },
        secret_digest: None,
        created_at: jiff::Timestamp::now(),
    }
}

async fn hear(State(endpoint): State<Arc<Endpoint>>, Form(told): Form<Told>) -> Response {
    let answers = *endpoint.answers.lock().unwrap();
    endpoint.told.send(told.logout_token).unwrap();
    match answers {
        Answers::With(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Answers::WithRedirect => {
            let to = [(header::LOCATION, "/logout")];
            (StatusCode::TEMPORARY_REDIRECT, to).into_response()
        }
        Answers::Never => std::future::pending().await,
    }
}
