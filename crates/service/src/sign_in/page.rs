//! `/sign-in`: says what is being signed in and where, and asks for email and password.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use session::{Kind, Surface};

use super::{
    authenticate::{Refused, authenticate},
    last_page::{self, LastPage},
    return_to::own_page,
};
use crate::{
    openid::attempt::{self, Attempt, Finished},
    pages::{
        Field, FormPage, FormTargets, KeepsOpener, Link, Page, PageError, Problem, Query,
        Submitted, facts::RequestFacts, html, words,
    },
    sessions::{browser_session, start_browser},
    state::App,
    surfaces::{Site, way_by_join},
};

/// The address of the page.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    attempt: Option<String>,
    #[serde(default)]
    return_to: Option<String>,
    #[serde(default)]
    after: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    email: String,
    password: SecretString,
    #[serde(default)]
    attempt: Option<String>,
    #[serde(default)]
    return_to: Option<String>,
}

/// `GET /sign-in`.
pub async fn show(
    State(app): State<App>,
    jar: CookieJar,
    facts: RequestFacts,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let attempt = match &asked.attempt {
        Some(id) => Some(attempt::load(&app, &jar, id).await?),
        None => None,
    };
    // An attempt always asks: signing in at the desktop is a sign-in of its own.
    if attempt.is_none() && browser_session(&app, &jar, Some(&facts)).await?.is_some() {
        return Ok(Redirect::to(&own_page(asked.return_to.as_deref())).into_response());
    }
    let notice = match asked.after.as_deref() {
        Some("reset") => Some("sign-in-after-reset"),
        Some("invitation") => Some("sign-in-after-invitation"),
        _ => None,
    };
    let email = attempt
        .as_ref()
        .and_then(|attempt| attempt.login_hint.clone())
        .unwrap_or_default();
    let mut form = form(&app, attempt.as_ref(), asked.return_to.as_deref(), &email);
    form.notice = notice.map(|key| words().say(key));
    Ok(page(&app, StatusCode::OK, &form, attempt.as_ref()))
}

