//! A surface's documents: every address that is no endpoint and no file is a page of the built
//! interface, which knows its own addresses.
//!
//! A person who opens a page without being signed in is taken through `/sign-in` first, so that a
//! browser that has a session never shows a button for it. After a sign-out that way is tried
//! silently only, and not again right after it was: the page then says who signed out and where.

use axum::{
    extract::{OriginalUri, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;

use super::{
    Here, Protected, Site, SurfaceError, embed::Route, files, flow::How, here, policy::Policy,
    sign_in, tried,
};
use crate::{
    pages::{Message, Page, Tone, facts::RequestFacts, html, words},
    state::App,
};

/// The file that every page is.
const INDEX: &str = "index.html";
/// What is never a page.
const INTERFACES: [&str; 5] = ["/api/", "/session/", "/embed/", "/oauth/", "/window/"];

/// Whatever no endpoint answers.
///
/// Threats: framing (`frame-ancestors` is `'none'`, for the widget the list of the organization
/// that the address names); script injection (see `policy`); a chain of redirects that never ends
/// (see the module); a path that leads out of the built files (they are looked up by name).
pub(super) async fn show(
    State(app): State<App>,
    site: Site,
    method: Method,
    OriginalUri(uri): OriginalUri,
    facts: RequestFacts,
    headers: HeaderMap,
) -> Result<Response, SurfaceError> {
    let path = uri.path();
    if INTERFACES
        .iter()
        .any(|interface| path.starts_with(interface))
    {
        return Err(SurfaceError::NotFound);
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return Err(SurfaceError::Method);
    }
    let https = app.config.issuer.scheme() == "https";
    // First: an organization's name may have a dot in it, as a file's has.
    let route = Route::of_path(path).filter(|_| site == Site::Cti);
    if route.is_none() && is_file(path) {
        let file = files::answer(site, path.trim_start_matches('/'), &headers);
        let mut response = file.ok_or(SurfaceError::NotFound)?;
        Policy::default().protect(&mut response, https);
        if site == Site::Cti {
            for_any_origin(&mut response);
        }
        response.extensions_mut().insert(Protected);
        return Ok(response);
    }
    if route.is_none() && is_opened(&headers) {
        let page = uri.path_and_query().map_or(path, |it| it.as_str());
        if let Some(how) = sign_in_first(&app, site, &headers, &facts).await? {
            return Ok(Redirect::to(&sign_in::address(page, how)).into_response());
        }
    }
    let policy = match &route {
        Some(route) => route.policy(&app).await?,
        None => Policy::default(),
    };
    let mut response =
        files::answer(site, INDEX, &headers).unwrap_or_else(|| not_built(&app, site));
    policy.protect(&mut response, https);
    let inactive = headers.get("sec-fetch-storage-access");
    if route.is_some() && inactive.is_some_and(|state| state == "inactive") {
        response.headers_mut().insert(
            HeaderName::from_static("activate-storage-access"),
            HeaderValue::from_static("load"),
        );
    }
    response.extensions_mut().insert(Protected);
    Ok(response)
}

/// A frame in a sandbox that took its origin away still gets the widget's scripts and styles, which
/// then say why the widget cannot work there. They are the same for everybody.
fn for_any_origin(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
}

/// How the person is to be signed in before anything is shown; `None`: not at all.
async fn sign_in_first(
    app: &App,
    site: Site,
    headers: &HeaderMap,
    facts: &RequestFacts,
) -> Result<Option<How>, SurfaceError> {
    if tried::lately(&CookieJar::from_headers(headers)) {
        return Ok(None);
    }
    Ok(match here(app, site, headers, facts).await? {
        Here::Live(_) => None,
        Here::Ended(_) => Some(How {
            silent: true,
            again: false,
        }),
        Here::Nobody => Some(How::default()),
    })
}

/// Whether a person opens a page of its own: not a frame, nor a script that looks. A browser that
/// does not say counts as one that does.
fn is_opened(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-dest")
        .is_none_or(|dest| dest == "document")
}

fn is_file(path: &str) -> bool {
    path.starts_with("/assets/")
        || path
            .rsplit('/')
            .next()
            .is_some_and(|last| last.contains('.'))
}

fn not_built(app: &App, site: Site) -> Response {
    let words = words();
    let heading = words.say("surface-not-built-heading");
    let host = app
        .surfaces
        .sites()
        .map(|sites| sites.host(site).to_owned());
    let mut response = html(
        StatusCode::SERVICE_UNAVAILABLE,
        &Message {
            page: Page::new(host.unwrap_or_default(), heading.clone()),
            tone: Tone::Bad,
            heading,
            text: vec![words.say("surface-not-built")],
            links: Vec::new(),
            code: Some("UL-1315"),
        },
    );
    let no_store = HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    response
}
