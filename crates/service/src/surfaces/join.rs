//! A session that has just begun is made known to the widget's origin, so that a widget is signed
//! in with no click wherever a frame may use that origin's own cookie.
//!
//! A browser that signs in at `id` passes `/join` at the widget's origin on its way back. A ticket
//! says where it goes on; it is the flow, silent and bound to this browser like any other, that
//! signs the widget in.
//!
//! Threat: session fixation. Somebody signs in, keeps the address with the ticket and has another
//! person open it: the ticket alone sets no cookie. The flow that it begins runs in that person's
//! browser, and finds that person's session or none.

use std::time::Duration;

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use store::{Purpose, StoreError, Taken};

use super::{
    Site, failed,
    flow::{For, How},
    sign_in,
};
use crate::{
    openid::secret,
    pages::Query,
    state::{App, Service},
};

/// A browser goes straight through.
const LIFE: Duration = Duration::from_mins(1);

/// The address.
#[derive(Deserialize)]
pub(super) struct Asked {
    ticket: String,
}

/// The way to `next` for a browser in which a session has just begun.
pub(crate) async fn way(app: &Service, next: &str) -> Result<Option<String>, StoreError> {
    let Some(sites) = app.surfaces.sites() else {
        return Ok(None);
    };
    let ticket = secret::random();
    let over = app.clock.now() + LIFE;
    let digest = secret::digest(&ticket);
    app.store
        .single_use()
        .put(Purpose::Join, digest, next, over)
        .await?;
    Ok(Some(sites.at(Site::Cti, &format!("/join?ticket={ticket}"))))
}

/// `GET /join`.
///
/// Threats: fixation, see the module; an open redirect (where a ticket leads was written by the
/// service); a ticket used twice (single use, one minute).
pub(super) async fn begin(
    State(app): State<App>,
    site: Site,
    jar: CookieJar,
    Query(asked): Query<Asked>,
) -> Response {
    let how = How {
        silent: true,
        again: true,
    };
    sign_in::redirect(&app, site, jar, For::Join(asked.ticket), how)
}

/// Goes on where the ticket leads.
pub(super) async fn go_on(app: &App, jar: CookieJar, ticket: &str) -> Response {
    let now = app.clock.now();
    let digest = secret::digest(ticket);
    let taken = app
        .store
        .single_use()
        .take(Purpose::Join, digest, now)
        .await;
    match taken {
        Ok(Taken::Now(next)) => (jar, Redirect::to(&next)).into_response(),
        // The back button, a second tab: the account page knows who is signed in.
        Ok(Taken::Before(_) | Taken::Expired | Taken::Unknown) => {
            (jar, Redirect::to(&app.openid.at("/account"))).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a ticket could not be read");
            failed::page(app, Site::Cti, "UL-1309")
        }
    }
}
