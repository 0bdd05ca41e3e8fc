//! Signing out of this browser (rule 1), and the page after it.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use session::{Cause, Surface, When};

use super::SignedIn;
use crate::{
    pages::{Link, Message, Page, PageError, Query, Tone, html, words},
    sessions::{end, forget_browser},
    state::App,
};

/// The address of the page.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    everywhere: Option<String>,
}

/// `POST /account/sign-out`.
pub async fn send(
    State(app): State<App>,
    here: SignedIn,
    jar: CookieJar,
) -> Result<Response, PageError> {
    sign_out(&app, &here, jar).await
}

/// Ends the session of this browser and takes its cookie away.
pub(super) async fn sign_out(
    app: &App,
    here: &SignedIn,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let cause = Cause::SurfaceSignOut {
        session: here.session(),
        user: here.user(),
        surface: Surface::Account,
        all_browsers: here.0.organization.sign_out_ends_all_browsers,
        when: When::Now,
    };
    end(app, &cause, &here.actor(), Some(Surface::Account)).await?;
    Ok((forget_browser(jar), Redirect::to("/signed-out")).into_response())
}

/// `GET /signed-out`.
pub async fn show(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    let words = words();
    let text = match asked.everywhere {
        Some(_) => "signed-out-everywhere",
        None => "signed-out-here",
    };
    html(
        StatusCode::OK,
        &Message {
            page: Page::new(app.config.issuer_host(), words.say("signed-out-title")),
            tone: Tone::Good,
            heading: words.say("signed-out-heading"),
            text: vec![words.say(text)],
            links: vec![Link::new("/sign-in", words.say("signed-out-again"))],
            code: None,
        },
    )
}
