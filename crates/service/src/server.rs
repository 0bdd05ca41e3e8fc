//! Puts the service together, listens, and stops in order.

mod around;
mod connections;
mod in_time;
mod waiting;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use axum::{Router, extract::DefaultBodyLimit};
use store::{InProcessBus, SqliteStore, Store, StoreError};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    account, backchannel,
    config::Config,
    events,
    keys::{Keys, KeysError},
    limits::Limits,
    mail::{Mail, MailError},
    observe::{self, Metrics, Watch},
    openid::{self, Clients, ClientsError, OpenId},
    pages,
    places::{Places, PlacesError},
    sessions::{self, LiveSessions},
    sign_in::{self, PasswordError, Passwords},
    state::{App, Service, SystemClock},
    surfaces::{self, Hosts, Surfaces},
};
use around::{Around, Protection};

/// The database's file in the data folder.
pub(crate) const DATABASE: &str = "unified-login.db";
/// No form of ours is larger.
const LARGEST_FORM: usize = 64 * 1024;
/// Session events that the slowest listener may be behind.
const BUS_CAPACITY: usize = 4096;
/// Requests that are under way at shutdown get this long.
const LAST_REQUESTS: Duration = Duration::from_secs(10);
const FORGET_EVERY: Duration = Duration::from_mins(5);

