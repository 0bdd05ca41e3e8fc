//! The authorization endpoint (RFC 6749 §3.1, OpenID Connect Core §3.1.2).

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use session::Kind;
use store::UserStatus;

use super::{
    Client, ProtocolError,
    attempt::{self, Authenticated},
    code, page, par,
    parameters::Parameters,
    request::{Prompt, Request},
};
use crate::{
    pages::facts::RequestFacts,
    sessions::browser_session,
    state::{App, Service},
};

/// `GET /oauth/authorize`.
///
/// Threats: an open redirect (nothing is sent anywhere before client and redirect address are
/// found registered, RFC 9700 §4.11); a code for the wrong client or to the wrong place (exact
/// match, PKCE, `iss`, RFC 9207); a desktop sign-in that rides on, or leaves behind, a browser
/// session (it neither reads nor writes one).
pub async fn by_query(
    State(app): State<App>,
    jar: CookieJar,
    facts: RequestFacts,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&app, jar, &facts, query.unwrap_or_default().as_bytes()).await
}

/// `POST /oauth/authorize`: the same, from a form (OpenID Connect Core §3.1.2.1).
pub async fn by_form(
    State(app): State<App>,
    parameters: Result<Parameters, ProtocolError>,
) -> Response {
    match parameters {
        Ok(parameters) => parameters.by_query("/oauth/authorize"),
        Err(error) => page::error(&app, &error),
    }
}

async fn answer(app: &App, jar: CookieJar, facts: &RequestFacts, encoded: &[u8]) -> Response {
    let asked = match read(app, encoded).await {
        Ok(asked) => asked,
        Err(error) => return page::error(app, &error),
    };
    let (client, request, pushed) = match asked {
        Asked::Good {
            client,
            request,
            pushed,
        } => (client, request, pushed),
        Asked::Refused { request, error } => return refused(app, &request, &error),
    };
    match go_on(app, jar, facts, &client, &request, pushed).await {
        Ok(response) => response,
        Err(error) => refused(app, &request, &error),
    }
}

/// An error that the client may be told.
fn refused(app: &App, request: &Request, error: &ProtocolError) -> Response {
    error.log();
    match attempt::refusal(app, request, error) {
        Ok(redirect) => Redirect::to(redirect.as_str()).into_response(),
        Err(error) => page::error(app, &error),
    }
}

enum Asked {
    Good {
        client: Arc<Client>,
        request: Box<Request>,
        pushed: Option<String>,
    },
    /// Client and redirect address are good, the rest is not.
    Refused {
        request: Box<Request>,
        error: ProtocolError,
    },
}

/// Reads a request. An error here is never redirected.
async fn read(app: &Service, encoded: &[u8]) -> Result<Asked, ProtocolError> {
    let parameters = Parameters::read(encoded)?;
    let client = app.openid.clients.get(parameters.need("client_id")?);
    let client = client.ok_or(ProtocolError::UnknownClient)?;
    if let Some(request_uri) = parameters.get("request_uri") {
        let (request, pushed) = par::pushed(app, &client, request_uri).await?;
        return Ok(Asked::Good {
            client,
            request: Box::new(request),
            pushed: Some(pushed),
        });
    }
    let redirect_uri = parameters.need("redirect_uri")?;
    if !client.may_redirect_to(redirect_uri) {
        return Err(ProtocolError::UnknownRedirect);
    }
    let read = if client.config.require_pushed_authorization_requests {
        Err(ProtocolError::PushRequired)
    } else {
        Request::read(app, &client, redirect_uri.to_owned(), &parameters)
    };
    Ok(match read {
        Ok(request) => Asked::Good {
            client,
            request: Box::new(request),
            pushed: None,
        },
        Err(error) => Asked::Refused {
            request: Box::new(Request::only_to_answer(&client, redirect_uri, &parameters)),
            error,
        },
    })
}

async fn go_on(
    app: &App,
    jar: CookieJar,
    facts: &RequestFacts,
    client: &Client,
    request: &Request,
    pushed: Option<String>,
) -> Result<Response, ProtocolError> {
    let silent = match client.config.session_kind {
        // The rule: a desktop sign-in is a sign-in of its own.
        Kind::Desktop => None,
        Kind::Browser => signed_in(app, &jar, facts, request).await?,
    };
    if let Some((who, session)) = silent {
        if !client.admits(&who.user) {
            return Err(ProtocolError::OtherOrganization);
        }
        let code = code::issue(app, request.clone(), &who, Some(session), facts).await?;
        let redirect = attempt::granted(app, request, &code)?;
        return Ok(Redirect::to(redirect.as_str()).into_response());
    }
    if request.prompt == Prompt::Nothing {
        return Err(ProtocolError::LoginRequired);
    }
    let (jar, id) = attempt::begin(app, jar, request.clone(), pushed).await?;
    Ok((jar, Redirect::to(&format!("/sign-in?attempt={id}"))).into_response())
}

/// The person who is signed in to this browser, if the request accepts that sign-in.
async fn signed_in(
    app: &App,
    jar: &CookieJar,
    facts: &RequestFacts,
    request: &Request,
) -> Result<Option<(Authenticated, session::SessionId)>, ProtocolError> {
    if request.prompt == Prompt::SignIn {
        return Ok(None);
    }
    let Some(live) = browser_session(app, jar, Some(facts)).await? else {
        return Ok(None);
    };
    // A disabled person's last call goes on; nothing new begins beside it.
    if live.user.status != UserStatus::Active {
        return Ok(None);
    }
    let session = &live.record.session;
    let age = app.clock.now().as_second() - session.authentication.at.as_second();
    if request.max_age.is_some_and(|most| age > most) {
        return Ok(None);
    }
    // OpenID Connect Core §3.1.2.1: an answer for somebody else would be worse than none.
    if request.expected.is_some_and(|user| user != live.user.id) {
        return Ok(None);
    }
    let who = Authenticated {
        user: live.user.clone(),
        authentication: session.authentication.clone(),
    };
    Ok(Some((who, session.id)))
}
