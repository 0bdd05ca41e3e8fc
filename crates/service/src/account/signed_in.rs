//! A page for a person who is signed in to this browser; anybody else is asked to sign in first.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use session::{SessionId, UserId};
use store::Actor;
use url::form_urlencoded;

use crate::{
    observe::audit::person,
    pages::{Page, PageError, facts::RequestFacts},
    sessions::{Live, browser_session},
    state::App,
};

/// The person's session in this browser.
pub struct SignedIn(pub Arc<Live>);

impl SignedIn {
    /// Who.
    pub fn user(&self) -> UserId {
        self.0.user.id
    }

    /// The session.
    pub fn session(&self) -> SessionId {
        self.0.record.session.id
    }

    /// The person as an actor.
    pub fn actor(&self) -> Actor {
        person(self.user(), Some(self.session()))
    }

    /// A page in the frame of a person who is signed in.
    pub(super) fn page(&self, app: &App, title: &str, current: &'static str) -> Page {
        let mut page = Page::new(app.config.issuer_host(), crate::pages::words().say(title));
        page.person = Some(self.0.user.name.clone());
        page.current = current;
        page
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let jar = CookieJar::from_headers(&parts.headers);
        let Ok(facts) = RequestFacts::from_request_parts(parts, app).await;
        match browser_session(app, &jar, Some(&facts)).await {
            Ok(Some(live)) => Ok(Self(live)),
            Ok(None) => {
                let path = match parts.method {
                    Method::GET => parts
                        .extensions
                        .get::<OriginalUri>()
                        .map_or_else(|| parts.uri.path(), |uri| uri.path())
                        .to_owned(),
                    _ => "/account".to_owned(),
                };
                let return_to: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
                Err(Redirect::to(&format!("/sign-in?return_to={return_to}")).into_response())
            }
            Err(error) => Err(PageError::from(error).into_response()),
        }
    }
}
