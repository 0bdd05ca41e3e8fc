//! `/sign-in` at a surface: begins the standard flow at the OpenID Provider. Where the browser is
//! signed in, nobody sees anything of it.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::{
    Site, embed, failed,
    flow::{self, For, How},
    return_to::own_page,
};
use crate::{
    pages::Query,
    state::{App, Service},
};

/// The address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    return_to: Option<String>,
    /// Only if nobody has to be asked anything.
    #[serde(default)]
    silent: Option<String>,
    /// A second try.
    #[serde(default)]
    again: Option<String>,
    /// For the frame that waits for this window.
    #[serde(default)]
    window: Option<String>,
}

/// `GET /sign-in`.
///
/// Threats: an open redirect (`return_to` is held to this origin); a link from elsewhere (it
/// signs the person in as who they are, and leads to a page of this surface); an endless chain of
/// redirects (a flow without its cookie is begun a second time and no third).
pub(super) async fn begin(
    State(app): State<App>,
    site: Site,
    jar: CookieJar,
    Query(asked): Query<Asked>,
) -> Response {
    let to = match (&asked.window, embed::attempt_of(&jar)) {
        (Some(_), Some(attempt)) if site == Site::Cti => For::Window(attempt),
        (Some(_), _) => return Redirect::to("/window").into_response(),
        (None, _) => For::Page(own_page(asked.return_to.as_deref())),
    };
    let how = How {
        silent: asked.silent.is_some(),
        again: asked.again.is_some(),
    };
    redirect(&app, site, jar, to, how)
}

/// Sends the browser to the authorization endpoint.
pub(super) fn redirect(app: &Service, site: Site, jar: CookieJar, to: For, how: How) -> Response {
    let Some(sites) = app.surfaces.sites() else {
        return failed::page(app, site, "UL-1305");
    };
    let Some(begun) = flow::begin(app, site, jar, to, how) else {
        return failed::page(app, site, "UL-1308");
    };
    let redirect_uri = sites.at(site, "/callback");
    let mut query = Serializer::new(String::new());
    query.extend_pairs([
        ("client_id", site.client_id()),
        ("redirect_uri", &redirect_uri),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", &begun.state),
        ("nonce", &begun.nonce),
        ("code_challenge", &begun.challenge),
        ("code_challenge_method", "S256"),
    ]);
    if how.silent {
        query.append_pair("prompt", "none");
    }
    let address = app
        .openid
        .at(&format!("/oauth/authorize?{}", query.finish()));
    (begun.jar, Redirect::to(&address)).into_response()
}

/// The way to `/sign-in` from a page of the surface.
pub(super) fn address(page: &str, how: How) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("return_to", page);
    if how.silent {
        query.append_pair("silent", "1");
    }
    if how.again {
        query.append_pair("again", "1");
    }
    format!("/sign-in?{}", query.finish())
}
