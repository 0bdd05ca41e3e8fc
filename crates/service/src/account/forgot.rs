//! `/forgot-password`: asks for a link by mail.
//!
//! Threat: telling whether an account exists. The answer is given before anything is looked up;
//! looking up, writing and sending happen afterwards.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::{Actor, UserStatus};

use crate::{
    admin::links,
    mail::Letter,
    observe::audit::Audit,
    pages::{
        Field, FormPage, Link, Message, Page, PageError, Problem, Query, Submitted, Tone,
        facts::RequestFacts, html, words,
    },
    state::App,
};

/// The address of the page.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    sent: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    email: String,
}

/// `GET /forgot-password`.
pub async fn show(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    if asked.sent.is_none() {
        return html(StatusCode::OK, &form(&app));
    }
    let page = Page::new(app.config.issuer_host(), words().say("forgot-sent-title"));
    html(
        StatusCode::OK,
        &Message {
            tone: Tone::Good,
            heading: page.say("forgot-sent-heading"),
            text: vec![page.say("forgot-sent"), page.say("forgot-sent-else")],
            links: vec![Link::new("/sign-in", page.say("forgot-back"))],
            code: None,
            page,
        },
    )
}

/// `POST /forgot-password`.
pub async fn send(
    State(app): State<App>,
    facts: RequestFacts,
    Submitted(sent): Submitted<Sent>,
) -> Result<Response, PageError> {
    app.limits.attempt_from(facts.address)?;
    let email = sent.email.trim().to_owned();
    if email.is_empty() {
        let problem = Problem::with("email", "sign-in-missing-email", "UL-1011");
        let form = form(&app).with_problems(vec![problem]);
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &form));
    }
    if app.limits.mail_to(&email) {
        let service = app.clone();
        app.tasks.spawn(async move {
            if let Err(error) = write(&service, &email, &facts).await {
                tracing::error!(%error, "a reset could not be mailed");
            }
        });
    }
    Ok(Redirect::to("/forgot-password?sent=1").into_response())
}

async fn write(
    app: &App,
    email: &str,
    facts: &RequestFacts,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let Some(user) = app.store.users().with_email(email).await? else {
        return Ok(());
    };
    if user.status != UserStatus::Active {
        return Ok(());
    }
    let link = links::reset(app, &user, links::RESET_LIFE).await?;
    Audit::new(app, Actor::Anonymous, "password_reset.requested")
        .about(&user)
        .from(facts)
        .write(app)
        .await?;
    let letter = Letter::PasswordReset {
        name: &user.name,
        link: &link,
        host: &app.config.issuer_host(),
    };
    app.mail.send(&user.email, &letter).await?;
    Ok(())
}

fn form(app: &App) -> FormPage {
    let words = words();
    FormPage {
        page: Page::new(app.config.issuer_host(), words.say("forgot-title")),
        heading: words.say("forgot-heading"),
        lead: Some(words.say("forgot-lead")),
        notice: None,
        problems: Vec::new(),
        action: "/forgot-password",
        hidden: Vec::new(),
        fields: vec![Field {
            name: "email",
            label: words.say("field-email"),
            kind: "email",
            autocomplete: "username",
            focus: true,
            ..Field::default()
        }],
        submit: words.say("forgot-submit"),
        cancel: None,
        links: vec![Link::new("/sign-in", words.say("forgot-back"))],
        footnote: None,
    }
}
