//! The service under test.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{Router, body::Body, http::Request, response::Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use service::{
    config::Config,
    server,
    state::{App, Clock},
};
use session::{OrganizationId, UserId};
use store::{NewUser, Organization, Role, SqliteStore, Store, User, UserStatus};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tower::ServiceExt;
use uuid::Uuid;

use super::Answer;

pub const ISSUER: &str = "http://id.acme.localhost:7400";
pub const PASSWORD: &str = "violet kettle on the north shore";
pub const SUPPORT_SECRET: &str = "a secret of the support desk";

/// Runs with the real time until a test moves it.
#[derive(Debug, Default)]
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn forward(&self, by: SignedDuration) {
        self.0.fetch_add(by.as_secs(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

pub struct World {
    pub app: App,
    pub clock: Arc<TestClock>,
    pub folder: Arc<TempDir>,
    router: Router,
    background: JoinHandle<()>,
}

impl Drop for World {
    fn drop(&mut self) {
        self.background.abort();
    }
}

impl World {
    /// A new service with Acme, Mira (Admin) and Sam (Supervisor).
    pub async fn new() -> Self {
        let world = Self::on(Arc::new(TempDir::new().unwrap())).await;
        let organization = Organization {
            id: OrganizationId(Uuid::now_v7()),
            name: "Acme".to_owned(),
            created_at: Timestamp::now(),
            browser_lifetimes: None,
            desktop_lifetimes: None,
            sign_out_ends_all_browsers: false,
            crm_mismatch: store::CrmMismatch::Warn,
        };
        let store = &world.app.store;
        store.organizations().add(&organization).await.unwrap();
        let password = SecretString::from(PASSWORD);
        let password = world.app.passwords.hash(password).await.unwrap();
        let people = [
            ("mira@acme.example", "Mira Okafor", Role::Admin),
            ("sam@acme.example", "Sam Lindqvist", Role::Supervisor),
        ];
        for (email, name, role) in people {
            let user = User {
                id: UserId(Uuid::now_v7()),
                organization: organization.id,
                email: email.to_owned(),
                name: name.to_owned(),
                role,
                status: UserStatus::Active,
                created_at: Timestamp::now(),
            };
            let password = Some(password.clone());
            store
                .users()
                .add(&NewUser { user, password })
                .await
                .unwrap();
        }
        world
    }

    /// A service on a data folder that is there, as after a restart.
    pub async fn on(folder: Arc<TempDir>) -> Self {
        let config: Config = toml::from_str(&format!(
            r#"
            issuer = "{ISSUER}"
            data_dir = "{}"

            [surfaces]
            enabled = false

            [[clients]]
            id = "dashboard"
            name = "Dashboard"
            redirect_uris = ["https://dashboard.acme.example/callback"]
            post_logout_redirect_uris = ["https://dashboard.acme.example/bye"]

            [[clients]]
            id = "support"
            name = "Support desk"
            redirect_uris = ["https://support.acme.example/callback"]
            token_endpoint_auth_method = "client_secret_basic"
            secret = {{ plain = "{SUPPORT_SECRET}" }}
            id_token_signed_response_alg = "RS256"
            introspection = true

            [[clients]]
            id = "careful"
            name = "Careful app"
            redirect_uris = ["https://careful.acme.example/callback"]
            require_pushed_authorization_requests = true

            [[clients]]
            id = "other-desktop"
            name = "Another desktop app"
            session_kind = "desktop"
            redirect_uris = ["http://127.0.0.1/other"]
            "#,
            folder.path().display()
        ))
        .unwrap();
        let database = folder.path().join("unified-login.db");
        let store = Arc::new(SqliteStore::open(database).await.unwrap());
        let mut app = server::build(config, store as Arc<dyn Store>).unwrap();
        let clock = Arc::new(TestClock::default());
        Arc::get_mut(&mut app).unwrap().clock = Arc::clone(&clock) as Arc<dyn Clock>;
        let router = server::router(&app).unwrap();
        let background = tokio::spawn(service::events::follow(Arc::clone(&app)));
        Self {
            app,
            clock,
            folder,
            router,
            background,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends a form to one of the endpoints that no person sees.
    pub async fn post(&self, path: &str, form: &[(&str, &str)], extra: &[(&str, &str)]) -> Answer {
        let mut request =
            Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in extra {
            request = request.header(*name, *value);
        }
        let body = serde_form(form);
        Answer::read(self.send(request.body(Body::from(body)).unwrap()).await).await
    }

    pub async fn get(&self, path: &str, extra: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in extra {
            request = request.header(*name, *value);
        }
        Answer::read(self.send(request.body(Body::empty()).unwrap()).await).await
    }

    pub async fn user(&self, email: &str) -> User {
        let user = self.app.store.users().with_email(email).await.unwrap();
        user.unwrap()
    }

    pub async fn organization(&self) -> Organization {
        let id = self.user("mira@acme.example").await.organization;
        let found = self.app.store.organizations().get(id).await;
        found.unwrap().unwrap()
    }

    /// The person's live sessions, by kind.
    pub async fn live(&self, email: &str, kind: session::Kind) -> usize {
        let user = self.user(email).await;
        let sessions = self.app.store.sessions().live_of(user.id).await.unwrap();
        let of_kind = sessions.iter().filter(|one| one.session.kind == kind);
        of_kind.count()
    }

    /// Introspects as the support desk's backend.
    pub async fn introspect(&self, token: &str) -> serde_json::Value {
        let header = basic("support", SUPPORT_SECRET);
        let extra = [("authorization", header.as_str())];
        let form = [("token", token)];
        self.post("/oauth/introspect", &form, &extra).await.json()
    }
}

pub fn basic(id: &str, secret: &str) -> String {
    let encode =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encode(id), encode(secret));
    format!("Basic {}", STANDARD.encode(pair))
}

pub fn serde_form(form: &[(&str, &str)]) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(form);
    text.finish()
}