/// Why the service does not start, or stopped.
#[derive(Debug, Error)]
pub enum ServerError {
    /// The data folder cannot be made.
    #[error("UL-1200: the data folder {} cannot be used", .0.display())]
    DataFolder(PathBuf, #[source] std::io::Error),
    /// The address is taken, or not ours.
    #[error("UL-1201: cannot listen on {0}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// The database cannot be opened.
    #[error("UL-1202: the database cannot be opened")]
    Store(#[from] StoreError),
    /// The keys cannot be read.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The clients cannot be used.
    #[error(transparent)]
    Clients(#[from] ClientsError),
    /// Mail cannot be sent.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The GeoIP file cannot be read.
    #[error(transparent)]
    Places(#[from] PlacesError),
    /// Passwords cannot be hashed.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
    /// Metrics cannot be counted.
    #[error("metrics cannot be counted")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
    /// The issuer is no origin.
    #[error("the issuer cannot be used as an origin: {0}")]
    Origin(String),
    /// `listening.json` cannot be written.
    #[error("UL-1204: the chosen addresses cannot be written to the data folder")]
    Listening(#[source] std::io::Error),
}

/// Puts a service together around a store.
pub fn build(config: Config, store: Arc<dyn Store>) -> Result<App, ServerError> {
    let clock = Arc::new(SystemClock);
    let keys = Keys::open(&config.data_dir, jiff::Timestamp::now())?;
    let surfaces = Surfaces::new(&config);
    let clients = Clients::new(&config.clients)?.with_surfaces(surfaces.clients())?;
    Ok(Arc::new(Service {
        store,
        bus: Arc::new(InProcessBus::new(BUS_CAPACITY)),
        clock,
        openid: OpenId::new(&config.issuer, clients, Arc::new(keys)),
        sessions: LiveSessions::default(),
        outbox: backchannel::Outbox::default(),
        streams: events::Streams::default(),
        surfaces,
        passwords: Passwords::new(config.limits.password_hashes_at_once)?,
        limits: Limits::new(&config.limits),
        mail: Mail::new(&config)?,
        places: Places::open(config.geoip.file.as_deref())?,
        tasks: TaskTracker::new(),
        config,
    }))
}

/// Opens the data folder and puts a service together around its database.
pub async fn open(config: Config) -> Result<(App, Arc<SqliteStore>), ServerError> {
    let folder = config.data_dir.clone();
    make_private(&folder).map_err(|error| ServerError::DataFolder(folder.clone(), error))?;
    let store = Arc::new(SqliteStore::open(folder.join(DATABASE)).await?);
    let app = build(config, Arc::clone(&store) as Arc<dyn Store>)?;
    app.openid.clients.reload(app.store.as_ref()).await?;
    Ok((app, store))
}

/// Everything at the public address.
pub fn router(app: &App) -> Result<Router, ServerError> {
    Ok(Router::new().fallback_service(hosts(app)?))
}

/// The same, without a router around the hosts' own.
fn hosts(app: &App) -> Result<Hosts, ServerError> {
    let own_forms = pages::same_origin_only(&app.config)
        .map_err(|error| ServerError::Origin(error.to_string()))?;
    let forms = Router::new()
        .merge(sign_in::router())
        .merge(account::router())
        .layer(own_forms)
        .layer(DefaultBodyLimit::max(LARGEST_FORM));
    let for_people = Router::new()
        .merge(forms)
        .merge(pages::assets())
        .merge(openid::pages())
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::method_not_allowed);
    let for_programs = Router::new()
        .merge(observe::health())
        .merge(openid::router())
        .merge(events::router())
        .merge(sessions::router())
        .method_not_allowed_fallback(pages::method_not_allowed);
    let watch = Arc::new(Watch::default());
    let https = app.config.issuer.scheme() == "https";
    let around = |protection| Around {
        watch: Arc::clone(&watch),
        protection,
        https,
    };
    let id = for_people
        .layer(around(Protection::Page))
        .merge(for_programs.layer(around(Protection::Answer)))
        .with_state(Arc::clone(app));
    let finished = |surface: Router<App>| {
        surface
            .layer(around(Protection::Own))
            .with_state(Arc::clone(app))
    };
    surfaces::by_host(app, id, finished).map_err(|error| ServerError::Origin(error.to_string()))
}

/// Serves until `stop` is cancelled; answers what is under way, finishes what nobody waits for,
/// and closes the database.
pub async fn serve(config: Config, stop: CancellationToken) -> Result<(), ServerError> {
    let metrics = Metrics::start()?;
    let (app, store) = open(config).await?;
    let listener = listen(app.config.listen).await?;
    let admin_listener = listen(app.config.admin_listen).await?;
    write_listening(&app, &listener, &admin_listener).map_err(ServerError::Listening)?;
    let public = hosts(&app)?;
    let admin = observe::admin_router(metrics.clone()).with_state(Arc::clone(&app));

    let background = tokio::spawn(background(Arc::clone(&app), metrics));
    let admin = tokio::spawn(axum::serve(admin_listener, admin).into_future());
    announce(&app);
    let stopping = {
        let (app, stop) = (Arc::clone(&app), stop.clone());
        async move {
            stop.cancelled().await;
            tracing::info!("stopping");
            app.tasks.close();
            app.streams.close();
            app.surfaces.close();
        }
    };
    tokio::select! {
        () = connections::serve(listener, public, stopping) => {}
        () = async { stop.cancelled().await; tokio::time::sleep(LAST_REQUESTS).await } => {
            tracing::warn!("some requests took too long to finish");
        }
    }
    admin.abort();
    background.abort();
    app.tasks.close();
    if tokio::time::timeout(LAST_REQUESTS, app.tasks.wait())
        .await
        .is_err()
    {
        tracing::warn!("some mail took too long to send");
    }
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

async fn background(app: App, metrics: Metrics) {
    let mut forget = tokio::time::interval(FORGET_EVERY);
    let forgetting = async {
        loop {
            forget.tick().await;
            app.limits.forget_old(app.clock.now());
        }
    };
    tokio::join!(
        events::follow(Arc::clone(&app)),
        sessions::run(Arc::clone(&app)),
        backchannel::run(Arc::clone(&app)),
        metrics.sum_up(),
        forgetting
    );
}

fn announce(app: &App) {
    tracing::info!(
        issuer = app.config.issuer(),
        listen = %app.config.listen,
        version = env!("CARGO_PKG_VERSION"),
        "the session service is ready"
    );
    if let Some(folder) = app.mail.folder() {
        tracing::warn!(
            folder = %folder.display(),
            "no mail server is configured: mail is written to a folder"
        );
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServerError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| ServerError::Listen(address, error))
}

/// The chosen addresses, for whoever started the service with port 0. Renamed into place, so that
/// it is there whole or not at all.
fn write_listening(app: &App, listener: &TcpListener, admin: &TcpListener) -> std::io::Result<()> {
    let content = serde_json::json!({
        "address": listener.local_addr()?,
        "admin_address": admin.local_addr()?,
    });
    let folder = &app.config.data_dir;
    let new = folder.join("listening.json.new");
    std::fs::write(&new, content.to_string())?;
    std::fs::rename(new, folder.join("listening.json"))
}

/// Only the operator's account may look into the data folder.
fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