/// `POST /sign-in`.
pub async fn send(
    State(app): State<App>,
    jar: CookieJar,
    facts: RequestFacts,
    Submitted(sent): Submitted<Sent>,
) -> Result<Response, PageError> {
    let attempt = match &sent.attempt {
        Some(id) => Some(attempt::load(&app, &jar, id).await?),
        None => None,
    };
    let surface = attempt
        .as_ref()
        .map_or(Surface::Account, |attempt| attempt.surface);
    let missing = missing(&sent);
    let again = |problems, status| {
        let email = sent.email.trim();
        let form = form(&app, attempt.as_ref(), sent.return_to.as_deref(), email);
        page(
            &app,
            status,
            &form.with_problems(problems),
            attempt.as_ref(),
        )
    };
    if !missing.is_empty() {
        return Ok(again(missing, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let who = match authenticate(&app, &facts, surface, &sent.email, sent.password.clone()).await {
        Ok(who) => who,
        Err(Refused::Failed(error)) => return Err(error),
        Err(Refused::Wrong) => {
            let problem = Problem {
                whole: true,
                ..Problem::with("email", "sign-in-wrong", "UL-1012")
            };
            return Ok(again(vec![problem], StatusCode::UNPROCESSABLE_ENTITY));
        }
        Err(Refused::Locked(locked)) => {
            let minutes = locked.retry_after.as_secs().div_ceil(60).max(1);
            let problem = Problem {
                field: "email",
                whole: true,
                text: words().count("sign-in-locked", minutes),
                code: "UL-1013",
            };
            let mut response = again(vec![problem], StatusCode::TOO_MANY_REQUESTS);
            let seconds = HeaderValue::from(locked.retry_after.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
            return Ok(response);
        }
    };
    let Some(attempt) = attempt else {
        let (jar, _) = start_browser(&app, jar, &who, &facts, Surface::Account).await?;
        let page = own_page(sent.return_to.as_deref());
        let way = way_by_join(&app, &app.config.page(&page)).await?;
        return Ok((jar, Redirect::to(&way.unwrap_or(page))).into_response());
    };
    let (name, device) = (attempt.client_name.clone(), attempt.device_name.clone());
    // A new session is made known to the widget's origin on the way; its own sign-in does so itself.
    let joins = attempt.kind == Kind::Browser && attempt.surface != Surface::Cti;
    match attempt::finish(&app, jar, attempt, who, &facts).await? {
        (jar, Finished::Redirect(url)) if joins => {
            let way = way_by_join(&app, url.as_str()).await?;
            Ok((jar, Redirect::to(&way.unwrap_or(url.into()))).into_response())
        }
        (jar, Finished::Redirect(url)) => Ok((jar, Redirect::to(url.as_str())).into_response()),
        (jar, Finished::LastPage { deep_link, code }) => last_page::go(
            jar,
            &LastPage {
                app: name,
                device,
                link: deep_link,
                code: Some(code),
            },
        ),
    }
}

/// `POST /sign-in/cancel`: the app is told that nobody wants to sign in.
pub async fn cancel(
    State(app): State<App>,
    jar: CookieJar,
    Submitted(asked): Submitted<Asked>,
) -> Result<Response, PageError> {
    let id = asked.attempt.ok_or(PageError::Malformed)?;
    let attempt = attempt::load(&app, &jar, &id).await?;
    let (name, device) = (attempt.client_name.clone(), attempt.device_name.clone());
    let url = attempt::refuse(&app, attempt).await?;
    if matches!(url.scheme(), "http" | "https") {
        return Ok(Redirect::to(url.as_str()).into_response());
    }
    last_page::go(
        jar,
        &LastPage {
            app: name,
            device,
            link: url,
            code: None,
        },
    )
}

fn missing(sent: &Sent) -> Vec<Problem> {
    let mut missing = Vec::new();
    let mut note = |field, key| missing.push(Problem::with(field, key, "UL-1011"));
    if sent.email.trim().is_empty() {
        note("email", "sign-in-missing-email");
    }
    if sent.password.expose_secret().is_empty() {
        note("password", "sign-in-missing-password");
    }
    missing
}

fn page(app: &App, status: StatusCode, form: &FormPage, attempt: Option<&Attempt>) -> Response {
    let mut response = html(status, form);
    let sites = app.surfaces.sites();
    let joins = sites.map(|sites| sites.origin(Site::Cti));
    let targets = match attempt.map(|attempt| FormTargets::of(&attempt.redirect)) {
        Some(targets) => Some(joins.map_or(targets.clone(), |origin| targets.and(origin))),
        None => joins.map(FormTargets::origin),
    };
    if let Some(targets) = targets {
        response.extensions_mut().insert(targets);
    }
    // The widget's window. Its opener is a frame of the widget, behind which there may be the
    // sandbox of a CRM's page.
    if attempt.is_some_and(|attempt| attempt.surface == Surface::Cti) {
        response.extensions_mut().insert(KeepsOpener);
    }
    response
}

fn form(app: &App, attempt: Option<&Attempt>, return_to: Option<&str>, email: &str) -> FormPage {
    let words = words();
    let heading = match attempt {
        None => words.say("sign-in-heading-account"),
        Some(Attempt {
            client_name,
            device_name: None,
            ..
        }) => words.say_with("sign-in-heading", &[("app", client_name)]),
        Some(Attempt {
            client_name,
            device_name: Some(device),
            ..
        }) => words.say_with(
            "sign-in-heading-on",
            &[("app", client_name), ("device", device)],
        ),
    };
    let hidden = attempt
        .map(|attempt| ("attempt", attempt.id.clone()))
        .into_iter()
        .chain(return_to.map(|path| ("return_to", own_page(Some(path)))))
        .collect();
    FormPage {
        page: Page::new(app.config.issuer_host(), words.say("sign-in-title")),
        heading,
        lead: None,
        notice: None,
        problems: Vec::new(),
        action: "/sign-in",
        hidden,
        fields: vec![
            Field {
                name: "email",
                label: words.say("field-email"),
                kind: "email",
                focus: email.is_empty(),
                autocomplete: "username",
                value: email.to_owned(),
                ..Field::default()
            },
            Field {
                name: "password",
                label: words.say("field-password"),
                kind: "password",
                focus: !email.is_empty(),
                autocomplete: "current-password",
                ..Field::default()
            },
        ],
        submit: words.say("sign-in-submit"),
        cancel: attempt.map(|_| ("/sign-in/cancel", words.say("sign-in-cancel"))),
        links: vec![Link::new("/forgot-password", words.say("sign-in-forgot"))],
        footnote: attempt
            .filter(|attempt| attempt.device_name.is_some())
            .map(|_| words.say("sign-in-caution")),
    }
}
