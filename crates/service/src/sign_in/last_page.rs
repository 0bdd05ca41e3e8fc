//! `/signed-in`, the last page of a sign-in in an app with a scheme of its own: it opens the app,
//! has a button that does, and shows the code to paste. It never closes itself, which would close
//! the browser's own question with it.
//!
//! What it shows comes by a short-lived cookie, so that no code stands in an address of ours.

use std::time::Duration;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    pages::{Message, Page, PageError, Tone, html},
    state::App,
};

const COOKIE: &str = "__Host-ul-signed-in";
const LIFE: Duration = Duration::from_mins(2);

/// What the page shows.
#[derive(Serialize, Deserialize)]
pub struct LastPage {
    /// The app's name.
    pub app: String,
    /// The device it is on.
    pub device: Option<String>,
    /// The address that opens it.
    pub link: Url,
    /// The code to paste; none where the sign-in was cancelled.
    pub code: Option<String>,
}

#[derive(Template)]
#[template(path = "signed_in.html")]
struct SignedIn {
    page: Page,
    heading: String,
    lead: String,
    link: String,
    open: String,
    code: Option<String>,
    cancelled: bool,
}

/// Sends the browser to the last page.
pub fn go(jar: CookieJar, last: &LastPage) -> Result<Response, PageError> {
    let text =
        serde_json::to_vec(last).map_err(|_| PageError::Internal("a last page without text"))?;
    let cookie = Cookie::build((COOKIE, BASE64_URL_SAFE_NO_PAD.encode(text)))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(LIFE.try_into().unwrap_or_default())
        .build();
    Ok((jar.add(cookie), Redirect::to("/signed-in")).into_response())
}

/// `GET /signed-in`.
pub async fn show(State(app): State<App>, jar: CookieJar) -> Response {
    let last = jar.get(COOKIE).and_then(|cookie| {
        let text = BASE64_URL_SAFE_NO_PAD.decode(cookie.value()).ok()?;
        serde_json::from_slice::<LastPage>(&text).ok()
    });
    // Whatever the cookie holds, this page opens a registered app and leads nowhere else.
    let last = last.filter(|last| app.openid.clients.opens_by(last.link.scheme()));
    let page = |key| Page::new(app.config.issuer_host(), crate::pages::words().say(key));
    let Some(last) = last else {
        let page = page("signed-in-title");
        return html(
            StatusCode::OK,
            &Message {
                tone: Tone::Plain,
                heading: page.say("signed-in-nothing-heading"),
                text: vec![page.say("signed-in-nothing")],
                links: Vec::new(),
                code: None,
                page,
            },
        );
    };
    let cancelled = last.code.is_none();
    let page = page(if cancelled {
        "cancelled-title"
    } else {
        "signed-in-title"
    });
    let (heading, lead) = match (&last.device, cancelled) {
        (_, true) => (
            page.say("cancelled-heading"),
            page.say_of("cancelled-lead", "app", &last.app),
        ),
        (None, false) => (
            page.say("signed-in-heading"),
            page.say_of("signed-in-lead", "app", &last.app),
        ),
        (Some(device), false) => (
            page.say("signed-in-heading"),
            page.words.say_with(
                "signed-in-lead-on",
                &[("app", &last.app), ("device", device)],
            ),
        ),
    };
    html(
        StatusCode::OK,
        &SignedIn {
            heading,
            lead,
            link: last.link.into(),
            open: page.say_of("signed-in-open", "app", &last.app),
            code: last.code,
            cancelled,
            page,
        },
    )
}
