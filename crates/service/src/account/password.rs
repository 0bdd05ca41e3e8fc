//! `/account/password`: the person changes the password (rule 6): this browser session stays,
//! every other session ends.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use secrecy::SecretString;
use serde::Deserialize;
use session::Surface;

use super::{NotChanged, Passwords, SignedIn, change_password};
use crate::{
    pages::{
        Field, FormPage, Page, PageError, Problem, Submitted, facts::RequestFacts, html, words,
    },
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
    let passwords = Passwords {
        current: sent.current,
        new: sent.new,
    };
    let changed = change_password(&app, &here.0, &facts, Surface::Account, passwords).await;
    match changed {
        Ok(_) => Ok(Redirect::to("/account?after=password").into_response()),
        Err(NotChanged::Failed(error)) => Err(error),
        Err(refused) => {
            let (field, key, code) = refused.problem();
            let page = here.page(&app, "password-title", "/account/password");
            let problem = Problem::with(field, key, code);
            let form = form(page, &here).with_problems(vec![problem]);
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &form))
        }
    }
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
