//! Who is signed in at a surface: the live browser session that its cookies are attached to.

use std::sync::Arc;

use axum::{
    extract::{Extension, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use axum_extra::extract::cookie::CookieJar;
use session::{SessionId, UserId};
use store::Actor;

use super::{Site, SurfaceError, cookies};
use crate::{
    keys::Holder,
    observe::audit::person,
    pages::facts::RequestFacts,
    sessions::{Live, SessionsError, live_browser},
    state::{App, Service},
};

/// What a surface's cookies come to.
#[derive(Debug)]
pub(crate) enum Here {
    /// Somebody is signed in.
    Live(Arc<Live>),
    /// Somebody was: the session that has ended.
    Ended(SessionId),
    /// No cookie of ours.
    Nobody,
}

/// Reads a request's cookies. Of two the live one counts, of two live ones the newer.
pub(crate) async fn here(
    app: &Service,
    site: Site,
    headers: &HeaderMap,
    facts: &RequestFacts,
) -> Result<Here, SessionsError> {
    let jar = CookieJar::from_headers(headers);
    let mut logins = cookies::logins(app, site, &jar);
    // A frame's cookie is for frames: a page of its own is not signed in by it.
    if headers
        .get("sec-fetch-dest")
        .is_some_and(|it| it == "document")
    {
        logins.retain(|login| login.holder == Holder::Own);
    }
    for login in &logins {
        if let Some(live) = live_browser(app, login.session, Some(facts)).await? {
            return Ok(Here::Live(live));
        }
    }
    Ok(match logins.first() {
        Some(login) => Here::Ended(login.session),
        None => Here::Nobody,
    })
}

/// The person who is signed in at this surface; a request of anybody else is refused.
///
/// Threats: an ended session's cookie (checked in memory at every request), a cookie of another
/// surface (sealed with its surface), a forged one (MAC).
pub struct SurfaceLogin {
    /// The browser session.
    pub live: Arc<Live>,
    /// Where.
    pub site: Site,
}

impl SurfaceLogin {
    /// Who.
    pub fn user(&self) -> UserId {
        self.live.user.id
    }

    /// The session.
    pub fn session(&self) -> SessionId {
        self.live.record.session.id
    }

    /// The person as an actor.
    pub fn actor(&self) -> Actor {
        person(self.user(), Some(self.session()))
    }
}

impl FromRequestParts<App> for SurfaceLogin {
    type Rejection = SurfaceError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, SurfaceError> {
        let site = Site::from_request_parts(parts, app).await?;
        let Ok(facts) = RequestFacts::from_request_parts(parts, app).await;
        match here(app, site, &parts.headers, &facts).await? {
            Here::Live(live) => Ok(Self { live, site }),
            Here::Ended(_) | Here::Nobody => Err(SurfaceError::SignedOut),
        }
    }
}

/// The surface that a request is for, as its host says.
impl FromRequestParts<App> for Site {
    type Rejection = SurfaceError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, SurfaceError> {
        match Extension::<Self>::from_request_parts(parts, app).await {
            Ok(Extension(site)) => Ok(site),
            Err(_) => Err(SurfaceError::Internal("a request without a surface")),
        }
    }
}
