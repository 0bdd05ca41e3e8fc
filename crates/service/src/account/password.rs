//! `/account/password`: the person changes the password (rule 6): this browser session stays,
//! every other session ends.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use session::Surface;

use super::SignedIn;
use crate::{
    admin::passwords::set_password,
    limits::Failed,
    observe::audit::Audit,
    pages::{
        Field, FormPage, Page, PageError, Problem, Submitted, facts::RequestFacts, html, words,
    },
    sign_in::rules::{self, Owner},
    state::App,
};

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    current: SecretString,
    new: SecretString,
}

/// `GET /account/password`.
pub async fn show(State(app): State<App>, here: SignedIn) -> Response {
    let page = here.page(&app, "password-title", "/account/password");
    html(StatusCode::OK, &form(page, &here))
}

/// `POST /account/password`.
pub async fn send(
    State(app): State<App>,
    here: SignedIn,
    facts: RequestFacts,
    Submitted(sent): Submitted<Sent>,
) -> Result<Response, PageError> {
    let user = &here.0.user;
    app.limits.attempt_from(facts.address)?;
    let now = app.clock.now();
    app.limits.lockout.check(&user.email, now)?;
    let again = |field, key, code| {
        let page = here.page(&app, "password-title", "/account/password");
        let problem = Problem::with(field, key, code);
        let form = form(page, &here).with_problems(vec![problem]);
        Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &form))
    };
    let stored = app.store.users().password(user.id).await?;
    if !app.passwords.verify(sent.current.clone(), stored).await? {
        let reason = match app.limits.lockout.failed(&user.email, now) {
            Failed::Counted => "wrong_password",
            Failed::Locked => "too_many_failures",
        };
        Audit::new(&app, here.actor(), "password.refused")
            .about(user)
            .from(&facts)
            .on(Surface::Account)
            .because(reason)
            .write(&app)
            .await?;
        return again("current", "password-current-wrong", "UL-1012");
    }
    app.limits.lockout.clear(&user.email);
    let owner = Owner {
        email: &user.email,
        name: &user.name,
        organization: &here.0.organization.name,
    };
    if let Err(weakness) = rules::check(sent.new.expose_secret(), owner) {
        return again("new", weakness.key(), "UL-1014");
    }
    if sent.current.expose_secret() == sent.new.expose_secret() {
        return again("new", "password-same", "UL-1014");
    }
    let by = Some(here.session());
    set_password(&app, user, sent.new, by, &here.actor(), Some(&facts)).await?;
    Ok(Redirect::to("/account?after=password").into_response())
}

fn form(page: Page, here: &SignedIn) -> FormPage {
    FormPage {
        heading: page.say("password-heading"),
        lead: Some(page.say("password-lead")),
        notice: None,
        problems: Vec::new(),
        action: "/account/password",
        hidden: Vec::new(),
        fields: vec![
            // Password managers file what they save under this (WHATWG HTML, autofill).
            Field {
                name: "email",
                label: page.say("field-email"),
                kind: "email",
                value: here.0.user.email.clone(),
                autocomplete: "username",
                read_only: true,
                ..Field::default()
            },
            Field {
                name: "current",
                label: page.say("field-current-password"),
                kind: "password",
                autocomplete: "current-password",
                focus: true,
                ..Field::default()
            },
            new_password("new"),
        ],
        submit: page.say("password-submit"),
        cancel: None,
        links: Vec::new(),
        footnote: None,
        page,
    }
}

/// The field for a new password.
pub(super) fn new_password(name: &'static str) -> Field {
    Field {
        name,
        label: words().say("field-new-password"),
        kind: "password",
        autocomplete: "new-password",
        hint: Some(words().say("hint-new-password")),
        ..Field::default()
    }
}
