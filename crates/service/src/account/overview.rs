//! `/account`: who is signed in here.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use store::Role;

use super::SignedIn;
use crate::{
    pages::{Page, PageError, Query, html, words},
    state::App,
};

/// The address of the page.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Overview {
    page: Page,
    notice: Option<String>,
    name: String,
    email: String,
    organization: String,
    role: String,
    sessions: String,
}

/// `GET /account`.
pub async fn show(
    State(app): State<App>,
    here: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let live = app.store.sessions().live_of(here.user()).await?.len();
    let words = words();
    let notice =
        (asked.after.as_deref() == Some("password")).then(|| words.say("password-changed"));
    let user = &here.0.user;
    Ok(html(
        StatusCode::OK,
        &Overview {
            page: here.page(&app, "account-title", "/account"),
            notice,
            name: user.name.clone(),
            email: user.email.clone(),
            organization: here.0.organization.name.clone(),
            role: words.say(match user.role {
                Role::Agent => "role-agent",
                Role::Supervisor => "role-supervisor",
                Role::Admin => "role-admin",
            }),
            sessions: words.count("account-sessions", u64::try_from(live).unwrap_or(u64::MAX)),
        },
    ))
}
