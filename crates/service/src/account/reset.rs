//! `/reset-password`: where the link of a reset leads. The link works once, for 30 minutes; every
//! session ends (rule 6), and the person signs in with the new password.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use session::Surface;
use store::{Purpose, Taken, User, UserStatus};

use super::password::new_password;
use crate::{
    admin::{links, passwords::set_password},
    observe::audit::person,
    openid::secret,
    pages::{
        Field, FormPage, Page, PageError, Problem, Query, Submitted, facts::RequestFacts, html,
        words,
    },
    sign_in::rules::{self, Owner},
    state::App,
};

/// The address of the page.
#[derive(Deserialize)]
pub struct Asked {
    token: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    token: String,
    new: SecretString,
}

/// `GET /reset-password`. Looking uses nothing up: mail scanners open links, too.
pub async fn show(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let user = owner(&app, &asked.token).await?;
    Ok(html(StatusCode::OK, &form(&app, &user, asked.token)))
}

/// `POST /reset-password`.
pub async fn send(
    State(app): State<App>,
    facts: RequestFacts,
    Submitted(sent): Submitted<Sent>,
) -> Result<Response, PageError> {
    app.limits.attempt_from(facts.address)?;
    let user = owner(&app, &sent.token).await?;
    let organization = app.store.organizations().get(user.organization).await?;
    let checked = rules::check(
        sent.new.expose_secret(),
        Owner {
            email: &user.email,
            name: &user.name,
            organization: organization.as_ref().map_or("", |it| it.name.as_str()),
        },
    );
    if let Err(weakness) = checked {
        let problem = Problem::with("new", weakness.key(), "UL-1014");
        let form = form(&app, &user, sent.token).with_problems(vec![problem]);
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &form));
    }
    let now = app.clock.now();
    let digest = secret::digest(&sent.token);
    match app
        .store
        .single_use()
        .take(Purpose::PasswordReset, digest, now)
        .await?
    {
        Taken::Now(_) => {}
        _ => return Err(PageError::ResetOver),
    }
    let actor = person(user.id, None);
    let facts = Some(&facts);
    set_password(&app, &user, sent.new, None, &actor, facts, Surface::Account).await?;
    app.limits.lockout.clear(&user.email);
    Ok(Redirect::to("/sign-in?after=reset").into_response())
}

async fn owner(app: &App, token: &str) -> Result<User, PageError> {
    let now = app.clock.now();
    let digest = secret::digest(token);
    let Taken::Now(payload) = app
        .store
        .single_use()
        .peek(Purpose::PasswordReset, digest, now)
        .await?
    else {
        return Err(PageError::ResetOver);
    };
    let id = links::user_of(&payload).ok_or(PageError::ResetOver)?;
    let user = app.store.users().get(id).await?;
    user.filter(|user| user.status == UserStatus::Active)
        .ok_or(PageError::ResetOver)
}

fn form(app: &App, user: &User, token: String) -> FormPage {
    let words = words();
    FormPage {
        page: Page::new(app.config.issuer_host(), words.say("reset-title")),
        heading: words.say("reset-heading"),
        lead: Some(words.say_with("reset-lead", &[("email", &user.email)])),
        notice: None,
        problems: Vec::new(),
        action: "/reset-password",
        hidden: vec![("token", token)],
        fields: vec![
            Field {
                name: "email",
                label: words.say("field-email"),
                kind: "email",
                value: user.email.clone(),
                autocomplete: "username",
                read_only: true,
                ..Field::default()
            },
            Field {
                focus: true,
                ..new_password("new")
            },
        ],
        submit: words.say("reset-submit"),
        cancel: None,
        links: Vec::new(),
        footnote: None,
    }
}
