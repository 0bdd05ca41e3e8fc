//! `/invitation`: where an invitation leads. The person chooses a name and a password and has an
//! account.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::{Organization, Purpose, StoreError, Taken};

use super::password::new_password;
use crate::{
    admin::{invitations, links::Invitation},
    openid::secret,
    pages::{
        Field, FormPage, Link, Page, PageError, Problem, Query, Submitted, facts::RequestFacts,
        html, words,
    },
    sign_in::rules::{self, Owner},
    state::App,
};

const LONGEST_NAME: usize = 100;

/// The address of the page.
#[derive(Deserialize)]
pub struct Asked {
    token: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    token: String,
    #[serde(default)]
    name: String,
    new: SecretString,
}

/// `GET /invitation`. Looking uses nothing up.
pub async fn show(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let (invitation, organization) = open(&app, &asked.token).await?;
    let name = invitation.name.clone().unwrap_or_default();
    let form = form(&app, &invitation, &organization, asked.token, name);
    Ok(html(StatusCode::OK, &form))
}

/// `POST /invitation`.
pub async fn send(
    State(app): State<App>,
    facts: RequestFacts,
    Submitted(sent): Submitted<Sent>,
) -> Result<Response, PageError> {
    app.limits.attempt_from(facts.address)?;
    let (invitation, organization) = open(&app, &sent.token).await?;
    let name = sent.name.trim().to_owned();
    let problems = problems(&name, &sent.new, &invitation, &organization);
    let again = |problems| {
        let token = sent.token.clone();
        let form = form(&app, &invitation, &organization, token, name.clone());
        html(
            StatusCode::UNPROCESSABLE_ENTITY,
            &form.with_problems(problems),
        )
    };
    if !problems.is_empty() {
        return Ok(again(problems));
    }
    match invitations::accept(&app, &invitation, &name, sent.new.clone(), &facts).await {
        Ok(()) => {}
        Err(PageError::Store(StoreError::Conflict(_))) => {
            return Ok(again(vec![Problem::with(
                "name",
                "invitation-taken",
                "UL-1015",
            )]));
        }
        Err(error) => return Err(error),
    }
    // Only now: an invitation is not lost when the account cannot be made. Of two at once, one
    // has found the address in use.
    app.store
        .single_use()
        .take(
            Purpose::Invitation,
            secret::digest(&sent.token),
            app.clock.now(),
        )
        .await?;
    Ok(Redirect::to("/sign-in?after=invitation").into_response())
}

fn problems(
    name: &str,
    password: &SecretString,
    invitation: &Invitation,
    organization: &Organization,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut note = |field, key, code| {
        problems.push(Problem::with(field, key, code));
    };
    if name.is_empty() {
        note("name", "name-missing", "UL-1011");
    } else if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        note("name", "name-too-long", "UL-1011");
    }
    let owner = Owner {
        email: &invitation.email,
        name,
        organization: &organization.name,
    };
    if let Err(weakness) = rules::check(password.expose_secret(), owner) {
        note("new", weakness.key(), "UL-1014");
    }
    problems
}

async fn open(app: &App, token: &str) -> Result<(Invitation, Organization), PageError> {
    let found = app
        .store
        .single_use()
        .peek(Purpose::Invitation, secret::digest(token), app.clock.now())
        .await?;
    let Taken::Now(payload) = found else {
        return Err(PageError::InvitationOver);
    };
    let invitation: Invitation =
        serde_json::from_str(&payload).map_err(|_| PageError::InvitationOver)?;
    let organization = app
        .store
        .organizations()
        .get(invitation.organization)
        .await?;
    let organization = organization.ok_or(PageError::InvitationOver)?;
    Ok((invitation, organization))
}

fn form(
    app: &App,
    invitation: &Invitation,
    organization: &Organization,
    token: String,
    name: String,
) -> FormPage {
    let words = words();
    let about = [("organization", organization.name.as_str())];
    FormPage {
        page: Page::new(
            app.config.issuer_host(),
            words.say_with("invitation-title", &about),
        ),
        heading: words.say_with("invitation-heading", &about),
        lead: Some(words.say("invitation-lead")),
        notice: None,
        problems: Vec::new(),
        action: "/invitation",
        hidden: vec![("token", token)],
        fields: vec![
            Field {
                name: "email",
                label: words.say("field-email"),
                kind: "email",
                value: invitation.email.clone(),
                autocomplete: "username",
                read_only: true,
                ..Field::default()
            },
            Field {
                name: "name",
                label: words.say("field-name"),
                kind: "text",
                value: name,
                autocomplete: "name",
                focus: true,
                ..Field::default()
            },
            new_password("new"),
        ],
        submit: words.say("invitation-submit"),
        cancel: None,
        links: vec![Link::new("/sign-in", words.say("forgot-back"))],
        footnote: None,
    }
}
