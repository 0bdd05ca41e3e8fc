//! The widget's sign-in window: its first page, which shakes hands with the frame that opened it,
//! the confirmation, and its last page.

use std::{sync::LazyLock, time::Duration};

use askama::Template;
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::stored;
use crate::{
    openid::secret,
    pages::{KeepsOpener, Message, Page, Tone, html, words},
    state::{App, Service},
    surfaces::{
        Body, Protected, Site, SurfaceError,
        policy::{Opener, Policy},
        wire::{WindowConfirm, WindowNext},
    },
};

/// The cookie that binds an attempt to the browser whose window was handed it.
const COOKIE: &str = "__Host-ul-window";
const COOKIE_LIFE: Duration = Duration::from_mins(12);

const SCRIPT: &str = include_str!("../static/window.js");

static SCRIPT_ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(SCRIPT);
    format!(
        "/assets/window.js?{}",
        BASE64_URL_SAFE_NO_PAD.encode(&digest[..9])
    )
});

#[derive(Template)]
#[template(path = "window.html")]
struct WindowPage {
    page: Page,
    script: &'static str,
    done: bool,
}

/// `GET /window`: greets the frame that opened it, and goes on when that hands over the attempt.
///
/// Threats: a page that opens this window (the greeting is for this origin only, and an answer
/// counts from this origin and the opener only); one that frames it (`frame-ancestors 'none'`); a
/// link that somebody is sent (without an opener nothing goes on). The page has no policy that
/// would cut it from its opener.
pub(super) async fn show(State(app): State<App>) -> Response {
    page(&app, "window-title", false)
}

/// `GET /window/done`: closes itself; says that it can be closed.
pub(super) async fn done(State(app): State<App>) -> Response {
    page(&app, "window-done-title", true)
}

fn page(app: &Service, title: &str, done: bool) -> Response {
    let page = Page::new(host(app), words().say(title));
    let template = WindowPage {
        page,
        script: &SCRIPT_ADDRESS,
        done,
    };
    let mut response = html(StatusCode::OK, &template);
    let https = app.config.issuer.scheme() == "https";
    let policy = Policy {
        opener: Opener::Opened,
        ..Policy::default()
    };
    policy.protect(&mut response, https);
    let no_store = HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    response.extensions_mut().insert(Protected);
    response
}

/// `POST /window/confirm`: the window was handed the attempt; from now on it is this browser's.
///
/// Threats: a page elsewhere that confirms an attempt of its own in somebody's browser (this
/// origin's pages only, JSON only); guessing (256 random bits); an attempt that came to something
/// already.
pub(super) async fn confirm(
    State(app): State<App>,
    jar: CookieJar,
    Body(asked): Body<WindowConfirm>,
) -> Result<Response, SurfaceError> {
    let mut stored = stored::load(&app, &asked.attempt).await?;
    if !stored::is_digest_of(&stored.hand, asked.hand.expose_secret()) {
        return Err(SurfaceError::NotHanded);
    }
    if stored.outcome.is_some() {
        return Err(SurfaceError::AttemptOver);
    }
    let browser = secret::random();
    stored.browser = Some(secret::digest_text(&browser));
    stored::amend(&app, &asked.attempt, &stored).await?;
    let cookie = Cookie::build((COOKIE, format!("{}.{browser}", asked.attempt)))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(COOKIE_LIFE.try_into().unwrap_or_default())
        .build();
    let next = WindowNext {
        next: "/sign-in?window=1".to_owned(),
    };
    Ok((jar.add(cookie), Json(next)).into_response())
}

/// What the window's cookie says.
pub(super) struct WindowCookie<'a> {
    pub attempt: &'a str,
    pub secret: &'a str,
}

pub(super) fn cookie_of(jar: &CookieJar) -> Option<WindowCookie<'_>> {
    let (attempt, secret) = jar.get(COOKIE)?.value().split_once('.')?;
    Some(WindowCookie { attempt, secret })
}

/// The attempt that this browser's window was handed.
pub(in crate::surfaces) fn attempt_of(jar: &CookieJar) -> Option<String> {
    cookie_of(jar).map(|cookie| cookie.attempt.to_owned())
}

/// The window's last page where it did not work.
pub(in crate::surfaces) fn failed(app: &Service, error: &SurfaceError) -> Response {
    let words = words();
    let heading = words.say("window-failed-heading");
    let mut response = html(
        error.status(),
        &Message {
            page: Page::new(host(app), heading.clone()),
            tone: Tone::Bad,
            heading,
            text: vec![error.message(), words.say("window-close")],
            links: Vec::new(),
            code: Some(error.code()),
        },
    );
    response.extensions_mut().insert(KeepsOpener);
    response
}

/// `/assets/window.js`.
pub(super) async fn script() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=86400"),
        ],
        SCRIPT,
    )
        .into_response()
}

fn host(app: &Service) -> String {
    let sites = app.surfaces.sites();
    let host = sites.map(|sites| sites.host(Site::Cti).to_owned());
    host.unwrap_or_default()
}
