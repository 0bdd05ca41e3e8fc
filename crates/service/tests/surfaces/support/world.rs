//! The service under test.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{Router, body::Body, http::Request, response::Response};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use service::{
    admin::users,
    config::Config,
    server,
    state::{App, Clock},
};
use session::UserId;
use store::{NewUser, Organization, Role, SqliteStore, Store, User, UserStatus};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tower::ServiceExt;
use uuid::Uuid;

use super::Browser;

pub const ID: &str = "http://id.acme.localhost:7400";
pub const WORKSPACE: &str = "http://workspace.acme.localhost:7400";
pub const DASHBOARD: &str = "http://dashboard.acme.localhost:7400";
pub const CTI: &str = "http://cti.acme.localhost:7400";
pub const PASSWORD: &str = "violet kettle on the north shore";
/// Acme's Admin.
pub const MIRA: &str = "mira@acme.example";
/// An Agent of Acme.
pub const AVA: &str = "ava@acme.example";
/// An Admin of Globex.
pub const GIL: &str = "gil@globex.example";

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
    pub acme: Organization,
    router: Router,
    background: JoinHandle<()>,
    _folder: TempDir,
}

impl Drop for World {
    fn drop(&mut self) {
        self.background.abort();
    }
}

impl World {
    pub async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let config = Config {
            issuer: ID.parse().unwrap(),
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        let database = folder.path().join("unified-login.db");
        let store = Arc::new(SqliteStore::open(database).await.unwrap());
        let mut app = server::build(config, store as Arc<dyn Store>).unwrap();
        let clock = Arc::new(TestClock::default());
        Arc::get_mut(&mut app).unwrap().clock = Arc::clone(&clock) as Arc<dyn Clock>;
        let acme = users::organization(&app, "Acme", true).await.unwrap();
        let globex = users::organization(&app, "Globex", true).await.unwrap();
        // One hash for all of them: it takes a while on purpose.
        let password = app.passwords.hash(SecretString::from(PASSWORD)).await;
        let password = password.unwrap();
        for (organization, email, name, role) in [
            (&acme, MIRA, "Mira Okafor", Role::Admin),
            (&acme, AVA, "Ava Brandt", Role::Agent),
            (&globex, GIL, "Gil Haddad", Role::Admin),
        ] {
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
            let new = NewUser { user, password };
            app.store.users().add(&new).await.unwrap();
        }
        let router = server::router(&app).unwrap();
        let background = tokio::spawn(service::events::follow(Arc::clone(&app)));
        Self {
            app,
            clock,
            acme,
            router,
            background,
            _folder: folder,
        }
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    pub async fn send(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn user(&self, email: &str) -> User {
        let user = self.app.store.users().with_email(email).await.unwrap();
        user.unwrap()
    }

    /// How many browser sessions of the person live.
    pub async fn live(&self, email: &str) -> usize {
        let user = self.user(email).await;
        let sessions = self.app.store.sessions().live_of(user.id).await.unwrap();
        sessions.len()
    }
}
