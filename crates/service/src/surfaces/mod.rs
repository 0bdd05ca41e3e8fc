//! The browser surfaces (Workspace, Dashboard, the widget), each at an origin of its own, served
//! by the same listener and chosen by `Host`.
//!
//! A surface is an OpenID client of this service: code, PKCE, `state` and `nonce`, exchanged
//! inside the service, so that no token reaches a page. What it keeps is a cookie that is attached
//! to the browser session and has no life of its own: when the session ends, so does every
//! surface's login, at the next request and in every open tab.

mod body;
mod callback;
mod cookies;
mod documents;
mod embed;
mod error;
mod events;
mod failed;
mod files;
mod flow;
mod hosts;
mod join;
mod login;
mod own_pages;
mod policy;
mod return_to;
mod session;
mod sign_in;
mod sign_out;
mod site;
mod tried;
pub mod wire;

use ::session::Surface;
use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    middleware,
    response::Response,
    routing::{get, post},
};
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};

pub use body::Body;
pub use cookies::{FRAME_COOKIE, SURFACE_COOKIE};
pub use error::SurfaceError;
pub(crate) use hosts::Hosts;
pub use login::SurfaceLogin;
pub use site::{Site, Sites};

pub(crate) use embed::widget_address;
pub(crate) use join::way as way_by_join;
pub(crate) use login::{Here, here};

use crate::{
    availability, calls,
    config::{ClientConfig, Config},
    dashboard, pages,
    state::App,
    workspace,
};

/// No request of a surface is larger, but where its own interface says so.
const LARGEST: usize = 32 * 1024;

/// What the surfaces of a running service share.
#[derive(Debug)]
pub struct Surfaces {
    sites: Option<Sites>,
    embeddings: embed::Embeddings,
}

impl Surfaces {
    /// The surfaces as configured.
    pub fn new(config: &Config) -> Self {
        Self {
            sites: config.surface_origins().map(Sites::new),
            embeddings: embed::Embeddings::default(),
        }
    }

    /// Where they are, if they are served.
    pub fn sites(&self) -> Option<&Sites> {
        self.sites.as_ref()
    }

    /// The surfaces as clients of the OpenID Provider.
    pub(crate) fn clients(&self) -> Vec<(ClientConfig, Surface)> {
        self.sites.as_ref().map(Sites::clients).unwrap_or_default()
    }

    /// Lets nobody wait any longer: the service is shutting down.
    pub fn close(&self) {
        self.embeddings.close();
    }
}

/// On an answer whose security headers are its own.
#[derive(Clone, Copy, Debug)]
struct Protected;

/// All hosts: a surface's where it is one's, `id` for any other. `finished` puts around a surface
/// what every router of the service has.
pub(crate) fn by_host(
    app: &App,
    id: Router,
    finished: impl Fn(Router<App>) -> Router,
) -> Result<Hosts, ConfigError> {
    let mut hosts = Vec::new();
    if let Some(sites) = app.surfaces.sites() {
        for site in Site::ALL {
            let router = finished(router(app, sites, site)?);
            hosts.push((sites.name(site).to_owned(), router));
        }
    }
    Ok(Hosts {
        hosts: hosts.into(),
        other: id,
    })
}

/// Everything at one surface's origin.
fn router(app: &App, sites: &Sites, site: Site) -> Result<Router<App>, ConfigError> {
    let own_pages = CsrfLayer::new()
        .add_trusted_origin(sites.origin(site))?
        .with_rejection_response(own_pages::refuse as fn(ProtectionError) -> Response);
    let interface = Router::new()
        .route("/session", get(session::show))
        .route("/session/sign-out", post(sign_out::send))
        .route("/events", get(events::open))
        .merge(calls::router())
        .merge(availability::router());
    let interface = match site {
        Site::Workspace => interface.merge(workspace::router()),
        Site::Dashboard => interface.merge(dashboard::router()),
        Site::Cti => interface.merge(embed::interface()),
    };
    let pages = Router::new()
        .route("/sign-in", get(sign_in::begin))
        .route("/callback", get(callback::answer));
    let pages = match site {
        Site::Workspace | Site::Dashboard => pages,
        Site::Cti => pages.route("/join", get(join::begin)).merge(embed::pages()),
    };
    let https = app.config.issuer.scheme() == "https";
    Ok(Router::new()
        .merge(interface.layer(middleware::from_fn(own_pages::only)))
        .merge(pages)
        .merge(pages::assets())
        .fallback(documents::show)
        .method_not_allowed_fallback(async || SurfaceError::Method)
        .layer(own_pages)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(Extension(site))
        .layer(tower::util::MapResponseLayer::new(
            move |response: Response| protect(response, https),
        )))
}

fn protect(mut response: Response, https: bool) -> Response {
    match response.extensions_mut().remove::<Protected>() {
        Some(Protected) => response,
        None => pages::protect_answer(response, https),
    }
}
