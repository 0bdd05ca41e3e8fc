//! Signing out of this browser (rule 1), and the page after it.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use session::{Surface, When};

use super::SignedIn;
use crate::{
    pages::{Link, Message, Page, PageError, Query, Tone, html, leaving, words},
    sessions::{
        calls::{self, SignedOut},
        forget_browser,
    },
    state::App,
};

/// What a person says about a call.
const WAYS: leaving::Ways = leaving::Ways {
    now: "/account/sign-out?when=now",
    after_call: "/account/sign-out?when=after_call",
};

/// The address of a sign-out.
#[derive(Default, Deserialize)]
pub struct Leaves {
    #[serde(default)]
    when: Option<When>,
}

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
    Query(leaves): Query<Leaves>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    sign_out(&app, &here, jar, leaves.when).await
}

/// Ends the session of this browser and takes its cookie away. A call is not cut off by surprise:
/// who has one and has said nothing about it is asked.
pub(super) async fn sign_out(
    app: &App,
    here: &SignedIn,
    jar: CookieJar,
    when: Option<When>,
) -> Result<Response, PageError> {
    let (actor, surface) = (here.actor(), Surface::Account);
    match calls::sign_out(app, &here.0, &actor, surface, when).await? {
        SignedOut::Now => Ok((forget_browser(jar), Redirect::to("/signed-out")).into_response()),
        SignedOut::AfterCall(_) => Ok(leaving::later(app)),
        SignedOut::Asks(call) => {
            let page = leaving::asks(app, &call, WAYS, Vec::new());
            Ok(html(StatusCode::OK, &page))
        }
    }
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
